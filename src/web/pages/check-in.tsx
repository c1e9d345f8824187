import { raw } from 'hono/html'
import { z } from 'zod'
import { codeAt, secondsLeft } from '../../attendance/check-in/code.js'
import { countEntries, findCheckIn } from '../../attendance/check-in/store.js'
import { getSheetMeeting } from '../../attendance/roll-call-which.js'
import type { May } from '../../conversation/types.js'
import { AppError } from '../../core/errors.js'
import { capitalized, titleOf } from '../../meetings/describe.js'
import type { DeepLink } from '../../messaging/bots.js'
import { renderQr } from '../../organization/slips.js'
import { Sheet } from './layout.js'
import type { OncePage } from './once.js'
import type { Visit } from './visit.js'

const place = z.object({ unitId: z.uuid(), meetingId: z.uuid() })

/** So often it looks who has checked in; and at the very second at which the code changes. */
const REFRESH_SECONDS = 10

const untilNext = (now: Date): number => Math.min(REFRESH_SECONDS, secondsLeft(now))

/** The code of this minute in large type, and where the platform has such links a square that brings it along. */
export function checkInPage(house: Readonly<{ permissions: May; deepLink: DeepLink }>): OncePage {
  const meetingOf = ({ tx, now, actor, grant }: Visit) => {
    const { unitId, meetingId } = place.parse(grant.args)
    const may: (permission: Parameters<May['may']>[2], unit: string | null) => Promise<boolean> = (permission, unit) =>
      house.permissions.may(tx, actor, permission, unit, now)
    return getSheetMeeting({ tx, now, actor, may }, unitId, meetingId)
  }
  const linkFor = async ({ tx, grant }: Visit, code: string): Promise<string | null> => {
    const { bot } = await tx.chat.findUniqueOrThrow({ where: { id: grant.chatId }, select: { bot: true } })
    return house.deepLink(bot, `here${code}`)
  }
  return {
    purpose: 'check-in',
    admit: async (visit) => {
      const { tx, now, actor, grant } = visit
      const { unitId } = place.parse(grant.args)
      if (!(await house.permissions.may(tx, actor, 'rollcall.record', unitId, now)))
        throw new AppError('conversation.error.forbidden', { permission: 'rollcall.record', unit: unitId })
      await meetingOf(visit)
    },
    show: async (visit, t) => {
      const meeting = await meetingOf(visit)
      const checkIn = await findCheckIn(visit.tx, meeting.id)
      if (!checkIn || checkIn.closedAt) throw new AppError('attendance.checkin.none')
      const code = codeAt(checkIn.secret, visit.now)
      const link = await linkFor(visit, code)
      const square = link?.startsWith('https://') ? link : null
      return (
        <Sheet t={t} title={t('pages.check-in.title')} large lookAgain={untilNext(visit.now)}>
          <div class="wall">
            <h1 class="code">{code}</h1>
            {square ? <p class="square">{raw(renderQr(square))}</p> : null}
            <p>{t(square ? 'pages.check-in.how' : 'pages.check-in.how-typed')}</p>
            <p>
              {capitalized(titleOf(meeting, t))}, {t.dateTime(meeting.day, meeting.time)}
            </p>
            <p>{t('attendance.checkin.entries', { count: await countEntries(visit.tx, meeting.id) })}</p>
          </div>
        </Sheet>
      )
    },
    submit: async () => '',
  }
}
