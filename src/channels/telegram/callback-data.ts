/** A button's callback: which delivery it stood under and which of its choices it is. At most 64 bytes go there. */
export type CallbackTarget = Readonly<{ deliveryId: string; index: number }>

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const COMPACT = /^([A-Za-z0-9_-]{22})\.(\d{1,3})$/

/** 22 characters of base64url instead of 36, then the place: `AZ0x….3`. Throws on what is no UUID. */
export function encodeCallback({ deliveryId, index }: CallbackTarget): string {
  if (!UUID.test(deliveryId)) throw new TypeError('a delivery id is a UUID')
  return `${Buffer.from(deliveryId.replaceAll('-', ''), 'hex').toString('base64url')}.${index}`
}

/** Null for data that we did not write. */
export function decodeCallback(data: string): CallbackTarget | null {
  const found = COMPACT.exec(data)
  if (!found?.[1]) return null
  const hex = Buffer.from(found[1], 'base64url').toString('hex')
  const deliveryId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return { deliveryId, index: Number(found[2]) }
}
