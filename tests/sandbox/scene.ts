import { visitor } from './page.js'
import type { Played } from './setup.js'

const SAID = ['1', '1', '2', '1', '3', '1', '1', '1', '1', '1', '4', '1', '1']

/** A cell in the middle of answering: what the README shows. */
export async function playScene(played: Played): Promise<{ secretary: string; member: string }> {
  const page = visitor(played)
  await page.submit('/sandbox/reset', {})
  const start = await page.get()
  const secretary = page.findPerson(start, 'Bí thư chi bộ')
  const member = page.findPerson(start, 'Đảng viên')
  await page.passes('next')
  const home = await played.db.membership.findFirstOrThrow({ where: { personId: secretary } })
  const memberships = await played.db.membership.findMany({
    where: { cellId: home.cellId, person: { exemptions: { none: {} }, chatLinks: { some: {} } } },
  })
  const others = memberships.map((one) => one.personId).filter((id) => id !== secretary && id !== member)
  for (const [i, said] of SAID.entries()) await page.says(others[i] ?? secretary, said)
  await page.taps(member, 'Có mặt')
  await page.says(secretary, 'tổng hợp')
  return { secretary, member }
}
