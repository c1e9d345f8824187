import type { PlainDate, WallTime } from '../../core/dates.js'
import type { AnswerState, MarkState, MeetingKind, Role, StepState } from '../../database/generated/enums.js'

/** A moment as the page prints it: wall time of the example's zone. */
export type Moment = Readonly<{ day: PlainDate; time: WallTime }>

/** Somebody who can be played. `id` names their phone. */
export type PersonCard = Readonly<{
  id: string
  fullName: string
  birthYear: number | null
  /** Somebody else of the same unit has the same name. */
  namesake: boolean
  role: Role | null
  probationary: boolean
  exempt: boolean
  linked: boolean
  unread: number
}>

export type PeopleGroup = Readonly<{ unitId: string; name: string; people: readonly PersonCard[] }>

/** Four roles to begin with; null: nobody holds it any more. */
export type Starters = Readonly<Record<'secretary' | 'member' | 'committee' | 'newcomer', string | null>>

export type ChatButton = Readonly<{ label: string; value: string }>

export type ChatItem = Readonly<{
  id: string
  from: 'bot' | 'person'
  at: Moment | null
  /** The button whose press turned the message into what it says now. */
  pressed: string | null
  heading: string | null
  text: string
  /** Something that is no text: shown with a word of the page's own. */
  kind: 'text' | 'choice' | 'start' | 'file' | 'other'
  file: Readonly<{ name: string; href: string | null }> | null
  url: string | null
  buttons: readonly (readonly ChatButton[])[]
}>

export type ChatView = Readonly<{
  person: PersonCard
  unitName: string | null
  items: readonly ChatItem[]
  /** The one-time code that would link this phone, "1234 5678"; null: linked, or no live code. */
  code: string | null
}>

export type Tally = Readonly<{ state: AnswerState | 'silent'; names: readonly string[] }>

export type MeetingView = Readonly<{
  id: string
  kind: MeetingKind
  at: Moment
  place: string
  cancelled: boolean
  asked: number
  tallies: readonly Tally[]
  materials: readonly Readonly<{ title: string; readers: number; pushed: Moment | null; due: Moment | null }>[]
  steps: readonly Readonly<{ at: Moment; state: StepState }>[]
  rollCall: Readonly<{ confirmed: boolean; counts: readonly Readonly<{ state: MarkState; count: number }>[] }> | null
}>

export type CellView = Readonly<{
  id: string
  name: string
  members: number
  linked: number
  hasSchedule: boolean
  next: MeetingView | null
  last: MeetingView | null
}>

export type QueueEntry = Readonly<{ kind: string; count: number; at: Moment }>

export type PanelView = Readonly<{ cells: readonly CellView[]; queue: readonly QueueEntry[] }>

export type ClockView = Readonly<{ now: Moment; next: Moment | null }>

export type PageView = Readonly<{
  groups: readonly PeopleGroup[]
  starters: Starters
  chat: ChatView | null
  panel: PanelView
  clock: ClockView
  files: readonly Readonly<{ id: string; fileName: string }>[]
}>

export type Said =
  | Readonly<{ kind: 'text'; text: string }>
  | Readonly<{ kind: 'choice'; deliveryId: string; index: number }>
  | Readonly<{ kind: 'start'; code: string | null }>
  | Readonly<{ kind: 'example'; id: string; caption: string | null }>
  | Readonly<{ kind: 'file'; fileName: string; bytes: Uint8Array; caption: string | null }>

/** What the pages need of the house behind them. Everything resolves when what follows from it is done. */
export type Playground = Readonly<{
  /** `personId` null: nobody is chosen yet. Looking at a chat reads it. */
  view: (personId: string | null) => Promise<PageView>
  /** False: there is no such person. */
  say: (personId: string, said: Said) => Promise<boolean>
  /** How many messages went out on the way. */
  passTime: (step: 'next' | 'hour' | 'day') => Promise<number>
  reset: () => Promise<void>
  /** The file that was sent with a message; null: none. */
  openFile: (deliveryId: string) => Promise<{ fileName: string; bytes: Uint8Array } | null>
}>
