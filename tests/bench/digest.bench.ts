import { afterAll, beforeAll, test } from 'vitest'
import type { PlainDate } from '../../src/core/dates.js'
import { Prisma } from '../../src/database/client.js'
import { decideDigest } from '../../src/digests/rules.js'
import { listCellIds, listCellRows } from '../../src/digests/store.js'
import { findNextDue } from '../../src/digests/store-slots.js'
import { digestSweep } from '../../src/digests/sweep.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'

/** The domain's real size: one provincial bloc, 76 organisations below it, 240 cells, 3,281 members. */
const CELLS = 240
const MEMBERS = 3_281
const MONTHS = 12
const COMMITTEES = 76
const ROUNDS = 7

const week = '2026-12-07' as PlainDate
const monday = new Date('2026-12-07T00:30:00.000Z')

let database: TestDatabase
let root: string

/** Made of numbers alone, so that filling takes a second. Twelve months of meetings, each answered and called. */
async function fill(): Promise<void> {
  const { db } = database
  const run = (sql: string) => db.$executeRawUnsafe(sql)
  const id = (kind: number, n: string) => `('00000000-0000-7000-800${kind}-' || lpad((${n})::text, 12, '0'))::uuid`
  const zone = `'Asia/Ho_Chi_Minh'`
  await run(`INSERT INTO unit (id, kind, name, name_key, zone, created_at)
    SELECT ${id(0, 'n')}, (CASE WHEN n = 0 THEN 'bloc' ELSE 'grassroots' END)::unit_kind, 'Đảng bộ ' || n, 'dang bo ' || n, ${zone}, now()
    FROM generate_series(0, ${COMMITTEES}) n`)
  await run(`INSERT INTO unit (id, kind, name, name_key, zone, created_at)
    SELECT ${id(1, 'n')}, 'cell', 'Chi bộ ' || n, 'chi bo ' || n, ${zone}, now() FROM generate_series(1, ${CELLS}) n`)
  await run(`INSERT INTO unit_placement (id, unit_id, parent_id, starts_on)
    SELECT gen_random_uuid(), ${id(0, 'n')}, ${id(0, '0')}, '2020-01-01' FROM generate_series(1, ${COMMITTEES}) n`)
  await run(`INSERT INTO unit_placement (id, unit_id, parent_id, starts_on)
    SELECT gen_random_uuid(), ${id(1, 'n')}, ${id(0, `n % ${COMMITTEES} + 1`)}, '2020-01-01' FROM generate_series(1, ${CELLS}) n`)
  await run(`INSERT INTO person (id, full_name, created_at)
    SELECT ${id(2, 'n')}, 'Đỗ Văn Thử ' || n, now() FROM generate_series(1, ${MEMBERS}) n`)
  await run(`INSERT INTO membership (id, person_id, cell_id, kind, starts_on)
    SELECT gen_random_uuid(), ${id(2, 'n')}, ${id(1, `n % ${CELLS} + 1`)}, 'home', '2020-01-01' FROM generate_series(1, ${MEMBERS}) n`)
  await run(`INSERT INTO appointment (id, person_id, unit_id, role, starts_on)
    SELECT gen_random_uuid(), ${id(2, `n + 1`)}, ${id(1, `(n + 1) % ${CELLS} + 1`)}, 'secretary', '2020-01-01' FROM generate_series(0, ${CELLS - 1}) n`)
  await run(`INSERT INTO appointment (id, person_id, unit_id, role, starts_on)
    SELECT gen_random_uuid(), ${id(2, 'u * 15 + n')}, ${id(0, 'u')}, 'committee_member', '2020-01-01'
    FROM generate_series(0, ${COMMITTEES}) u, generate_series(1, 15) n`)
  await run(`INSERT INTO meeting (id, cell_id, occurrence_on, kind, day, time, zone, starts_at, place, duration_minutes, state, created_at)
    SELECT gen_random_uuid(), ${id(1, 'n')}, d, 'regular', d, '19:30', ${zone}, d + interval '12 hours 30 minutes', 'Hội trường', 90, 'planned', now()
    FROM generate_series(1, ${CELLS}) n, generate_series(0, ${MONTHS}) m,
      LATERAL (SELECT (date '2026-01-01' + make_interval(months => m) + make_interval(days => n % 5))::date AS d) day`)
  await run(`INSERT INTO roll_call (meeting_id, held_at)
    SELECT id, starts_at FROM meeting WHERE starts_at < '2026-12-07' AND hashtext(id::text) % 10 <> 0`)
  await run(`INSERT INTO roll_call_mark (meeting_id, person_id, state, proposed)
    SELECT c.meeting_id, s.person_id, (CASE WHEN hashtext(s.id::text) % 9 = 0 THEN 'excused' ELSE 'present' END)::mark_state, false
    FROM roll_call c JOIN meeting m ON m.id = c.meeting_id JOIN membership s ON s.cell_id = m.cell_id`)
  await run(`INSERT INTO answer (id, meeting_id, person_id, state, answered_at)
    SELECT gen_random_uuid(), m.id, s.person_id, 'present', m.starts_at FROM meeting m JOIN membership s ON s.cell_id = m.cell_id
    WHERE hashtext(s.id::text || m.id::text) % 5 <> 0`)
  await run(`INSERT INTO material (id, cell_id, meeting_id, title, url, push, pushed_at, added_by_id, added_at)
    SELECT gen_random_uuid(), m.cell_id, m.id, 'Nghị quyết', 'https://example.org/a', 'at_once', m.starts_at, ${id(2, '1')}, m.starts_at FROM meeting m`)
  await run(`INSERT INTO reading (material_id, person_id, at)
    SELECT t.id, s.person_id, t.added_at FROM material t JOIN membership s ON s.cell_id = t.cell_id WHERE hashtext(s.id::text) % 2 = 0`)
  await run('ANALYZE')
  root = '00000000-0000-7000-8000-000000000000'
}

/** The middle of several runs, in ms. */
async function time(work: () => Promise<unknown>): Promise<number> {
  const all: number[] = []
  for (let n = 0; n < ROUNDS; n += 1) {
    const start = performance.now()
    await work()
    all.push(performance.now() - start)
  }
  return Math.round((all.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0) * 10) / 10
}

beforeAll(async () => {
  database = await openTestDatabase()
  await fill()
}, 300_000)
afterAll(() => database.close())

test('a digest over 240 cells and 3,281 members', { timeout: 300_000 }, async () => {
  const { db } = database
  const asOf = { week, today: week, at: monday }
  const ids = await listCellIds(db, root, week)
  const rows = await listCellRows(db, ids, asOf)
  const { pastWeek } = decideDigest(rows, week)
  await digestSweep.run(db, new Date('2026-12-05T00:00:00.000Z'))
  const slots = await db.digestSlot.findMany()
  const all = await time(async () => {
    await db.$executeRaw(Prisma.sql`TRUNCATE outbox CASCADE`)
    await db.digest.deleteMany()
    for (const kind of ['preview', 'weekly'] as const)
      await db.digestSlot.updateMany({
        where: { kind },
        data: { dueAt: slots.find((s) => s.kind === kind)?.dueAt ?? monday },
      })
    while (await digestSweep.run(db, monday)) {}
  })
  console.table({
    'cells met / counted': `${pastWeek.met}/${rows.length}`,
    'attended / denominator': `${pastWeek.attendance.part}/${pastWeek.attendance.whole}`,
    'subtree (ms)': await time(() => listCellIds(db, root, week)),
    'rows of all cells (ms)': await time(() => listCellRows(db, ids, asOf)),
    'rules (ms)': await time(async () => decideDigest(rows, week)),
    'next due (ms)': await time(() => findNextDue(db)),
    [`sweep of ${slots.length} slots, ${await db.outbox.count()} messages (ms)`]: all,
  })
})
