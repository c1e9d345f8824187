import { type AddedBots, isRefusal } from './bot-keeper.js'
import { addBot, type BotDoor } from './bots/adding.js'
import type { ReplacingDeps } from './bots/replacing.js'
import { createSignIns } from './bots/sign-ins.js'
import { AppError } from './core/errors.js'

/** How a bot comes in: its platform is asked who it is, then its token is kept. */
export const createBotDoor = ({ seal, open, signIn }: AddedBots, deps: ReplacingDeps): BotDoor => ({
  signIns: signIn ? createSignIns(signIn) : null,
  identify: async (platform, token) => {
    const channel = open(platform, token)
    if (!channel) throw new AppError('bots.error.no-platform')
    try {
      const account = await channel.identify()
      return { platform, token, account: { ...account, quota: { ...channel.quota } } }
    } catch (cause) {
      throw new AppError(isRefusal(cause) ? 'bots.error.refused' : 'bots.error.unreachable', {}, { cause })
    }
  },
  add: (tx, now, wanted) => addBot(tx, now, wanted, { ...deps, seal }),
})
