import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MIGRATIONS, openTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const names = async (sql: string): Promise<string[]> =>
  (await database.db.$queryRawUnsafe<{ name: string }[]>(sql)).map((row) => row.name)

test('every rule that is written by hand is in the database', async () => {
  expect(
    await names(`SELECT conname AS name FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'x') ORDER BY conname COLLATE "C"`),
  ).toEqual([
    'appointment_once',
    'appointment_period',
    'appointment_unit',
    'bot_quotas',
    'bot_strangers',
    'delivery_edit_has_target',
    'delivery_in_flight_since',
    'delivery_priority',
    'exemption_once_a_kind',
    'exemption_period',
    'guest_somebody',
    'hearing_gap_period',
    'leave_period',
    'material_something',
    'meeting_duration',
    'meeting_time',
    'membership_once_a_cell',
    'membership_one_home',
    'membership_period',
    'outbox_cause',
    'outbox_version',
    'schedule_duration',
    'schedule_period',
    'schedule_time',
    'unit_attendance_target',
    'unit_placement_not_own_parent',
    'unit_placement_one_parent',
    'unit_placement_period',
  ])
})

test('the indexes of what waits are there, and partial', async () => {
  expect(
    await names(`SELECT indexrelid::regclass::text AS name FROM pg_index
      WHERE indpred IS NOT NULL AND NOT indisexclusion AND indrelid::regclass::text !~ '^pg_'
        AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
      ORDER BY indexrelid::regclass::text COLLATE "C"`),
  ).toEqual([
    'answer_event_reason',
    'answer_reason',
    'cell_group_live',
    'cell_group_unit_live',
    'chat_link_live',
    'delivery_failed',
    'delivery_in_flight',
    'delivery_queued',
    'delivery_remembered',
    'delivery_retrying',
    'group_card_due',
    'hearing_gap_open',
    'inbound_update_waiting',
    'invitation_live',
    'outbox_unsent_remembered',
    'personal_page_live',
    'reminder_step_waiting',
  ])
})

test('the functions are stable and parallel safe, or the planner would not inline them', async () => {
  expect(
    await database.db
      .$queryRaw`SELECT proname AS name, provolatile::text AS volatility, proparallel::text AS parallel FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql')
      AND proname IN ('bot_takes', 'cell_roster', 'is_quiet', 'unit_path', 'unit_subtree', 'was_written', 'ways_to') ORDER BY proname`,
  ).toEqual(
    ['bot_takes', 'cell_roster', 'is_quiet', 'unit_path', 'unit_subtree', 'was_written', 'ways_to'].map((name) => ({
      name,
      volatility: 's',
      parallel: 's',
    })),
  )
})

test('a roster over many cells is one inlined plan without function calls', async () => {
  const plan = await database.db.$queryRaw<{ 'QUERY PLAN': string }[]>`EXPLAIN
    SELECT u.id, r.person_id FROM unit u CROSS JOIN LATERAL cell_roster(u.id, '2026-12-03'::date) r`
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Function Scan')
})

test('every instant has a zone, and no column takes its time from the database', async () => {
  const columns = `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`
  expect(await names(`${columns} AND data_type = 'timestamp without time zone'`)).toEqual([])
  expect(await names(`${columns} AND column_default ~* 'now|current_timestamp'`)).toEqual([])
})

test('the schema and the migrations agree: every table and column of one is in the other', () => {
  const snapshot: Record<string, string> = JSON.parse(readFileSync(`${MIGRATIONS}/schema.snapshot.json`, 'utf8'))
  for (const [file, text] of Object.entries(snapshot))
    expect(readFileSync(`${MIGRATIONS}/../schema/${file}`, 'utf8'), `${file}: run scripts/new-migration.mjs`).toBe(text)
})
