export { Person } from './person.js'
export { startZaloServer, type ZaloServer } from './server.js'
export type { Chat, ChatMessage, RecordedCall, ZaloServerOptions } from './types.js'
