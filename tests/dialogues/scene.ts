import type { AddedBots } from '../../src/bot-keeper.js'
import { type PlainDate, toDateColumn } from '../../src/core/dates.js'
import type { Locale } from '../../src/core/i18n.js'
import { newId } from '../../src/core/ids.js'
import { createSeal } from '../../src/core/seal.js'
import type { Db } from '../../src/database/client.js'
import { openOverTelegram } from '../month/over-telegram.js'
import { openOverZalo } from '../month/over-zalo.js'
import type { ChatPhone, Stage } from '../month/stage.js'
import { aMeeting } from '../support/meetings.js'
import { aPerson, appoint, aUnit, type Place } from '../support/people.js'
import { PUBLIC_URL } from '../support/site.js'

/** A meeting goes on, people are awake. */
export const NOW = '2026-12-03 19:40'

export type Over = 'buttons' | 'plain'

/** Who is who in each cell. Hùng has no phone here. */
export const NAMES = {
  secretary: 'Lò Thị Bí Thư',
  member: 'Hoàng Thị Lan',
  unlinked: 'Đỗ Văn Hùng',
  office: 'Vi Thị Văn Phòng',
  leader: 'Mạc Văn Cấp Ủy',
  administrator: 'Vàng A Quản Trị',
} as const

export type Part = keyof typeof NAMES

type DialogueStage = Omit<Stage, 'phone'> &
  Readonly<{ phone: (name: string) => ChatPhone; verify: () => void; close: () => Promise<void> }>

const never = () => {
  throw new Error('nobody signs in here')
}

/** Bots can be added and an account signed in; no dialogue goes so far as to ask a platform. */
const BOTS: AddedBots = { seal: createSeal(new Uint8Array(32).fill(9)), open: () => null, signIn: never }

export const openStage = (over: Over): Promise<DialogueStage> =>
  over === 'plain'
    ? openOverZalo('polling', NOW, BOTS)
    : openOverTelegram('polling', NOW, { publicUrl: PUBLIC_URL, bots: BOTS })

/** A cell of its own in a house that all dialogues share: what one of them does, no other sees. */
export type Scene = Readonly<{
  stage: DialogueStage
  db: Db
  place: Place
  locale: Locale
  over: Over
  unitId: string
  committeeId: string
  ids: Readonly<Record<Part, string>>
  /** Of somebody who is linked, or of nobody. */
  phone: (who: Part | 'stranger') => Promise<ChatPhone>
}>

async function aChat(stage: DialogueStage, name: string, locale: Locale, personId?: string): Promise<ChatPhone> {
  const phone = stage.phone(name)
  await phone.says('/start')
  const chat = await stage.db.chat.findFirstOrThrow({ where: { externalId: phone.chatId } })
  // Whoever is linked chose their language once, perhaps on another phone: this one has none of its own.
  if (!personId) await stage.db.chat.update({ where: { id: chat.id }, data: { locale } })
  else {
    await stage.db.chatLink.create({
      data: { id: newId(), personId, chatId: chat.id, linkedAt: stage.clock.moment },
    })
    await stage.db.person.update({ where: { id: personId }, data: { locale } })
  }
  await phone.reads()
  return phone
}

const ROLES = {
  secretary: 'secretary',
  office: 'office',
  leader: 'committee_member',
  administrator: 'administrator',
} as const

export async function openScene(stage: DialogueStage, locale: Locale, over: Over): Promise<Scene> {
  const { db } = stage
  const place = { db, now: stage.clock.moment }
  const committeeId = await aUnit(place, 'Đảng ủy phường Hoa Ban', 'commune')
  const unitId = await aUnit(place, 'Chi bộ Tổ dân phố 1', 'cell', committeeId)
  const ids = {} as Record<Part, string>
  for (const part of Object.keys(NAMES) as Part[]) {
    const inCell = part === 'secretary' || part === 'member' || part === 'unlinked'
    ids[part] = await aPerson(place, NAMES[part], inCell ? unitId : undefined)
    if (part === 'secretary') await appoint(place, ids[part], ROLES[part], unitId)
    if (part === 'office' || part === 'leader') await appoint(place, ids[part], ROLES[part], committeeId)
    if (part === 'administrator') await appoint(place, ids[part], ROLES[part], null)
  }
  const phones = new Map<string, Promise<ChatPhone>>()
  const phone = (who: Part | 'stranger'): Promise<ChatPhone> => {
    const known = phones.get(who) ?? aChat(stage, who, locale, who === 'stranger' ? undefined : ids[who])
    phones.set(who, known)
    return known
  }
  return { stage, db, place, locale, over, unitId, committeeId, ids, phone }
}

/** A meeting a fortnight ahead. */
export const next = (scene: Scene) => aMeeting(scene.place, scene.unitId, '2026-12-17 19:30')

/** One that began ten minutes ago. */
export const running = (scene: Scene) => aMeeting(scene.place, scene.unitId, '2026-12-03 19:30')

/** Last month's, with a confirmed roll-call: all were there. */
export async function held(scene: Scene): Promise<string> {
  const { db, ids } = scene
  const id = await aMeeting(scene.place, scene.unitId, '2026-11-05 19:30')
  const at = new Date('2026-11-05T14:30:00Z')
  await db.rollCall.create({
    data: { meetingId: id, openedAt: at, confirmedAt: at, confirmedById: ids.secretary, heldAt: at, version: 1 },
  })
  await db.rollCallMark.createMany({
    data: [ids.secretary, ids.member, ids.unlinked].map((personId) => ({
      meetingId: id,
      personId,
      state: 'present' as const,
      proposed: false,
    })),
  })
  return id
}

export const dayColumn = (text: string) => toDateColumn(text as PlainDate)
