import { expect, test } from 'vitest'
import type { Fate, Unreached } from '../../src/attendance/fates.js'
import type { PlainDate } from '../../src/core/dates.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { fateWords, shapeOfFate, whyWords } from '../../src/reach/fate-shape.js'

const translations = loadTranslations(`${import.meta.dirname}/../../locales`)
const ZONE = 'Asia/Ho_Chi_Minh'
const AT = new Date('2026-12-02T11:02:00Z')
const TODAY = '2026-12-02' as PlainDate

const on = (platform: string) => ({ platform, after: null })
const moved = { platform: 'zalo', after: { platform: 'telegram', why: 'blocked' as const } }

test.each<[Fate, string, string]>([
  [{ kind: 'nothing' }, 'Chưa có tin nào cho buổi này', 'Nothing was sent for this meeting yet'],
  [{ kind: 'nowhere' }, 'Chưa liên kết, không có nơi gửi', 'Not linked, nowhere to send to'],
  [{ kind: 'sent', at: AT, ...on('telegram') }, 'Đã gửi 18:02 qua Telegram', 'Sent 18:02 by Telegram'],
  [
    { kind: 'sent', at: AT, ...moved },
    'Bị chặn trên Telegram, đã chuyển sang Zalo: đã gửi 18:02',
    'Blocked on Telegram, passed on to Zalo: sent 18:02',
  ],
  [
    { kind: 'waiting', since: AT, ...moved },
    'Bị chặn trên Telegram, đã chuyển sang Zalo: đang chờ',
    'Blocked on Telegram, passed on to Zalo: waiting',
  ],
  [{ kind: 'waiting', since: AT, ...on('zalo') }, 'Đang chờ gửi qua Zalo', 'Waiting to go by Zalo'],
  [{ kind: 'expired', ...on('zalo') }, 'Hết hạn, chưa gửi được qua Zalo', 'Expired, could not go by Zalo'],
  [
    { kind: 'failed', why: 'deactivated', ...on('telegram') },
    'Không gửi được qua Telegram: tài khoản đã đóng',
    'Could not go by Telegram: account closed',
  ],
  [
    { kind: 'failed', why: 'quota', ...moved },
    'Bị chặn trên Telegram, đã chuyển sang Zalo: cũng không được (hết mức gửi trong tháng)',
    'Blocked on Telegram, passed on to Zalo: not possible either (monthly quota spent)',
  ],
  [
    { kind: 'placed', at: AT, opened: false, ...on('page') },
    'Đã đưa lên trang riêng 18:02, chưa mở',
    'On their own page since 18:02, not opened',
  ],
  [
    { kind: 'placed', at: AT, opened: true, ...on('page') },
    'Đã đưa lên trang riêng 18:02, đã mở',
    'On their own page since 18:02, opened',
  ],
  [{ kind: 'sent', at: AT, ...on('pigeon') }, 'Đã gửi 18:02 qua nơi khác', 'Sent 18:02 by another way'],
])('%j', (fate, vi, en) => {
  const words = (locale: 'vi' | 'en') => fateWords(translations.for(locale), shapeOfFate(fate, ZONE), TODAY)
  expect([words('vi'), words('en')]).toEqual([vi, en])
})

test('another day than today is named', () => {
  const fate = shapeOfFate({ kind: 'sent', at: AT, ...on('telegram') }, ZONE)
  expect(fateWords(translations.for('vi'), fate, '2026-12-03' as PlainDate)).toBe('Đã gửi 18:02 02/12 qua Telegram')
})

test.each<[Unreached, Fate, string]>([
  ['direct', { kind: 'nothing' }, 'liên hệ trực tiếp'],
  ['no-way', { kind: 'nothing' }, 'chưa liên kết với trợ lý'],
  ['no-way', { kind: 'sent', at: AT, ...on('telegram') }, 'không còn cách nào nhắn tin'],
  ['no-way', { kind: 'failed', why: 'blocked', ...on('telegram') }, 'Không gửi được qua Telegram: bị chặn'],
  ['page', { kind: 'placed', at: AT, opened: false, ...on('page') }, 'Đã đưa lên trang riêng 18:02, chưa mở'],
])('on the call list: %s %j', (because, fate, words) => {
  expect(whyWords(translations.for('vi'), because, shapeOfFate(fate, ZONE), TODAY)).toBe(words)
})
