import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Found = { id: string; impact: string | null; help: string; nodes: { html: string }[] }

/**
 * What axe-core objects to on a page, as lines that begin with the rule's id. The policy of our pages forbids foreign
 * scripts, so axe is evaluated.
 */
export async function complaintsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = await page.evaluate(async (): Promise<Found[]> => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: Found[] }> } }
    return (await axe.run()).violations
  })
  return found.map((one) => `${one.id} (${one.impact}): ${one.help}: ${one.nodes.map((node) => node.html).join(' ')}`)
}
