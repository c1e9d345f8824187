import { raw } from 'hono/html'
import { z } from 'zod'
import type { May } from '../../conversation/types.js'
import { dateIn, toDateColumn } from '../../core/dates.js'
import { AppError } from '../../core/errors.js'
import { byGivenName } from '../../core/text.js'
import { listInvitees } from '../../organization/invitations-store.js'
import { renderQr } from '../../organization/slips.js'
import { getUnitOn } from '../../organization/units.js'
import { listLive } from '../../pages/personal.js'
import { addressOfPage } from '../../pages/tokens.js'
import { Sheet } from './layout.js'
import type { OncePage } from './once.js'
import type { Visit } from './visit.js'

const place = z.object({ unitId: z.uuid() })

/** Everybody of the unit with a live page, and its address. */
async function listSlips({ tx, now, grant }: Visit, addressOf: (pageId: string) => string) {
  const { unitId } = place.parse(grant.args)
  const { zone } = await tx.unit.findUniqueOrThrow({ where: { id: unitId } })
  const unit = await getUnitOn(tx, unitId, dateIn(now, zone))
  const people = await listInvitees(tx, { unitId, day: toDateColumn(dateIn(now, zone)) })
  const live = await listLive(
    tx,
    now,
    people.map((one) => one.personId),
  )
  const slips = live.flatMap(({ id, personId }) => {
    const person = people.find((one) => one.personId === personId)
    return person ? [{ name: person.fullName, address: addressOf(id) }] : []
  })
  return { unit, slips: slips.sort((a, b) => byGivenName(a.name, b.name)) }
}

/** Slips with the QR codes of personal pages, to be printed from the browser. */
export const papersPage = (
  house: Readonly<{ permissions: May; codeKey: Uint8Array; publicUrl: string }>,
): OncePage => ({
  purpose: 'papers',
  admit: async ({ tx, now, actor, grant }) => {
    const { unitId } = place.parse(grant.args)
    if (!(await house.permissions.may(tx, actor, 'member.invite', unitId, now)))
      throw new AppError('conversation.error.forbidden', { permission: 'member.invite', unit: unitId })
  },
  show: async (visit, t) => {
    const { unit, slips } = await listSlips(visit, addressOfPage(house.codeKey, house.publicUrl))
    return (
      <Sheet t={t} title={t('pages.papers.title')}>
        <div class="screen">
          <h1>{t('pages.papers.title')}</h1>
          <p>{t(slips.length > 0 ? 'pages.papers.how' : 'pages.papers.none')}</p>
        </div>
        {slips.map(({ name, address }) => (
          <section class="slip">
            {raw(renderQr(address))}
            <div>
              <h2>{name}</h2>
              <p>{unit.name}</p>
              <p>{t('pages.papers.scan')}</p>
              <p class="address">{address}</p>
            </div>
          </section>
        ))}
      </Sheet>
    )
  },
  // There is nothing to send.
  submit: async () => '',
})
