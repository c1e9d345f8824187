import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint } from '../support/people.js'

const SRC = join(import.meta.dirname, '../../src')

/** Every command with a name behind a slash, as its room declares it: the Vietnamese name first. */
const COMMANDS: readonly [string, string][] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
  .flatMap((file) => [...readFileSync(join(SRC, file), 'utf8').matchAll(/\bslash: \[([^\]]+)\]/g)])
  .map(([, names = '']): string[] => names.split(',').map((one) => one.trim().replaceAll("'", '')))
  .map((names): [string, string] => [names[0] ?? '', names.at(-1) ?? ''])
  .sort()

/** What stands in English messages in Vietnamese: names of the house, titles, and words that one may write. */
const NAMES =
  /“[^”]*”|(?<=(?:for example|such as): ).*$|Đảng ủy phường Hoa Ban|Chi bộ Tổ dân phố \d+|Lò Thị Bí Thư|Đỗ Văn Thử \d+|Hội trường tầng 2|Tiếng Việt|Kỳ Họp/gmu
const VIETNAMESE = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/iu
const A_KEY = /(?<![\w/@.])[a-z]+\.[a-z-]+\.[a-z-]+(?![\w.]*\/)/
const OF_BUTTONS = /\bbấm\b|\bnút\b|\bpress|\bbuttons?\b|\btap\b/i

type Said = { text: string; choices: string[]; below: string }

async function newest(house: House, player: Player, before: ReadonlySet<string>): Promise<[Said[], Set<string>]> {
  const chat = await house.db.chat.findFirstOrThrow({ where: { externalId: player.handle } })
  const all = (await house.app.transcript(chat)).flatMap((one) => (one.from === 'bot' ? [one] : []))
  const said = all
    .filter((one) => !before.has(one.deliveryId))
    .map(({ content }) => ({
      text: [content.heading, content.text].filter(Boolean).join('\n'),
      choices: content.choices.flat().map((one) => one.label),
      below: content.below ?? '',
    }))
  return [said, new Set(all.map((one) => one.deliveryId))]
}

describe.each([
  ['vi', 'buttons'],
  ['vi', 'plain'],
  ['en', 'buttons'],
  ['en', 'plain'],
] as const)('every command in %s over %s', (locale, over) => {
  let house: House
  let player: Player
  let seen = new Set<string>()

  beforeAll(async () => {
    house = await openHouse({ now: '2026-12-03 19:20', ...(over === 'plain' ? { plain: true } : {}) })
    const cell = await aCell(house, 3)
    await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await aMeeting(house, cell.unitId, '2026-12-17 19:30', { kind: 'thematic' })
    // One who may everything, so that no command ends at “not yours”.
    const all = await aPerson(house, 'Lò Thị Bí Thư', cell.unitId)
    await appoint(house, all, 'secretary', cell.unitId)
    await appoint(house, all, 'office', cell.committeeId)
    await appoint(house, all, 'committee_member', cell.committeeId)
    await appoint(house, all, 'administrator', null)
    player = await house.phoneOf('all-roles', all)
    // As /ngonngu does.
    await house.db.person.updateMany({ data: { locale } })
    await house.db.chat.updateMany({ data: { locale } })
    await house.to('2026-12-03 19:40')
    await player.says('/menu')
    seen = (await newest(house, player, seen))[1]
  })
  afterAll(() => house.close())

  test.each(COMMANDS)('/%s, /%s', async (vi, en) => {
    await player.says(`/${locale === 'vi' ? vi : en}`)
    const [said, next] = await newest(house, player, seen)
    seen = next
    expect(said.length).toBeGreaterThan(0)
    for (const { text, choices, below } of said) {
      const words = [text, ...choices, below].join('\n')
      expect(words).not.toMatch(/\{\{|undefined|\[object/)
      expect(words).not.toMatch(A_KEY)
      if (locale === 'vi') expect(text).toMatch(VIETNAMESE)
      else expect(words.replace(NAMES, '')).not.toMatch(VIETNAMESE)
      if (over !== 'plain') continue
      expect(words).not.toMatch(OF_BUTTONS)
      // Those of an answer are 1–4, whatever else is chosen counts from 11.
      if (choices.length > 0) expect(below).toMatch(/^(?:[1-4]|1[1-9]|[2-9]\d)\. /m)
    }
  })
})

test('they are all there', () => {
  expect(COMMANDS.length).toBeGreaterThan(40)
})
