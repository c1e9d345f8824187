import type { Played } from './setup.js'

const decode = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** What stands on a page, without its marks. */
export const wordsOf = (html: string): string => decode(html.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ')

/** A browser without script: it follows redirects and sends the forms that stand on the page. */
export function visitor(played: Played) {
  const origin = new URL(played.url).origin
  const get = async (path = '/sandbox'): Promise<string> => (await fetch(`${origin}${path}`)).text()
  const post = (path: string, body: URLSearchParams | FormData, headers: Record<string, string> = {}) =>
    fetch(`${origin}${path}`, { method: 'POST', body, headers: { origin, ...headers }, redirect: 'manual' })
  /** Sends a form and opens where the answer leads. */
  const submit = async (path: string, fields: Record<string, string> | FormData): Promise<string> => {
    const answer = await post(path, fields instanceof FormData ? fields : new URLSearchParams(fields))
    if (answer.status !== 303) throw new Error(`${answer.status}: ${await answer.text()}`)
    return get(answer.headers.get('location') ?? '')
  }
  /** The id of the person whose link begins with these words on the page. */
  const findPerson = (html: string, words: string): string => {
    const links = html.match(/<a [^>]*href="\/sandbox\?person=[^"]+"[^>]*>.*?<\/a>/gs) ?? []
    const link = links.find((one) => wordsOf(one).trim().startsWith(words))
    const id = /person=([0-9a-f-]{36})/.exec(link ?? '')?.[1]
    if (!id) throw new Error(`nobody "${words}" among: ${links.map((one) => wordsOf(one).trim()).join(' | ')}`)
    return id
  }
  /** The value of the newest button with this label. */
  const findButton = (html: string, label: string): string => {
    const buttons = [...html.matchAll(/<button[^>]*name="choice"[^>]*value="([^"]+)"[^>]*>(.*?)<\/button>/gs)]
    const found = buttons.filter(([, , words]) => wordsOf(words ?? '').includes(label)).at(-1)
    if (!found?.[1]) throw new Error(`no button "${label}" in: ${wordsOf(html)}`)
    return found[1]
  }
  return {
    origin,
    get,
    post,
    submit,
    findPerson,
    open: (person: string) => get(`/sandbox?person=${person}`),
    says: (person: string, text: string) => submit(`/sandbox/say?person=${person}`, { text }),
    taps: async (person: string, label: string) =>
      submit(`/sandbox/say?person=${person}`, { choice: findButton(await get(`/sandbox?person=${person}`), label) }),
    passes: (step: 'next' | 'hour' | 'day') => submit(`/sandbox/clock?step=${step}`, {}),
  }
}
