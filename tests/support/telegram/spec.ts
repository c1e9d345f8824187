import api from './bot-api.json' with { type: 'json' }

type Fields = Readonly<Record<string, string>>
const METHODS = api.methods as Readonly<Record<string, Fields>>
const TYPES = api.types as unknown as Readonly<Record<string, Fields>>
const UNIONS = api.unions as Readonly<Record<string, readonly string[]>>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function checkFields(where: string, fields: Fields, given: Readonly<Record<string, unknown>>): string[] {
  const missing = Object.entries(fields)
    .filter(([name, type]) => type.endsWith('!') && given[name] === undefined)
    .map(([name]) => `${where}: ${name} is missing`)
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const type = fields[name]
    return type === undefined ? [`${where}: unknown field ${name}`] : checkType(`${where}.${name}`, type, value)
  })
  return [...missing, ...wrong]
}

function checkOne(where: string, type: string, value: unknown): string[] {
  if (type === 'Integer') return Number.isSafeInteger(value) ? [] : [`${where}: not an Integer`]
  if (type === 'String') return typeof value === 'string' ? [] : [`${where}: not a String`]
  if (type === 'Boolean') return typeof value === 'boolean' ? [] : [`${where}: not a Boolean`]
  if (type === 'InputFile') return isObject(value) && 'bytes' in value ? [] : [`${where}: not a file`]
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return [`${where}: not an Array`]
    return value.flatMap((item, n) => checkType(`${where}[${n}]`, type.slice('Array of '.length), item))
  }
  if (UNIONS[type]) return checkType(where, UNIONS[type].join('|'), value)
  const fields = TYPES[type]
  if (!fields) return [`${where}: ${type} is not known to this stand-in`]
  return isObject(value) ? checkFields(where, fields, value) : [`${where}: not a ${type}`]
}

function checkType(where: string, types: string, value: unknown): string[] {
  const results = types
    .replace('!', '')
    .split('|')
    .map((type) => checkOne(where, type, value))
  return results.some((wrong) => wrong.length === 0) ? [] : (results[0] ?? [])
}

/** What is wrong with a call by the published API: unknown method or field, a required field missing, a wrong type. */
export function checkCall(method: string, payload: Readonly<Record<string, unknown>>): string[] {
  const fields = METHODS[method]
  return fields ? checkFields(method, fields, payload) : [`unknown method ${method}`]
}

/** A form carries everything as text: numbers, booleans and objects are read back by what the API says they are. */
export function readFormField(method: string, name: string, text: string): unknown {
  const types = (METHODS[method]?.[name] ?? 'String').replace('!', '').split('|')
  if (types.includes('Integer') && /^-?\d+$/.test(text)) return Number(text)
  if (types.includes('Boolean') && /^(true|false)$/.test(text)) return text === 'true'
  if (types.includes('String')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
