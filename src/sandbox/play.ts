import { DAY, dateIn, HOUR, type Zone } from '../core/dates.js'
import type { IncomingContent } from '../messaging/vocabulary.js'
import type { ChatView, PageView, PeopleGroup, Playground, Said } from '../web/sandbox/types.js'
import { findCode, momentOf, readItems } from './chat.js'
import { exampleFiles } from './example-files.js'
import { readPanel } from './panel.js'
import { listGroups, markRead, startersOf } from './people.js'
import type { Queue } from './queue.js'
import { passTime, passToNext } from './steps.js'
import type { World } from './world.js'

export type PlayOptions = Readonly<{
  world: () => World
  /** Empties the world and fills it with the example again. */
  reset: () => Promise<void>
  zone: Zone
  codeKey: Uint8Array
  inTurn: Queue
}>

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const SHA256 = /[0-9a-f]{64}/g

/** From what a player did to what a platform would have told us; null: there is no such example file. */
function contentOf(world: World, said: Said): IncomingContent | null {
  if (said.kind !== 'file' && said.kind !== 'example') return said
  const file = said.kind === 'file' ? said : exampleFiles().find((one) => one.id === said.id)
  if (!file) return null
  const { fileName, bytes } = file
  const fileRef = world.deposit(bytes)
  return { kind: 'file', fileRef, fileName, size: bytes.byteLength, caption: said.caption }
}

const findPlace = (groups: readonly PeopleGroup[], personId: string) =>
  groups.flatMap((group) => group.people.filter((one) => one.id === personId).map((person) => ({ group, person })))[0]

async function readPage(world: World, personId: string | null, options: PlayOptions): Promise<PageView> {
  const { db, clock } = world
  const { zone, codeKey } = options
  const now = clock.now()
  const day = dateIn(now, zone)
  if (personId) await markRead(db, personId)
  const groups = await listGroups(db, day)
  const place = personId ? findPlace(groups, personId) : undefined
  const chat: ChatView | null = place
    ? {
        person: place.person,
        unitName: place.group.name,
        items: await readItems(world, place.person.id, zone),
        code: place.person.linked ? null : await findCode(world, place.person.id, codeKey),
      }
    : null
  const unit = place ? await db.unit.findUnique({ where: { id: place.group.unitId } }) : null
  const next = await world.nextDue()
  return {
    groups,
    starters: startersOf(groups),
    chat,
    panel: await readPanel({ db, now, zone }, unit?.kind === 'cell' ? unit.id : null),
    clock: { now: momentOf(now, zone), next: next && next > now ? momentOf(next, zone) : null },
    files: exampleFiles().map(({ id, fileName }) => ({ id, fileName })),
  }
}

/** The file of a message that went out: its hash stands in what the outbox keeps of the message. */
async function openFile(world: World, deliveryId: string) {
  if (!UUID.test(deliveryId)) return null
  const delivery = await world.db.delivery.findUnique({ where: { id: deliveryId }, include: { outbox: true } })
  const { fileName } = (delivery?.content ?? {}) as { fileName?: string }
  const hashes = JSON.stringify(delivery?.outbox.data ?? null).match(SHA256) ?? []
  const file = await world.db.file.findFirst({ where: { sha256: { in: hashes } } })
  return file && fileName ? { fileName, bytes: await world.readFile(file.sha256) } : null
}

async function say(world: World, personId: string, said: Said): Promise<boolean> {
  const person = UUID.test(personId) ? await world.db.person.findUnique({ where: { id: personId } }) : null
  const content = person ? contentOf(world, said) : null
  if (!content) return false
  await world.inject(personId, content)
  await world.settle()
  return true
}

const STEPS = { hour: HOUR, day: DAY } as const

/** The playground over the world of the moment. */
export function createPlayground(options: PlayOptions): Playground {
  const { world, inTurn } = options
  return {
    view: (personId) =>
      inTurn(async () => {
        await world().settle()
        return readPage(world(), personId && UUID.test(personId) ? personId : null, options)
      }),
    say: (personId, said) => inTurn(() => say(world(), personId, said)),
    passTime: (step) => inTurn(() => (step === 'next' ? passToNext(world()) : passTime(world(), STEPS[step]))),
    reset: () => inTurn(options.reset),
    openFile: (deliveryId) => inTurn(() => openFile(world(), deliveryId)),
  }
}
