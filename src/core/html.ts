const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it stands in HTML, in an attribute too. */
export const html = (text: string): string => text.replace(/[&<>"]/g, (one) => ENTITIES[one] ?? one)

/** A page complete in itself, to be opened as a file and printed; `body` is HTML, `title` text. */
export const htmlPage = ({
  lang,
  title,
  css,
  body,
}: Readonly<Record<'lang' | 'title' | 'css' | 'body', string>>): string =>
  `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${html(title)}</title>
<style>${css}</style></head><body>
${body}
</body></html>
`
