import type announcements from '../../locales/vi/announcements.json'
import type attendance from '../../locales/vi/attendance.json'
import type bots from '../../locales/vi/bots.json'
import type calendar from '../../locales/vi/calendar.json'
import type cli from '../../locales/vi/cli.json'
import type common from '../../locales/vi/common.json'
import type conversation from '../../locales/vi/conversation.json'
import type digests from '../../locales/vi/digests.json'
import type gates from '../../locales/vi/gates.json'
import type groups from '../../locales/vi/groups.json'
import type materials from '../../locales/vi/materials.json'
import type meetings from '../../locales/vi/meetings.json'
import type milestones from '../../locales/vi/milestones.json'
import type notes from '../../locales/vi/notes.json'
import type opinions from '../../locales/vi/opinions.json'
import type organization from '../../locales/vi/organization.json'
import type pages from '../../locales/vi/pages.json'
import type papers from '../../locales/vi/papers.json'
import type reach from '../../locales/vi/reach.json'
import type reminders from '../../locales/vi/reminders.json'
import type roster from '../../locales/vi/roster.json'
import type sandbox from '../../locales/vi/sandbox.json'
import type scoring from '../../locales/vi/scoring.json'
import type tasks from '../../locales/vi/tasks.json'
import type web from '../../locales/vi/web.json'

/** One file a room; the Vietnamese ones are the base that keys are typed after. */
type Base = {
  common: typeof common
  conversation: typeof conversation
  organization: typeof organization
  pages: typeof pages
  bots: typeof bots
  meetings: typeof meetings
  attendance: typeof attendance
  materials: typeof materials
  reminders: typeof reminders
  reach: typeof reach
  groups: typeof groups
  milestones: typeof milestones
  calendar: typeof calendar
  announcements: typeof announcements
  notes: typeof notes
  gates: typeof gates
  tasks: typeof tasks
  opinions: typeof opinions
  scoring: typeof scoring
  papers: typeof papers
  digests: typeof digests
  roster: typeof roster
  sandbox: typeof sandbox
  web: typeof web
  cli: typeof cli
}

type Stem<K extends string> = K extends `${infer S}_${'one' | 'other'}` ? S : K
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? Stem<K> : `${K}.${Leaves<T[K]>}`
}[keyof T & string]

export type MessageKey = Leaves<Base>
