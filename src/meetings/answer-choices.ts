import type { Translate } from '../core/i18n.js'
import type { Choice } from '../messaging/vocabulary.js'

/**
 * The four answers as every notice and reminder offers them, with their fixed digits: 1 present, 2 late, 3 online
 * (if allowed), 4 absent. The commands are the attendance room's; a button's command is a contract.
 */
export const answerChoices = (t: Translate, meeting: { meetingId: string; onlineAllowed: boolean }): Choice[][] => {
  const choice = (state: 'present' | 'late' | 'online' | 'absent', digit: 1 | 2 | 3 | 4): Choice => ({
    label: t(`meetings.answer.${state}`),
    command: 'attendance.answer',
    args: { meetingId: meeting.meetingId, state },
    digit,
  })
  const first = [choice('present', 1), choice('late', 2)]
  const second = meeting.onlineAllowed ? [choice('online', 3), choice('absent', 4)] : [choice('absent', 4)]
  return [first, second]
}
