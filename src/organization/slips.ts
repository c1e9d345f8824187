import { create } from 'qrcode'
import type { PlainDate } from '../core/dates.js'
import { html, htmlPage } from '../core/html.js'
import type { Translate } from '../core/i18n.js'
import type { BotName } from '../messaging/bots.js'

/**
 * `code`: "1234 5678". `link`: what the square opens; null: it holds the code itself, and `bot` says where it is typed.
 * `others`: where it may be typed instead.
 */
export type Slip = Readonly<{
  person: string
  code: string
  link: string | null
  bot: BotName | null
  others: readonly BotName[]
}>
/** The slips of one unit, with a letter to its secretary before them. */
export type SlipPack = Readonly<{ unit: string; until: PlainDate; slips: readonly Slip[] }>

/** Two by three on A4: large enough for old eyes, few enough cuts. */
const PER_PAGE = 6

/** Letters that stand on one line in the large type; longer names are set smaller, never cut. */
const LONG_NAME = 24

const CSS = `@page{size:A4;margin:0}
*{box-sizing:border-box}
body{margin:0;font-family:"Times New Roman","Noto Serif","DejaVu Serif",serif;color:#000;background:#fff}
.page{width:210mm;height:296mm;padding:12mm;break-after:page;overflow:hidden}
.page:last-child{break-after:auto}
.letter{padding:24mm 22mm;font-size:14pt;line-height:1.5}
.letter h1{font-size:17pt;margin:0 0 4mm}
.letter h2{font-size:14pt;font-weight:normal;font-style:italic;margin:0 0 8mm}
.letter li{margin-bottom:3mm}
.slips{display:grid;grid-template-columns:1fr 1fr;grid-template-rows:repeat(3,minmax(0,1fr));padding:4mm}
.slip{border:1.5px dotted #333;margin:-.75px;padding:3mm 5mm;display:flex;flex-direction:column;overflow:hidden}
.slip small{font-size:10pt}
.slip h3{font-size:16pt;line-height:1.15;margin:0}
.slip h3.long{font-size:12.5pt}
.slip .unit{font-size:11pt;margin:0 0 2mm}
.slip .body{display:flex;gap:4mm}
.slip svg{width:34mm;height:34mm;flex:none}
.slip ol{font-size:13pt;line-height:1.2;margin:0;padding-left:5mm}
.slip li{margin-bottom:1.5mm}
.slip .code{font:bold 25pt "Courier New",monospace;text-align:center;margin:1mm 0;white-space:nowrap}
.slip .other{font-size:11pt;margin:0;text-align:center}
.slip .until{margin-top:auto;text-align:center}
@media screen{body{background:#ddd}.page{background:#fff;margin:6mm auto}}`

/** A QR code as an SVG path, with the quiet zone of four modules that ISO/IEC 18004 asks for. */
export function renderQr(text: string): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size, data } = modules
  const path = [...data]
    .map((dark, n) => (dark ? `M${(n % size) + 4} ${Math.floor(n / size) + 4}h1v1h-1z` : ''))
    .join('')
  const side = size + 8
  return `<svg viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" role="img" aria-label="QR"><path d="${path}"/></svg>`
}

const namesOf = ({ platform, username }: BotName, t: Translate) => ({
  platform: t.dynamic(`common.platform.${platform}`),
  bot: username ?? '',
})

/** How the chat is opened: by the square, or by looking for the bot on its platform. */
function firstStep({ link, bot }: Slip, t: Translate): string {
  if (link) return t('organization.slips.step-1')
  return bot?.username ? t('organization.slips.step-1-find', namesOf(bot, t)) : t('organization.slips.step-1-code')
}

const renderOthers = ({ others }: Slip, t: Translate): string =>
  others
    .filter((one) => one.username)
    .map((one) => `<p class="other">${html(t('organization.slips.or', namesOf(one, t)))}</p>`)
    .join('')

const renderSlip = (slip: Slip, pack: SlipPack, t: Translate): string => {
  const by = slip.link ? '' : ('-code' as const)
  const steps = [firstStep(slip, t), t(`organization.slips.step-2${by}`), t('organization.slips.step-3')]
  return `<section class="slip">
<small>${html(t('organization.slips.for'))}</small>
<h3${slip.person.length > LONG_NAME ? ' class="long"' : ''}>${html(slip.person)}</h3>
<p class="unit">${html(pack.unit)}</p>
<div class="body">${renderQr(slip.link ?? slip.code)}<ol>${steps.map((one) => `<li>${html(one)}</li>`).join('')}</ol></div>
<div class="code">${html(slip.code)}</div>
${renderOthers(slip, t)}<small class="until">${html(t('organization.slips.until', { date: t.date(pack.until, 'day-month-year') }))}</small>
</section>`
}

const renderLetter = (pack: SlipPack, t: Translate): string => {
  const todo = (['do-1', 'do-2', 'do-3', 'do-4'] as const).map((key) => t(`organization.slips.${key}`))
  const body = t('organization.slips.body', { count: pack.slips.length })
  const valid = t('organization.slips.valid', { date: t.date(pack.until, 'day-month-year') })
  return `<div class="page letter">
<h1>${html(t('organization.slips.to', { unit: pack.unit }))}</h1>
<h2>${html(t('organization.slips.about'))}</h2>
<p>${html(body)}</p>
<ol>${todo.map((one) => `<li>${html(one)}</li>`).join('')}</ol>
<p>${html(valid)}</p>
</div>`
}

function renderPack(pack: SlipPack, t: Translate): string {
  const pages = Array.from({ length: Math.ceil(pack.slips.length / PER_PAGE) }, (_, n) =>
    pack.slips.slice(n * PER_PAGE, (n + 1) * PER_PAGE),
  )
  const sheets = pages.map(
    (page) => `<div class="page slips">${page.map((one) => renderSlip(one, pack, t)).join('')}</div>`,
  )
  return [renderLetter(pack, t), ...sheets].join('\n')
}

/** A page to print on A4, complete in itself: for each pack a letter to the secretary, then slips cut on dotted lines. */
export const renderSlips = (packs: readonly SlipPack[], t: Translate): string =>
  htmlPage({
    lang: t.locale,
    title: t('organization.slips.title', { unit: packs.map((one) => one.unit).join(', ') }),
    css: CSS,
    body: packs.map((one) => renderPack(one, t)).join('\n'),
  })
