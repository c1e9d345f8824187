import { expect } from 'vitest'
import { dateIn } from '../../src/core/dates.js'
import { inTransaction } from '../../src/database/client.js'
import { appointByName } from '../../src/organization/appointments.js'
import { inviteForUnit } from '../../src/organization/invitations.js'
import { createUnit } from '../../src/organization/units.js'
import { deepLink } from '../../src/platforms.js'
import { ZONE } from '../support/house.js'
import { messyRosterXls } from '../support/roster-files.js'
import { CELL, CLERK, COMMITTEE, LEADER, nameOf, PART, ROSTER } from './cast.js'
import type { Group, Phone, Stage } from './stage.js'

/** Everybody with a phone. `members` by their line in the roster; the couple's lines hold the same phone. */
export type Cast = Readonly<{
  office: Phone
  leader: Phone
  members: ReadonlyMap<number, Phone>
  /** The cell's group chat, where the play has one. */
  group: Group | null
}>

/** What an administrator does once on the command line: two units, two people of the committee, their codes. */
async function prepareCommittee({ db, clock, codeKey }: Stage): Promise<Record<'office' | 'leader', string>> {
  const now = clock.moment
  const from = dateIn(now, ZONE)
  await inTransaction(db, async (tx) => {
    const top = { name: COMMITTEE, kind: 'commune', zone: ZONE, parentId: null, startsOn: from } as const
    const unitId = await createUnit(tx, now, top)
    await createUnit(tx, now, { ...top, name: CELL, kind: 'cell', parentId: unitId })
    await appointByName(tx, now, { fullName: CLERK, unitId, role: 'office', from })
    await appointByName(tx, now, { fullName: LEADER, unitId, role: 'committee_member', from })
  })
  const invited = await inviteForUnit(db, now, { unit: COMMITTEE }, { codeKey, deepLink, zone: ZONE })
  const codeOf = (person: string) => invited.find((one) => one.person === person)?.code ?? ''
  return { office: codeOf(CLERK), leader: codeOf(LEADER) }
}

/** What every way in comes to: what is kept and why, then who it is. */
async function consents(phone: Phone, name: string): Promise<void> {
  await phone.sees('91/2025/QH15', '[Tôi đồng ý]', '[Không đồng ý]')
  await phone.taps('Tôi đồng ý')
  await phone.sees(`Đây có phải đồng chí ${name}`, '[Đúng]')
  await phone.taps('Đúng')
  await phone.sees(`Đã liên kết đồng chí ${name}`)
}

/** From a code, typed or opened as a link, to being linked. */
async function links(phone: Phone, code: string, name: string, how: 'typed' | 'link' = 'typed'): Promise<void> {
  await (how === 'link' ? phone.opens(code.replace(' ', '')) : phone.says(code))
  await consents(phone, name)
}

async function importsRoster({ db }: Stage, office: Phone): Promise<void> {
  await office.sendsFile('DS DANG VIEN.XLS', messyRosterXls(ROSTER))
  await office.sees(`Thêm ${ROSTER.length} đồng chí, cập nhật 0`, '0 dòng vướng, 0 dòng không đọc được')
  expect(await db.membership.count()).toBe(0)
  await office.taps(`Nhập ${ROSTER.length} đồng chí`)
  await office.sees('Đã nhập danh sách')
  const stored = await db.person.findMany({ where: { memberships: { some: {} } }, select: { fullName: true } })
  expect(stored.map((one) => one.fullName).sort()).toEqual(ROSTER.map((one) => one.fullName).sort())
}

const codesIn = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^(.*?): (\d{4} \d{4})$/gm)].map(([, name = '', code = '']) => [name, code]))

/** The office finds the secretary's code, and prints the cell's slips, which go out on paper. */
async function printsPack(office: Phone): Promise<string> {
  await office.says('/mamoi')
  const { text } = await office.sees('Chi bộ chưa có bí thư liên kết: 1', `[In: ${CELL}]`)
  await office.taps(`In: ${CELL}`)
  await office.sees(`Phiếu mời của ${CELL}: ${ROSTER.length} phiếu`, '.html)')
  return codesIn(text).get(`${CELL} – ${nameOf(PART.secretary)}`) ?? ''
}

/** What the secretary hands out: the codes of those not linked yet, in as many pages as there are. */
async function readsCodes(secretary: Phone): Promise<(n: number) => string> {
  await secretary.says('/mamoi')
  const first = await secretary.sees(`Mã mời: ${CELL}`, 'Đã liên kết 1/25', 'Trang 1/2', '[Trang sau ›]')
  await secretary.taps('Trang sau')
  const second = await secretary.sees('Trang 2/2')
  const codes = new Map([...codesIn(first.text), ...codesIn(second.text)])
  expect(codes.size).toBe(ROSTER.length - 1)
  return (n) => codes.get(nameOf(n)) ?? ''
}

/** Somebody's phone, and their first step with it. */
type Newcomer = Readonly<{ phone: Phone; comesIn: () => Promise<void> }>

/** Whoever has an app opens the link on the slip, or types its code. */
const byCode =
  (stage: Stage, codeOf: (n: number) => string) =>
  (n: number): Newcomer => {
    const phone = stage.phone(nameOf(n))
    const isLink = PART.byLink.some((m) => m === n)
    return { phone, comesIn: () => (isLink ? phone.opens(codeOf(n).replace(' ', '')) : phone.says(codeOf(n))) }
  }

/** One press makes a page for each, and the slips that open them; the deputy has an app, and types a code. */
async function byPage(stage: Stage, secretary: Phone, codeOf: (n: number) => string): Promise<(n: number) => Newcomer> {
  await secretary.says('trang riêng')
  await secretary.taps(`Tạo trang cho cả ${ROSTER.length - 1} đồng chí`)
  const { link = '' } = await secretary.sees('Trang in phiếu')
  const browserOf = await stage.browsers?.(link)
  return (n) => {
    if (!browserOf || n === PART.deputy) return byCode(stage, codeOf)(n)
    const phone = browserOf(nameOf(n))
    return { phone, comesIn: () => phone.taps('Bắt đầu') }
  }
}

/** Two people, one phone: the second is asked whether they share it. */
async function coupleLinks({ phone, comesIn }: Newcomer, codeOf: (n: number) => string): Promise<void> {
  const [one, other] = PART.couple
  await comesIn()
  await consents(phone, nameOf(one))
  await phone.says(codeOf(other))
  await phone.taps('Tôi đồng ý')
  await phone.sees(nameOf(other), 'dùng cùng máy', '[Đúng, cùng máy]')
  await phone.taps('Đúng, cùng máy')
  await phone.sees(`Đã liên kết đồng chí ${nameOf(other)}`)
}

async function declines({ phone, comesIn }: Newcomer, secretary: Phone): Promise<void> {
  await comesIn()
  await phone.taps('Không đồng ý')
  await phone.sees('không đồng ý và sẽ không nhắn gì thêm')
  await secretary.sees(nameOf(PART.declines), 'không đồng ý liên kết')
}

/** 20 of 25 come in, at the same time as people do: by the link, typed, two on one phone; one declines. */
async function membersLink(stage: Stage, secretary: Phone): Promise<ReadonlyMap<number, Phone>> {
  const codeOf = await readsCodes(secretary)
  const newcomer = stage.browsers ? await byPage(stage, secretary, codeOf) : byCode(stage, codeOf)
  const alone = [...PART.byLink, ...PART.typed].map((n) => [n, newcomer(n)] as const)
  await Promise.all(
    alone.map(async ([n, { phone, comesIn }]) => {
      await comesIn()
      await consents(phone, nameOf(n))
    }),
  )
  const couple = newcomer(PART.couple[0])
  await coupleLinks(couple, codeOf)
  await declines(newcomer(PART.declines), secretary)
  return new Map([
    [PART.secretary, secretary],
    ...alone.map(([n, { phone }]) => [n, phone] as const),
    ...PART.couple.map((n) => [n, couple.phone] as const),
  ])
}

/** Import of the roster, slips, links. */
export async function comeIn(stage: Stage): Promise<Cast> {
  const codes = await prepareCommittee(stage)
  const [office, leader] = [stage.phone('office'), stage.phone('leader')]
  await links(office, codes.office, CLERK)
  await links(leader, codes.leader, LEADER)
  await importsRoster(stage, office)
  const secretary = stage.phone('secretary')
  await links(secretary, await printsPack(office), nameOf(PART.secretary))
  const members = await membersLink(stage, secretary)
  expect(await stage.db.chatLink.count({ where: { person: { memberships: { some: {} } } } })).toBe(20)
  for (const phone of [office, leader, ...members.values()]) await phone.reads()
  return { office, leader, members, group: stage.group?.() ?? null }
}
