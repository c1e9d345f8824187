import { expect, test } from 'vitest'
import { minutesIn } from '../../../src/attendance/understanding/minutes.js'
import { read } from '../../../src/attendance/understanding/reading.js'
import { clean, tokenize } from '../../../src/attendance/understanding/tokens.js'

test.each([
  ['em trễ 15p', 15],
  ["em trễ 15'", 15],
  ['trễ 15-20 phút', 20],
  ['muộn mươi mười lăm phút', 15],
  ['muộn năm phút', 5],
  ['muộn mười phút', 10],
  ['muộn độ mươi phút', 10],
  ['trễ chục phút', 10],
  ['e trễ 2 chục phút', 20],
  ['den tre hai chuc phut nghe', 20],
  ['muộn hai mươi lăm phút', 25],
  ['muộn hai lăm phút', 25],
  ['chú đến muộn bốn lăm phút', 45],
  ['trễ hai ba phút', 3],
  ['e toi cham khoang bon chuc phut', 40],
  ['tre ba chuc phut', 30],
  ['trễ nửa tiếng', 30],
  ['trễ cả tiếng đồng hồ', 60],
  ['muộn một giờ', 60],
  ['trễ 1h30', 90],
  ['trễ 1 tiếng 30 phút', 90],
  ['đến chậm một tiếng mười lăm phút', 75],
  ['sau tiếng rưỡi đồng hồ', 90],
  ['trễ một tiếng rưỡi', 90],
  ['muon 20 min', 20],
  ['em sẽ late khoảng 10 minutes ạ', 10],
  ['họp 2 giờ mà em muộn 15 phút', 15],
  ['2 tiếng nữa mới xong việc, em trễ 15 phút', 15],
  ['muộn 20 phút sau 19 giờ', 20],
  ['Cho minh vao sau muoi lam phut', 15],
  ['em tre sau muoi phut', 60],
  ['trễ 5 tiếng', undefined],
  ['đến muộn một chút', undefined],
])('%s: %s', (text, minutes) => {
  const cleaned = clean(text)
  expect(minutesIn(read(cleaned, tokenize(cleaned)).words)).toBe(minutes)
})
