import type { PlainDate } from '../core/dates.js'
import { html, htmlPage } from '../core/html.js'
import type { Translate } from '../core/i18n.js'

/** One line of the sheet; `phone` as it stands in the roster. */
export type SheetLine = Readonly<{ name: string; phone: string | null; why: string; asked: boolean }>

const CSS = `@page{size:A4;margin:15mm}
body{font-family:"Times New Roman","Noto Serif","DejaVu Serif",serif;font-size:14pt;color:#000;background:#fff;margin:0 auto;max-width:180mm}
h1{font-size:17pt;margin:0}
p{margin:2mm 0 4mm}
table{border-collapse:collapse;width:100%}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:1px solid #333;padding:2mm;text-align:left;vertical-align:top}
td.phone{white-space:nowrap;font-weight:bold}
td.answer{width:42mm}
h2{font-size:14pt;margin:6mm 0 2mm}`

/** A number that a phone can dial from the opened file. */
const phoneCell = (phone: string | null): string =>
  phone ? `<a href="tel:${html(phone.replace(/[^\d+]/g, ''))}">${html(phone)}</a>` : ''

function table(lines: readonly SheetLine[], t: Translate): string {
  const heads = [t('reach.sheet.name'), t('reach.sheet.phone'), t('reach.sheet.why'), t('reach.sheet.answer')]
  const row = ({ name, phone, why }: SheetLine): string =>
    `<tr><td>${html(name)}</td><td class="phone">${phoneCell(phone)}</td><td>${html(why)}</td><td class="answer"></td></tr>`
  return `<table><thead><tr>${heads.map((one) => `<th scope="col">${html(one)}</th>`).join('')}</tr></thead>
<tbody>${lines.map(row).join('\n')}</tbody></table>`
}

/** Whom to call about a meeting, on A4, with room to write down the answer. Complete in itself. */
export function renderSheet(
  data: Readonly<{ unit: string; meeting: string; today: PlainDate; lines: readonly SheetLine[] }>,
  t: Translate,
): string {
  const { unit, lines } = data
  const asked = lines.filter((one) => one.asked)
  const others = lines.filter((one) => !one.asked)
  const title = t('reach.sheet.title', { unit })
  const body = `<h1>${html(title)}</h1>
<p>${html(data.meeting)} ${html(t('reach.sheet.made', { date: t.date(data.today, 'day-month-year') }))}</p>
${asked.length > 0 ? table(asked, t) : ''}
${others.length > 0 ? `<h2>${html(t('reach.calls.exempt'))}</h2>${table(others, t)}` : ''}`
  return htmlPage({ lang: t.locale, title, css: CSS, body })
}
