import { describe, expect, test } from 'vitest'
import { readPeriod } from '../../../src/attendance/leave/parse-period.js'
import type { PlainDate } from '../../../src/core/dates.js'

const TODAY = '2026-11-27' as PlainDate

describe('periods that people write', () => {
  test.each([
    ['1/12-20/12 đi công tác', '2026-12-01', '2026-12-20', 'đi công tác'],
    ['từ 1/12 đến 20/12 em đi công tác', '2026-12-01', '2026-12-20', 'em đi công tác'],
    ['tu 1/12 den 20/12', '2026-12-01', '2026-12-20', ''],
    ['1-20/12 ốm', '2026-12-01', '2026-12-20', 'ốm'],
    ['từ ngày 1 đến ngày 20 tháng 12, đi công tác', '2026-12-01', '2026-12-20', 'đi công tác'],
    ['từ ngày 1/12/2026 đến hết ngày 20/12/2026', '2026-12-01', '2026-12-20', ''],
    ['1/12/26 - 20/12/26', '2026-12-01', '2026-12-20', ''],
    ['28/12 - 5/1 về quê', '2026-12-28', '2027-01-05', 'về quê'],
    ['từ nay đến 20/12', '2026-11-27', '2026-12-20', ''],
    ['từ mai đến 20/12', '2026-11-28', '2026-12-20', ''],
    ['20/11 - 5/12', '2026-11-20', '2026-12-05', ''],
    ['cả tháng 12 đi công tác', '2026-12-01', '2026-12-31', 'đi công tác'],
    ['ca thang 12', '2026-12-01', '2026-12-31', ''],
    ['cả tháng này', '2026-11-27', '2026-11-30', ''],
    ['cả tháng sau em đi nước ngoài', '2026-12-01', '2026-12-31', 'em đi nước ngoài'],
    ['cả tháng 2', '2027-02-01', '2027-02-28', ''],
    ['đến hết 20/12 em ốm', '2026-11-27', '2026-12-20', 'em ốm'],
    ['2026-12-01 to 2026-12-20', '2026-12-01', '2026-12-20', ''],
    ['from 1 December to 20 December on a business trip', '2026-12-01', '2026-12-20', 'on a business trip'],
    ['all December', '2026-12-01', '2026-12-31', ''],
  ])('%s', (text, from, until, rest) => {
    expect(readPeriod(text, TODAY)).toEqual({ kind: 'period', period: { from, until }, rest })
  })

  test.each([
    ['31/11 - 31/2', 'unreal'],
    ['20/12/2026 - 1/12/2026', 'order'],
    ['1/3/2026 - 20/3/2026', 'past'],
    ['1/12/2026 - 20/12/2028', 'long'],
    ['cả tháng 13', 'unreal'],
  ])('%s cannot be: %s', (text, because) => {
    expect(readPeriod(text, TODAY)).toEqual({ kind: 'wrong', because })
  })

  test.each(['3/12 em bận', 'em đến 20/12 nhé', 'bận việc gia đình', 'đến muộn 15-20 phút', '19h30-21h', 'cả nhà ốm'])(
    'none in “%s”',
    (text) => {
      expect(readPeriod(text, TODAY)).toBeNull()
    },
  )
})
