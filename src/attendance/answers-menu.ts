import type { Actor, CommandHint, MenuEntry } from '../conversation/types.js'
import { answered, meantMeetings, unanswered } from './answers-open.js'
import { listAsked } from './store.js'

type Moment = Parameters<MenuEntry['rank']>[0]

const asked = ({ tx, now, actor }: Moment) =>
  actor.personId ? listAsked(tx, actor.personId, now) : Promise.resolve([])

const leads = (actor: Actor): boolean => actor.roles.some(({ role }) => role === 'secretary' || role === 'deputy')

export const answerMenu: MenuEntry[] = [
  {
    command: 'attendance.ask',
    label: 'attendance.menu.ask',
    rank: async (moment) => (unanswered(await asked(moment), moment.now).length > 0 ? 95 : null),
  },
  {
    command: 'attendance.absence',
    label: 'attendance.menu.absence',
    rank: async (moment) => (unanswered(await asked(moment), moment.now).length > 0 ? 60 : null),
  },
  {
    command: 'attendance.ask',
    label: 'attendance.menu.change',
    rank: async (moment) => {
      const all = await asked(moment)
      return unanswered(all, moment.now).length === 0 && answered(all, moment.now).length > 0 ? 58 : null
    },
  },
  {
    command: 'attendance.on-behalf',
    label: 'attendance.menu.behalf',
    rank: async (moment) =>
      leads(moment.actor) && meantMeetings(await asked(moment), moment.now).length > 0 ? 45 : null,
  },
]

export const answerHints: CommandHint[] = [
  { slash: { vi: 'baovang', en: 'absent' }, description: 'attendance.hint.absence', for: 'everyone' },
  { slash: { vi: 'traloithay', en: 'behalf' }, description: 'attendance.hint.behalf', for: ['secretary', 'deputy'] },
]
