import type { Actor, FileTaker, Interpreter } from '../conversation/types.js'
import { unitsOf } from '../organization/permissions.js'
import { checkFile } from './rules.js'

/** Whether the person may add materials anywhere. */
export const mayAdd = (actor: Actor): boolean => unitsOf(actor.roles, 'material.add').length > 0

/**
 * Files for a meeting. Also takes what is empty or not what its name says, so that the sender hears exactly that;
 * a kind that is no material at all is left to the other uses.
 */
export const materialTaker: FileTaker = {
  name: 'materials',
  permits: async (_tx, actor) => mayAdd(actor),
  recognizes: async (bytes, fileName) => checkFile(fileName, bytes).kind !== 'unsupported',
  label: 'materials.use',
  command: 'materials.take',
}

const LINK = /\b(?:https?|ftp):\/\/\S+/iu

/** The link in a text and the words around it; null: there is none. */
export function readLink(text: string): { url: string; words: string } | null {
  const found = LINK.exec(text)
  if (!found) return null
  const words = text
    .replace(found[0], ' ')
    .replace(/^[\s:–—-]+|[\s:–—-]+$/gu, '')
    .trim()
  return { url: found[0].replace(/[.,;!?)\]]+$/u, ''), words }
}

/** A link in a message of somebody who may add materials; the words around it are its title. */
export const linkInterpreter: Interpreter = {
  name: 'materials.link',
  interpret: async (text, { people }) => {
    const args = people.some(mayAdd) ? readLink(text) : null
    return args && { command: 'materials.link', args }
  },
}
