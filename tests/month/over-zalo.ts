import { expect } from 'vitest'
import type { AddedBots } from '../../src/bot-keeper.js'
import { CODE_KEY } from '../support/house.js'
import { openZaloApp, type ZaloApp } from '../support/zalo/app.js'
import type { Chat, Person } from '../support/zalo/index.js'
import { numberFor, offersOf } from './in-words.js'
import { type ChatPhone, createEyes, type Sight, type Stage, walk } from './stage.js'

const linkIn = (text: string, path: 'p' | 'tep'): string | null =>
  new RegExp(`https://\\S+/${path}/\\S+`).exec(text)?.[0] ?? null

/** The file that a link of ours opens, by the name under which a browser would save it; null: it opens none. */
async function fileNameAt(link: string): Promise<string | null> {
  const answer = await fetch(link)
  await answer.arrayBuffer()
  const name = /filename\*=UTF-8''(.+)$/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  return answer.ok && name ? decodeURIComponent(name) : null
}

/** What stands on the screen; whoever gets a link to a file opens it, once. */
function createScreen({ at }: ZaloApp, person: Person) {
  const opened = new Map<string, Promise<string | null>>()
  const open = (id: string, link: string): Promise<string | null> => {
    const file = opened.get(id) ?? fileNameAt(at(link))
    opened.set(id, file)
    return file
  }
  const sightOf = async (id: string, text: string): Promise<Sight> => {
    const link = linkIn(text, 'tep')
    return { text, buttons: offersOf(text).map(({ label }) => label), fileName: link ? await open(id, link) : null }
  }
  return () => Promise.all(person.messages().map(async ({ id, text }) => ({ key: id, sight: await sightOf(id, text) })))
}

/** A page with a form, as any phone's browser sends it. */
async function upload(link: string, fileName: string, bytes: Uint8Array, caption = ''): Promise<void> {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(bytes)], fileName))
  form.append('caption', caption)
  const answer = await fetch(link, { method: 'POST', body: form })
  expect([answer.status, (await answer.text()).includes('Đã nhận tệp')]).toEqual([200, true])
}

function phoneOf(zalo: ZaloApp, person: Person, groupOf: (n: number) => Chat): ChatPhone {
  const says = async (text: string): Promise<void> => {
    person.says(text)
    await zalo.settle()
  }
  const eyes = createEyes(person.parts.user.display_name, createScreen(zalo, person))
  return {
    chatId: person.chat.id,
    counts: person.counts,
    says,
    // There a bot hears only what is said to it by name.
    saysInGroup: async (n, text) => {
      person.says(`@${zalo.server.bot.account_name} ${text}`, { in: groupOf(n) })
      await zalo.settle()
    },
    taps: async (label) => {
      const texts = person.messages().map(({ text }) => text)
      await says(numberFor(label, texts))
    },
    opens: says,
    sendsFile: async (fileName, bytes, caption) => {
      await says('gửi tệp')
      const { text } = await eyes.sees('Mở trang gửi tệp')
      await upload(zalo.at(linkIn(text, 'p') ?? 'no link'), fileName, bytes, caption)
      await zalo.settle()
    },
    ...eyes,
  }
}

export type ZaloStage = Omit<Stage, 'phone'> &
  Readonly<{
    phone: (name: string) => ChatPhone
    sent: () => number
    close: () => Promise<void>
    verify: () => void
  }>

/** A house in which more people speak than one bot of the smallest plan may. */
const MANY = { messagesPerMonth: 100_000, people: 10_000 }

/** The whole app on a database of its own, spoken to by the Bot Platform's protocol and a browser's forms alone. */
export async function openOverZalo(mode: 'polling' | 'webhook', now: string, bots?: AddedBots): Promise<ZaloStage> {
  const zalo = await openZaloApp({ mode, now, ...(bots ? { bots, plan: MANY } : {}) })
  const { server } = zalo
  const app = zalo.app()
  let nextId = 1
  const groups = new Map<number, Chat>()
  const groupOf = (n: number): Chat => {
    const group = groups.get(n) ?? server.group(n)
    groups.set(n, group)
    return group
  }
  return {
    app,
    db: app.db,
    clock: zalo.clock,
    codeKey: CODE_KEY,
    inPlain: true,
    phone: (name) => phoneOf(zalo, server.person({ id: nextId++, name }), groupOf),
    to: (text) => walk(app, zalo.clock, text, zalo.settle),
    sent: server.sentThisMonth,
    verify: () => {
      expect(server.violations).toEqual([])
      const refused = server.calls.filter(
        ({ method, code }) => code !== 200 && !(method === 'getUpdates' && code === 408),
      )
      expect(refused).toEqual([])
    },
    close: zalo.close,
  }
}
