import { expect, test } from 'vitest'
import { DAY } from '../../src/core/dates.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { newId } from '../../src/core/ids.js'
import { checkPages } from '../../src/doctor-pages.js'
import { UNUSED_MS } from '../../src/pages/personal.js'
import { openHouse } from '../support/house.js'
import { aCell } from '../support/people.js'
import { PUBLIC_URL } from '../support/site.js'

test('doctor counts the personal pages that open, and says when none can', async () => {
  const house = await openHouse({ now: '2026-12-01 08:00' })
  const t = loadTranslations(`${import.meta.dirname}/../../locales`).for('vi')
  const says = async (publicUrl: string | null) =>
    (await checkPages(house.db, house.now, publicUrl)).map(
      (one) => `${one.state}: ${t.dynamic(`cli.doctor.${one.code}`, { ...one.params })}`,
    )
  try {
    const { memberIds } = await aCell(house, 3)
    expect(await says(null)).toEqual([])
    expect(await says(PUBLIC_URL)).toEqual(['ok: Trang riêng của đảng viên: 0 trang đang dùng.'])
    const [live = '', revoked = '', unused = ''] = memberIds
    const page = (personId: string, lastUsedAt: Date, revokedAt: Date | null) => {
      const id = newId()
      return { id, personId, tokenHash: id, createdAt: lastUsedAt, lastUsedAt, revokedAt }
    }
    await house.db.personalPage.createMany({
      data: [
        page(live, new Date(house.now.getTime() - DAY), null),
        page(revoked, house.now, house.now),
        page(unused, new Date(house.now.getTime() - UNUSED_MS), null),
      ],
    })
    expect(await says(PUBLIC_URL)).toEqual(['ok: Trang riêng của đảng viên: 1 trang đang dùng.'])
    expect(await says(null)).toEqual([
      expect.stringMatching(/^wrong: 1 trang riêng .* không mở được\. Ghi lại PUBLIC_URL/),
    ])
  } finally {
    await house.close()
  }
})
