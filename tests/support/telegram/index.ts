export { Person, type Tap } from './person.js'
export { startTelegramServer, type TelegramServer } from './server.js'
export type { Chat, ChatMessage, Fault, RecordedCall, TelegramServerOptions } from './types.js'
