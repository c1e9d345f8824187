import { AppError } from '../core/errors.js'
import type { Renderer } from '../messaging/renderer.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { type Moment, say } from './context.js'
import { note, pick } from './messages.js'
import type { Call } from './reading.js'
import { type Actor, type Command, type May, NOBODY } from './types.js'

export type ActorChoice =
  | { kind: 'actor'; actor: Actor; args: JsonObject }
  | { kind: 'ask'; ask: (moment: Moment) => Promise<void> }

const ask = <D extends object>(renderer: Renderer<D>, data: D): ActorChoice => ({
  kind: 'ask',
  ask: (moment) => say(moment, '', renderer, data),
})

/** Who acts, in which unit; or the question that must be asked first. Throws `conversation.error.forbidden`. */
export async function chooseActor(
  moment: Moment,
  command: Command,
  call: Call,
  permissions: May,
): Promise<ActorChoice> {
  const { people } = moment
  const { as, ...args } = call.args
  const named = people.find((one) => one.personId === as) ?? people.find((one) => one.personId === call.forPerson)
  if (typeof as === 'string' && as !== '' && !people.some((one) => one.personId === as))
    throw new AppError('conversation.error.not-yours')
  // The button was for somebody who is not asked in this chat any more; nobody else answers in their place.
  if (call.forPerson && !named && people.length > 0 && command.scope !== 'anyone')
    throw new AppError('conversation.error.not-yours')
  if (command.scope === 'anyone') return { kind: 'actor', actor: named ?? people[0] ?? NOBODY, args }
  if (people.length === 0) return ask(note, { key: 'conversation.unlinked', params: {}, choices: [] })
  return command.scope === 'self'
    ? chooseSelf(named ? [named] : people, command, args)
    : chooseInUnit(moment, named ? [named] : people, command, args, permissions)
}

function chooseSelf(people: readonly Actor[], command: Command, args: JsonObject): ActorChoice {
  const [first, ...others] = people
  if (first && others.length === 0) return { kind: 'actor', actor: first, args }
  return askWhom(people, command, args)
}

const askWhom = (people: readonly Actor[], command: Command, args: JsonObject): ActorChoice =>
  ask(pick, {
    key: 'conversation.whom',
    options: people.map((one) => ({
      name: one.fullName,
      command: command.name,
      args: { ...args, as: one.personId },
    })),
  })

type Place = { actor: Actor; unitId: string; name: string }

async function chooseInUnit(
  moment: Moment,
  people: readonly Actor[],
  command: Command,
  args: JsonObject,
  permissions: May,
): Promise<ActorChoice> {
  const { tx, now } = moment
  const wanted = args.unitId
  if (typeof wanted === 'string') {
    for (const actor of people)
      if (await permissions.may(tx, actor, command.permission, wanted, now)) return { kind: 'actor', actor, args }
    throw await refusal(moment, people, command, permissions)
  }
  const places: Place[] = []
  for (const actor of people)
    for (const unit of await permissions.unitsWhere(tx, actor, command.permission, now))
      places.push({ actor, unitId: unit.id, name: unit.name })
  const [only, ...others] = places
  if (!only) throw await refusal(moment, people, command, permissions)
  if (others.length === 0) return { kind: 'actor', actor: only.actor, args: { ...args, unitId: only.unitId } }
  return ask(pick, {
    key: 'conversation.which-unit',
    options: places.map((one) => ({
      name: one.name,
      command: command.name,
      args: { ...args, as: one.actor.personId, unitId: one.unitId },
    })),
  })
}

async function refusal(
  { tx, now }: Moment,
  people: readonly Actor[],
  { permission }: Command,
  permissions: May,
): Promise<AppError> {
  for (const actor of people)
    if (await permissions.heldInDissolved(tx, actor, permission, now))
      return new AppError('conversation.error.dissolved', { permission })
  return new AppError('conversation.error.forbidden', { permission })
}
