import type { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import type { MessageKey } from '../core/message-keys.js'
import type { Db, Prisma, Tx } from '../database/client.js'
import type { Role } from '../database/generated/enums.js'
import type { ChannelAbilities } from '../messaging/channel.js'
import type { Renderer } from '../messaging/renderer.js'
import type { Choice, Json, JsonObject } from '../messaging/vocabulary.js'

/** What somebody may do. `organization/permissions.ts` is the one place that says who. */
export type Permission =
  /** Sees and answers for oneself; every linked person may. */
  | 'self'
  /** Plans, moves and cancels meetings, sets the ladder, sends notices. */
  | 'meeting.plan'
  /** Reads a cell's answers by name. */
  | 'attendance.see'
  /** Answers for others, decides on late answers, nudges. */
  | 'attendance.manage'
  /** Fills and confirms the roll-call. */
  | 'rollcall.record'
  | 'material.add'
  /** Makes codes for the people of a cell. */
  | 'member.invite'
  | 'roster.import'
  /** Reads counts over a subtree. */
  | 'report.see'
  /** Makes codes and print packs for the secretaries of a subtree. */
  | 'unit.invite'
  | 'installation.manage'
  /** Adds and retires bots: of a cell, or everybody's. */
  | 'bot.manage'
  /** Decides about a cell's leaves and exemptions, and what its roll-call tells. */
  | 'leave.decide'
  /** Sees and marks the gates of a meeting. */
  | 'gate.mark'
  /** Writes down tasks and what became of them. */
  | 'task.manage'
  /** Reads what members send before a meeting. */
  | 'opinion.see'
  /** Notes who spoke, and completes the score of a meeting. */
  | 'score.record'
  /** Gets minutes, resolution, report and tables of a cell. */
  | 'paper.make'
  /** Writes to all of a cell. */
  | 'announce'
  /** Enters the decision that makes a probationary member a full one. */
  | 'standing.change'
  /** Sets gates, score sheets and templates for a subtree. */
  | 'sheet.set'

/** A role that a person holds now. `meeting_secretary` is named for one meeting and holds for its cell around it. */
export type HeldRole = Readonly<{ role: Role | 'meeting_secretary'; unitId: string | null }>

/** A person of this chat, with what they hold now. */
export type Actor = Readonly<{
  personId: string
  fullName: string
  locale: string | null
  /** Cells that the person attends now, home or temporary. */
  cellIds: readonly string[]
  roles: readonly HeldRole[]
}>

/** Somebody without a link: holds nothing. */
export const NOBODY: Actor = { personId: '', fullName: '', locale: null, cellIds: [], roles: [] }

/** How what was said reached the command. */
export type Way = 'button' | 'digit' | 'words'

/** What this chat's platform can do; `pages`: whether pages of ours can be reached from outside. */
export type Abilities = ChannelAbilities & Readonly<{ pages: boolean }>

export type ChatRef = Readonly<{ id: string; botId: string; externalId: string; kind: 'private' | 'group' }>

/** What a command gets: one transaction, one person, one moment. */
export type Context = Readonly<{
  tx: Tx
  now: Date
  /** The inbound update, for the history of what follows from it. */
  updateId: string
  chat: ChatRef
  /** Who acts. Commands of scope `anyone` may meet `NOBODY`. */
  actor: Actor
  /** Everybody linked to this chat. */
  people: readonly Actor[]
  way: Way
  /** What was said, where it can be taken away again: the platform's id of it, and the chat in which it stands. */
  written: Readonly<{ messageId: string; chatId: string }> | null
  can: Abilities
  t: Translate
  /** Says one message in this chat. After a tap it takes the place of the message that was tapped, unless `fresh`. */
  say: <D extends object>(renderer: Renderer<D>, data: D, options?: { fresh?: boolean }) => Promise<void>
  /**
   * One sentence for whoever acted and nobody else: a toast where they pressed a button in a group, else a note in
   * this chat. At most 200 characters.
   */
  whisper: (key: MessageKey, params?: JsonObject) => Promise<void>
  /** Says one sentence of the locales, with choices below it. */
  note: (key: MessageKey, params?: JsonObject, options?: NoteOptions) => Promise<void>
  /** The next text in this chat becomes `args.text` of this command. */
  expect: (command: string, args: JsonObject) => Promise<void>
  /** How what is done now can be taken back for ten minutes: a command of the same person, with its own checks of what changed. */
  undoable: (command: string, args: JsonObject) => Promise<void>
  /** Refuses with `conversation.error.forbidden` and logs it, unless the actor may do this in that unit. */
  require: (permission: Permission, unitId: string | null) => Promise<void>
  may: (permission: Permission, unitId: string | null) => Promise<boolean>
  /** Calls another command as if it had been chosen; the same checks apply. */
  redirect: (command: string, args: JsonObject) => Promise<void>
}>

/** A choice whose label is a key of the locales, so that it is worded in the recipient's language. */
export type NoteChoice = Readonly<{ label: MessageKey; params?: JsonObject; command: string; args: JsonObject }>
export type NoteOptions = Readonly<{
  /** Whom it concerns, where that is not the one who acts: a shared phone shows the name. */
  personId?: string
  choices?: readonly (readonly NoteChoice[])[]
  fresh?: boolean
}>

/**
 * - `anyone`: also people without a link (start, help, language, a code).
 * - `self`: a linked person; where several share the chat the conversation asks whom it is about.
 * - `unit`: something of a unit. `args.unitId` is filled in before `run`: what was given is checked against
 *   `permission`, what was not is the one unit where the actor may, or is asked.
 */
export type Scope = 'anyone' | 'self' | 'unit'

export type Command<A extends object = JsonObject> = Readonly<{
  /** What choices refer to: `room.verb`. A contract with buttons that are out in people's chats. */
  name: string
  args: z.ZodType<A>
  scope: Scope
  permission: Permission
  /** Names after a slash, the Vietnamese one first: `lich`, `schedule`. */
  slash: readonly string[]
  /** Whole messages that mean this command, with accents; they are matched without: "lịch họp". */
  words: readonly string[]
  /** Whether what stands behind the name is for it: `/doilich 25/12 19:30`. It becomes `args.text`. */
  takesText: boolean
  /**
   * Many people do it at the same time, each in their own rows: it may run in one transaction with other chats'. It takes
   * no lock, and what it reads and writes on its usual way goes through `readTogether` and `writeTogether`.
   */
  amongOthers: boolean
  /** Whether it may be called in a group: `args.group` is then that chat, and all it says goes to who called it alone. */
  inGroups: boolean
  run: (ctx: Context, args: A) => Promise<void>
}>

/** What a command's arguments may hold beside its own: filled in by the conversation. */
export type UnitArgs = { readonly unitId: string }

/** Reads a text that is no command. Pure or reading only; the first one that knows it wins. */
export type Interpreter = Readonly<{
  name: string
  /** Read even while a question of ours waits for a typed answer: nothing else looks like it (an invitation code). */
  interrupts?: true
  /** Asked of every text before anything else, in groups and of captions too: what must not stay in a chat. */
  guards?: true
  interpret: (
    text: string,
    context: { tx: Tx; now: Date; people: readonly Actor[]; chat: ChatRef },
  ) => Promise<{ command: string; args: JsonObject; way?: Way } | null>
}>

/** An entry of the short menu. `rank` weighs it for the role and the moment: the highest seven are shown, null hides it. */
export type MenuEntry = Readonly<{
  command: string
  args?: JsonObject
  label: MessageKey
  rank: (context: { tx: Tx; now: Date; actor: Actor }) => Promise<number | null>
}>

/** What concerns those who hold one of the roles; `everyone`: all. */
type ForRoles = 'everyone' | readonly HeldRole['role'][]

export const concerns = (roles: ForRoles, actor: Pick<Actor, 'roles'>): boolean =>
  roles === 'everyone' || actor.roles.some(({ role }) => roles.includes(role))

/** A line of the platform's command list. */
export type CommandHint = Readonly<{
  slash: Readonly<{ vi: string; en: string }>
  description: MessageKey
  for: ForRoles
}>

export type Identify = (tx: Tx, chatId: string, now: Date) => Promise<Actor[]>

/**
 * Roles that a room gives for a while, beside appointments: the query of one person's (role, unit_id) at a moment. SQL, so
 * that who speaks is read by one statement.
 */
export type Grants = (personId: Prisma.Sql, now: Prisma.Sql) => Prisma.Sql

export type May = Readonly<{
  /** Whether the actor may do this in that unit; a null unit asks for the whole installation. */
  may: (tx: Tx, actor: Actor, permission: Permission, unitId: string | null, now: Date) => Promise<boolean>
  /** The units in which the actor holds the permission directly (not those below them). */
  unitsWhere: (tx: Tx, actor: Actor, permission: Permission, now: Date) => Promise<{ id: string; name: string }[]>
  /** Whether the actor held the permission in a unit until it was dissolved: they are told that, not "forbidden". */
  heldInDissolved: (tx: Tx, actor: Actor, permission: Permission, now: Date) => Promise<boolean>
}>

/** Messages that people may switch off, under the name that `Outgoing.mutable` has. Never a meeting's notice or change. */
export type MutableKind = Readonly<{
  kind: string
  label: MessageKey
  for: ForRoles
}>

/** What somebody did last, and the command that takes it back. */
export type Done = Readonly<{ at: Date; command: string; args: JsonObject }>

/** Ends what somebody confided to a room, in the transaction in which they withdraw their consent. */
export type Forget = (tx: Tx, now: Date, personId: string) => Promise<unknown>

/** Reads it from a room's own history, where that is kept anyway. */
export type LastDone = (ctx: Context) => Promise<Done | null>

/** A use for files that people send: as a roster, as study material. */
export type FileTaker = Readonly<{
  name: string
  /** Whether this person may send files for this use. */
  permits: (tx: Tx, actor: Actor, now: Date) => Promise<boolean>
  /** Whether the bytes are of a type that this use takes. */
  recognizes: (bytes: Uint8Array, fileName: string, now: Date) => Promise<boolean>
  label: MessageKey
  /** Runs with `{ uploadId }` once the file is here. */
  command: string
}>

/** Work that falls due. `run` takes due rows with SKIP LOCKED, in one transaction; true: more is waiting. */
export type Sweep = Readonly<{
  name: string
  /** The earliest due time of any row, null: nothing is planned. `now` for what falls due by what happens, not by a time. */
  nextDue: (db: Db, now: Date) => Promise<Date | null>
  run: (db: Db, now: Date) => Promise<boolean>
}>

export type { Choice, Json, JsonObject }

type Optional = 'slash' | 'words' | 'takesText' | 'inGroups' | 'amongOthers'

/** Declares a command; the types of its arguments follow from the schema, and are the room's own affair from then on. */
export const command = <A extends object>(
  name: string,
  options: Omit<Command<A>, 'name' | 'run' | Optional> & Partial<Pick<Command<A>, Optional>>,
  run: Command<A>['run'],
): Command =>
  ({
    name,
    slash: [],
    words: [],
    takesText: false,
    inGroups: false,
    ...options,
    run,
  }) as Command<A> as unknown as Command
