import { v7 } from 'uuid'

/** A UUIDv7: made in the app, so that a row's id is known before it is written; sorts by time of creation. */
export const newId = (): string => v7()
