import type { Room, RoomDeps } from '../conversation/room.js'
import type { CommandHint, Interpreter } from '../conversation/types.js'
import { botCommands } from './commands.js'
import { botRenderers } from './messages.js'
import { findTokens } from './rules.js'
import { botSweeps } from './sweep.js'
import { undeliveredSweep } from './undelivered.js'

const pastedTokens: Interpreter = {
  name: 'pasted-tokens',
  guards: true,
  interpret: async (text) => (findTokens(text).length > 0 ? { command: 'bots.pasted', args: { text } } : null),
}

const hints: readonly CommandHint[] = [
  { slash: { vi: 'bot', en: 'bots' }, description: 'bots.hint.list', for: ['secretary', 'administrator'] },
  { slash: { vi: 'thembot', en: 'addbot' }, description: 'bots.hint.add', for: ['secretary', 'administrator'] },
]

/** Any number of bots: everybody's, and a cell's own. */
export const createBots = (deps: RoomDeps): Room => ({
  commands: botCommands(deps),
  interpreters: [pastedTokens],
  renderers: botRenderers,
  hints,
  sweeps: [...botSweeps(deps), undeliveredSweep(deps)],
})
