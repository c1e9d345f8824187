import { type House, openHouse, type Player } from '../support/house.js'
import { CODE_KEY, createEyes, type Phone, type Stage } from './stage.js'

export function playerPhone(house: House, player: Player): Phone {
  const counts = { taps: 0, lines: 0 }
  const list = async () => {
    const botId = house.botId
    const chat = await house.db.chat.findUnique({ where: { botId_externalId: { botId, externalId: player.handle } } })
    const entries = chat ? await house.app.transcript(chat) : []
    return entries.flatMap((entry) =>
      entry.from === 'bot'
        ? [
            {
              key: entry.deliveryId,
              sight: {
                text: [entry.content.heading, entry.content.text].filter(Boolean).join('\n'),
                buttons: entry.content.choices.flat().map((choice) => choice.label),
                fileName: entry.content.fileName ?? null,
                ...(entry.content.url ? { link: entry.content.url } : {}),
              },
            },
          ]
        : [],
    )
  }
  const tap = (act: Promise<void>): Promise<void> => {
    counts.taps += 1
    return act
  }
  const line = (act: Promise<void>): Promise<void> => {
    counts.lines += 1
    return act
  }
  return {
    counts,
    says: (text) => line(player.says(text)),
    taps: (label) => tap(player.taps(label)),
    opens: (code) => tap(player.opens(code)),
    sendsFile: (fileName, bytes, caption) => line(player.sendsFile(fileName, bytes, caption ?? null)),
    ...createEyes(player.handle, list),
  }
}

/** The same stage over the sandbox's channel. */
export async function openOverSandbox(now: string): Promise<Stage & { close: () => Promise<void> }> {
  const house = await openHouse({ now })
  return {
    app: house.app,
    db: house.db,
    clock: house.clock,
    codeKey: CODE_KEY,
    phone: (name) => playerPhone(house, house.stranger(name)),
    to: (text) => house.to(text),
    close: house.close,
  }
}
