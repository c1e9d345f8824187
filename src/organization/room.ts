import type { Room, RoomDeps } from '../conversation/room.js'
import type { CommandHint, Interpreter } from '../conversation/types.js'
import { isMeantAsCode } from './codes.js'
import { inviteCommands, inviteMenu } from './commands-invite.js'
import { recordCommands, recordMenu } from './commands-record.js'
import { consentCommands } from './consent-again.js'
import { consentSweep } from './consents-sweep.js'
import { linkingCommands } from './linking-commands.js'
import { organizationRenderers } from './messages.js'
import { record } from './messages-record.js'
import { slipsPaper } from './slips-paper.js'

/** Eight digits are enough alone: nobody has to know a command to come in. */
const codes: Interpreter = {
  name: 'codes',
  interrupts: true,
  interpret: async (text, { people }) =>
    isMeantAsCode(text, people.length > 0) ? { command: 'link.code', args: { text } } : null,
}

const COMMITTEE = ['committee_member', 'office', 'administrator'] as const

const hints: readonly CommandHint[] = [
  { slash: { vi: 'menu', en: 'menu' }, description: 'conversation.hint.menu', for: 'everyone' },
  { slash: { vi: 'start', en: 'start' }, description: 'organization.hint.start', for: 'everyone' },
  { slash: { vi: 'canhan', en: 'me' }, description: 'organization.hint.person', for: 'everyone' },
  {
    slash: { vi: 'mamoi', en: 'invite' },
    description: 'organization.hint.invite',
    for: ['secretary', 'deputy', ...COMMITTEE],
  },
  { slash: { vi: 'donvi', en: 'units' }, description: 'organization.hint.units', for: COMMITTEE },
  { slash: { vi: 'ngonngu', en: 'language' }, description: 'organization.hint.language', for: 'everyone' },
  { slash: { vi: 'tatbao', en: 'mute' }, description: 'conversation.hint.mute', for: 'everyone' },
  { slash: { vi: 'hoantac', en: 'undo' }, description: 'conversation.hint.undo', for: 'everyone' },
  { slash: { vi: 'trogiup', en: 'help' }, description: 'conversation.hint.help', for: 'everyone' },
]

/** Who is who: linking, invitations, consent, one's own record, the units. */
export const createOrganization = (deps: RoomDeps): Room => ({
  commands: [...linkingCommands(deps), ...consentCommands, ...inviteCommands(deps), ...recordCommands(deps)],
  interpreters: [codes],
  renderers: [...organizationRenderers, record],
  menu: [...inviteMenu(deps), ...recordMenu],
  hints,
  papers: [slipsPaper(deps)],
  sweeps: [consentSweep],
})
