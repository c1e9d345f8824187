import { apiThrottler } from '@grammyjs/transformer-throttler'
import { Bot } from 'grammy'
import { Telegraf } from 'telegraf'
import { telegrafThrottler } from 'telegraf-throttler'

export type Account = Readonly<{ token: string; apiRoot: string }>

/** Sends `text` to everybody as fast as the library lets it go; how many it gave up. */
export type Broadcast = (account: Account, chats: readonly number[], text: string) => Promise<number>

const lostOf = async (sends: readonly Promise<unknown>[]): Promise<number> =>
  (await Promise.allSettled(sends)).filter((one) => one.status === 'rejected').length

/** telegraf's throttler is a middleware: it paces what an update's handler sends, so one update sends it all. */
export const telegrafBroadcast: Broadcast = async ({ token, apiRoot }, chats, text) => {
  const bot = new Telegraf(token, { telegram: { apiRoot }, handlerTimeout: Number.POSITIVE_INFINITY })
  bot.botInfo = await bot.telegram.getMe()
  bot.use(telegrafThrottler())
  let lost = 0
  bot.on('text', async (ctx) => {
    lost = await lostOf(chats.map((chat) => ctx.telegram.sendMessage(chat, text)))
  })
  const from = { id: 1, is_bot: false, first_name: 'A' }
  const chat = { id: 1, type: 'private' as const, first_name: 'A' }
  await bot.handleUpdate({ update_id: 1, message: { message_id: 1, date: 0, from, chat, text: 'go' } })
  return lost
}

export const grammyBroadcast: Broadcast = async ({ token, apiRoot }, chats, text) => {
  const bot = new Bot(token, { client: { apiRoot } })
  bot.api.config.use(apiThrottler())
  return lostOf(chats.map((chat) => bot.api.sendMessage(chat, text)))
}
