import type { Payload } from './types.js'

type Field = Readonly<{ required?: true; values?: readonly string[] }>

/** The published methods (docs.zaloplatforms.com/docs/BOT/apis); every field is a string. */
const METHODS: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  getMe: {},
  getUpdates: { timeout: {} },
  setWebhook: { url: { required: true }, secret_token: { required: true } },
  deleteWebhook: {},
  getWebhookInfo: {},
  sendMessage: {
    chat_id: { required: true },
    text: { required: true },
    parse_mode: { values: ['markdown', 'html'] },
  },
  sendPhoto: { chat_id: { required: true }, photo: { required: true }, caption: {} },
  sendChatAction: { chat_id: { required: true }, action: { required: true, values: ['typing'] } },
}

/** What is wrong with a call by the published API: unknown method or field, a required field missing, a wrong type. */
export function checkCall(method: string, payload: Payload): string[] {
  const fields = METHODS[method]
  if (!fields) return [`unknown method ${method}`]
  const missing = Object.entries(fields)
    .filter(([name, { required }]) => required && payload[name] === undefined)
    .map(([name]) => `${method}: parameter ${name} is missing`)
  const wrong = Object.entries(payload).flatMap(([name, value]) => {
    const field = fields[name]
    if (!field) return [`${method}: unknown parameter ${name}`]
    if (typeof value !== 'string') return [`${method}: parameter ${name} is not a string`]
    return field.values && !field.values.includes(value) ? [`${method}: parameter ${name} cannot be that`] : []
  })
  return [...missing, ...wrong]
}
