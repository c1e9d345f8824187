import { Agent } from 'node:http'
import { Pool } from 'pg'
import { Telegraf } from 'telegraf'

const SCHEMA = `
  CREATE TABLE plain_update (id bigint PRIMARY KEY, payload jsonb NOT NULL, received_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE plain_answer (meeting_id text, person_id bigint, state text NOT NULL, answered_at timestamptz NOT NULL,
    PRIMARY KEY (meeting_id, person_id));
  CREATE TABLE plain_history (id bigserial PRIMARY KEY, meeting_id text NOT NULL, person_id bigint NOT NULL,
    state text NOT NULL, update_id bigint NOT NULL, at timestamptz NOT NULL)`

const LABELS = ['Đổi: Đến muộn', 'Đổi: Trực tuyến', 'Đổi: Vắng mặt']

/**
 * The bot that one writes in an afternoon: telegraf's own polling, a pool, three statements a tap (store the update once,
 * the answer, its history), the tap acknowledged, the message edited. No queue, no retry, no roles.
 */
export async function startPlainBot(options: { token: string; apiRoot: string; databaseUrl: string }) {
  const pool = new Pool({ connectionString: options.databaseUrl, max: 10 })
  await pool.query(SCHEMA)
  const bot = new Telegraf(options.token, { telegram: { apiRoot: options.apiRoot } })
  // As telegraf does for https; it forgets it for http, and a connection a call would be no fair rival.
  bot.telegram.options.agent = new Agent({ keepAlive: true })
  bot.on('callback_query', async (ctx) => {
    const { update, from } = ctx
    const [meetingId, state] = 'data' in ctx.callbackQuery ? ctx.callbackQuery.data.split(':') : []
    await ctx.answerCbQuery()
    const stored = await pool.query({
      name: 'store',
      text: 'INSERT INTO plain_update (id, payload) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      values: [update.update_id, update],
    })
    if (stored.rowCount === 0) return
    await pool.query({
      name: 'answer',
      text: `INSERT INTO plain_answer VALUES ($1, $2, $3, now())
        ON CONFLICT (meeting_id, person_id) DO UPDATE SET state = EXCLUDED.state, answered_at = EXCLUDED.answered_at`,
      values: [meetingId, from.id, state],
    })
    await pool.query({
      name: 'history',
      text: 'INSERT INTO plain_history (meeting_id, person_id, state, update_id, at) VALUES ($1, $2, $3, $4, now())',
      values: [meetingId, from.id, state, update.update_id],
    })
    await ctx.editMessageText('Đã ghi nhận: đồng chí có mặt. Sinh hoạt thường kỳ 19:30 thứ Năm 03/12/2026.', {
      reply_markup: { inline_keyboard: LABELS.map((text) => [{ text, callback_data: `${meetingId}:${text}` }]) },
    })
  })
  const launched = bot.launch()
  return {
    answers: async (): Promise<number> => {
      const { rows } = await pool.query('SELECT count(*)::int AS count FROM plain_history')
      return rows[0].count
    },
    stop: async (): Promise<void> => {
      bot.stop()
      await launched
      await pool.end()
    },
  }
}
