import type { PlainDate } from '../core/dates.js'
import { html, htmlPage } from '../core/html.js'
import type { Translate } from '../core/i18n.js'

export type Entry = Readonly<{ title: string; on: string; text: string }>

const CSS = `@page{size:A4;margin:20mm}
body{font-family:"Times New Roman","Noto Serif","DejaVu Serif",serif;font-size:14pt;color:#000;background:#fff;margin:0 auto;max-width:170mm;padding:4mm}
h1{font-size:17pt;margin:0}
h2{font-size:14pt;margin:8mm 0 0;break-after:avoid}
p{margin:1mm 0;white-space:pre-line;overflow-wrap:anywhere}
p.on{color:#444;font-size:12pt}`

/** The notebook in the order in which it was written, to be read on a phone or printed on A4. Complete in itself. */
export function renderNotebook(
  data: Readonly<{ name: string; today: PlainDate; entries: readonly Entry[] }>,
  t: Translate,
): string {
  const title = t('notes.sheet.title', { name: data.name })
  const parts = data.entries.map(
    ({ title, on, text }) =>
      `<h2>${html(title)}</h2>\n<p class="on">${html(t('notes.sheet.on', { day: on }))}</p>\n<p>${html(text)}</p>`,
  )
  const body = `<h1>${html(title)}</h1>
<p class="on">${html(t('notes.sheet.made', { date: t.date(data.today, 'day-month-year') }))}</p>
${parts.join('\n')}`
  return htmlPage({ lang: t.locale, title, css: CSS, body })
}
