import type { Seen, Site } from '../../support/site.js'

const text = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()

type Fields = Record<string, string>

const attribute = (tag: string, name: string): string => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? ''

const hidden = (form: string): Fields =>
  Object.fromEntries(
    [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [attribute(tag, 'name'), attribute(tag, 'value')]),
  )

const buttonsOf = (form: string) =>
  [...form.matchAll(/(<button[^>]*>)([\s\S]*?)<\/button>/g)].map(([, tag = '', label = '']) => {
    const name = attribute(tag, 'name')
    return { label: text(label), fields: name ? { [name]: attribute(tag, 'value') } : {} }
  })

/** What the button whose words contain `label` would send: the first such one on the page. */
export function fieldsOf(html: string, label: string): Fields {
  for (const [form] of html.matchAll(/<form[\s\S]*?<\/form>/g)) {
    const found = buttonsOf(form).find((one) => one.label.includes(label))
    if (found) return { ...hidden(form), ...found.fields }
  }
  throw new Error(`no button "${label}" on:\n${text(html)}`)
}

/** Somebody with a browser without script, on one address. */
export class Visitor {
  html = ''
  status = 0

  constructor(
    readonly site: Site,
    readonly link: string,
  ) {}

  async #see(seen: Promise<Seen>): Promise<void> {
    const { html, status } = await seen
    this.html = html
    this.status = status
  }

  looks(): Promise<void> {
    return this.#see(this.site.get(this.link))
  }

  presses(label: string, more: Fields = {}): Promise<void> {
    return this.#see(this.site.post(this.link, { ...fieldsOf(this.html, label), ...more }))
  }

  /** Sends fields as they were on an earlier look. */
  sends(fields: Fields): Promise<void> {
    return this.#see(this.site.post(this.link, fields))
  }

  writes(words: string): Promise<void> {
    return this.presses('Gửi', { text: words })
  }

  get words(): string {
    return text(this.html)
  }
}
