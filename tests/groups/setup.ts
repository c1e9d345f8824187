import type { SentContent } from '../../src/messaging/deliveries.js'
import type { House, Player } from '../support/house.js'

export const GROUP = 'group-1'

/** A group chat with the bot in it, on the sandbox channel. */
export class Group {
  #tap = 0

  constructor(
    readonly house: House,
    readonly handle = GROUP,
  ) {}

  async #do(player: Player, content: Parameters<House['channel']['inject']>[1]): Promise<void> {
    await this.house.channel.injectInGroup(this.handle, player.handle, content)
    await this.house.app.settle()
  }

  says(player: Player, text: string): Promise<void> {
    return this.#do(player, { kind: 'text', text })
  }

  chat() {
    const key = { botId: this.house.botId, externalId: this.handle }
    return this.house.db.chat.findUniqueOrThrow({ where: { botId_externalId: key } })
  }

  /** What stands in the group now, the oldest first. */
  async messages(): Promise<(SentContent & { deliveryId: string })[]> {
    const entries = await this.house.app.transcript(await this.chat())
    return entries.flatMap((one) => (one.from === 'bot' ? [{ deliveryId: one.deliveryId, ...one.content }] : []))
  }

  async texts(): Promise<string[]> {
    return (await this.messages()).map(({ heading, text }) => [heading, text].filter(Boolean).join('\n'))
  }

  /** Presses a button of the newest message that has it; resolves with the word that the presser alone reads. */
  async taps(player: Player, label: string): Promise<{ key: string; opens: boolean } | null> {
    const found = (await this.messages()).toReversed().flatMap(({ deliveryId, choices }) => {
      const index = choices.flat().findIndex((choice) => choice.label.includes(label))
      return index < 0 ? [] : [{ deliveryId, index }]
    })[0]
    if (!found) throw new Error(`no button "${label}" in:\n${(await this.texts()).join('\n---\n')}`)
    this.#tap += 1
    const tapId = `tap-${this.#tap}`
    const seen = this.house.channel.can.toasts ? { tapId } : {}
    await this.#do(player, { kind: 'choice', ...found, ...seen })
    const rows = await this.house.db.outbox.findMany({ where: { kind: 'toast', state: 'sent' } })
    const said = rows.map((one) => one.data as { tapId: string; key: string; opens: boolean })
    return said.find((one) => one.tapId === tapId) ?? null
  }

  /** The platform says that we were put out of the group, or taken in again. */
  puts(out: boolean): Promise<void> {
    return this.#do(this.house.stranger('an-admin'), { kind: 'reachability', reachable: !out })
  }
}

/** Ties a group to a cell as its secretary does: in the group, then in their own chat. */
export async function tieGroup(house: House, secretary: Player, handle?: string): Promise<Group> {
  const group = new Group(house, handle)
  await group.says(secretary, '/ganchibo')
  await secretary.sees('Trong nhóm có thể có người ngoài chi bộ')
  await secretary.taps('Đúng, gắn nhóm này')
  await secretary.sees('Đã gắn nhóm')
  return group
}
