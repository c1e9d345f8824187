import { z } from 'zod'
import { type GuestCandidate, listGuestCandidates } from '../../attendance/guests.js'
import { REASONS } from '../../attendance/messages-answer.js'
import { countsLine, feesLine, MARKS } from '../../attendance/messages-roll-call.js'
import { openSheet, type Sheet as RollCall, type SheetLine } from '../../attendance/roll-call-sheet.js'
import { getSheetMeeting } from '../../attendance/roll-call-which.js'
import { checkConfirm } from '../../attendance/rules.js'
import type { May } from '../../conversation/types.js'
import { dateIn, timeIn } from '../../core/dates.js'
import { AppError } from '../../core/errors.js'
import type { Translate } from '../../core/i18n.js'
import { capitalized, titleOf } from '../../meetings/describe.js'
import type { JsonObject } from '../../messaging/vocabulary.js'
import { Sheet } from './layout.js'
import type { Form, OncePage } from './once.js'
import type { Visit } from './visit.js'

const place = z.object({ unitId: z.uuid(), meetingId: z.uuid() })

type Props = Readonly<{ t: Translate; sheet: RollCall; guests: readonly GuestCandidate[]; said: string }>

/** A state, and the kind of reason of an excused absence: "present", "excused.work". */
const choiceOf = ({ state, reasonKind }: Pick<SheetLine, 'state' | 'reasonKind'>): string =>
  state === 'excused' && reasonKind ? `${state}.${reasonKind}` : state

/** What can be chosen for somebody. An excused absence without a reason is last, because it says least. */
const optionsOf = (t: Translate, online: boolean): { value: string; label: string }[] => [
  ...MARKS.filter((state) => state !== 'excused' && (state !== 'online' || online)).map((state) => ({
    value: state,
    label: capitalized(t(`attendance.rollcall.state.${state}`)),
  })),
  ...REASONS.map((reason) => ({ value: `excused.${reason}`, label: t(`pages.own.absent-for.${reason}`) })),
  { value: 'excused', label: t('pages.roll-call.excused') },
]

/** One line, one glance: the name, what is noted, the fee. Most lines stay as they are; a cell of 25 is two or three screens. */
const Person = ({ t, line, online }: { t: Translate; line: SheetLine; online: boolean }) => {
  const shown = choiceOf(line)
  return (
    <div class="member">
      {/* Only what a hand changed from here is recorded. */}
      <input type="hidden" name={`w-${line.personId}`} value={shown} />
      <label for={`m-${line.personId}`}>{line.label}</label>
      <select id={`m-${line.personId}`} name={`m-${line.personId}`}>
        {optionsOf(t, online || line.state === 'online').map(({ value, label }) => (
          <option value={value} selected={value === shown}>
            {label}
          </option>
        ))}
      </select>
      <label class="tick">
        <input type="hidden" name={`p-${line.personId}`} value={line.feePaid ? 'yes' : 'no'} />
        <input type="checkbox" name={`f-${line.personId}`} value="yes" checked={line.feePaid} />
        <span class="unseen">
          {t('pages.roll-call.fee')}: {line.label}
        </span>
      </label>
    </div>
  )
}

/** What the columns are; whoever hears the page has it with each field. */
const Columns = ({ t }: { t: Translate }) => (
  <div class="member heads" aria-hidden="true">
    <span>{t('papers.table.name')}</span>
    <span>{t('pages.roll-call.attends')}</span>
    <span>{t('pages.roll-call.fee-head')}</span>
  </div>
)

const Guests = ({ t, sheet, guests }: Props) => (
  <fieldset>
    <legend>{t('pages.roll-call.guests')}</legend>
    {sheet.guests.map((one) => (
      <label class="box">
        <input type="hidden" name="there" value={one.id} />
        <input type="checkbox" name="stays" value={one.id} checked />
        <span>{one.name}</span>
      </label>
    ))}
    {guests.map((one) => (
      <label class="box">
        <input type="checkbox" name="came" value={one.personId} />
        <span>{one.fullName}</span>
      </label>
    ))}
    <label for="name">{t('pages.roll-call.other-guest')}</label>
    <input id="name" type="text" name="name" maxlength={80} autocomplete="off" />
  </fieldset>
)

/** So many are named; the lines themselves show all. */
const NAMED = 5

const Said = ({ t, sheet, said }: Props) => {
  if (said === 'saved') return <p class="notice">{t('pages.roll-call.saved')}</p>
  const left = checkConfirm(sheet.lines).unknown
  if (said !== 'left' || left.length === 0) return null
  const names = sheet.lines.filter((one) => left.includes(one.personId)).map((one) => one.label)
  const some = names.slice(0, NAMED).join(', ')
  return (
    <p class="alert" role="alert">
      {t('pages.roll-call.left', { count: left.length, names: names.length > NAMED ? `${some}…` : some })}
    </p>
  )
}

const Counts = ({ t, sheet }: Props) => (
  <p class="card">
    {countsLine(
      t,
      sheet.lines.map((one) => one.state),
    )}
    {feesLine(t, sheet.lines.filter((one) => one.feePaid).length, sheet.lines.length).map((words) => ` ${words}`)}
  </p>
)

const Head = ({ t, sheet, title }: Props & { title: string }) => (
  <>
    <h1>{title}</h1>
    <p>
      {capitalized(titleOf(sheet.meeting, t))}, {t.dateTime(sheet.meeting.day, sheet.meeting.time)}
    </p>
  </>
)

const Open = (props: Props) => {
  const { t, sheet } = props
  const button = (next: string, label: string, primary = false) => (
    <button type="submit" name="next" value={next} class={primary ? 'primary' : undefined}>
      {label}
    </button>
  )
  return (
    <Sheet t={t} title={t('pages.roll-call.title')}>
      <Head {...props} title={t('pages.roll-call.title')} />
      <Said {...props} />
      <p>{t('pages.roll-call.how')}</p>
      <Counts {...props} />
      <form method="post">
        <Columns t={t} />
        {sheet.lines.map((line) => (
          <Person t={t} line={line} online={sheet.meeting.onlineAllowed} />
        ))}
        <Guests {...props} />
        {button('save', t('pages.roll-call.save'))}
        {button('rest', t('pages.roll-call.save-rest'))}
        {button('fees', t('pages.roll-call.save-fees'))}
        {button('confirm', t('pages.roll-call.save-confirm'), true)}
      </form>
    </Sheet>
  )
}

const Closed = (props: Props & { confirmed: NonNullable<RollCall['confirmed']> }) => {
  const { t, sheet, confirmed } = props
  const when = t.dateTime(dateIn(confirmed.at, sheet.meeting.zone), timeIn(confirmed.at, sheet.meeting.zone))
  const params = { by: confirmed.by, when }
  return (
    <Sheet t={t} title={t('pages.roll-call.confirmed')}>
      <Head {...props} title={t('pages.roll-call.confirmed')} />
      <p class="notice" role="status">
        {props.said === 'already'
          ? t('pages.roll-call.already', params)
          : t('attendance.rollcall.confirmed-by', params)}
      </p>
      <Counts {...props} />
      <p>{t('pages.roll-call.confirmed-how')}</p>
    </Sheet>
  )
}

const textOf = (form: Form, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value : ''
}

const listOf = (form: Form, name: string): string[] =>
  [form[name] ?? []].flat().filter((one): one is string => typeof one === 'string')

/** The marks that differ from what the form showed. */
const marksOf = (form: Form): JsonObject[] =>
  Object.keys(form)
    .filter((name) => name.startsWith('m-'))
    .flatMap((name) => {
      const personId = name.slice(2)
      const chosen = textOf(form, name)
      if (chosen === textOf(form, `w-${personId}`)) return []
      const [state = '', reasonKind = null] = chosen.split('.')
      return [{ personId, state, reasonKind }]
    })

/** The ticks that differ from what the form showed. */
const feesOf = (form: Form): JsonObject[] =>
  Object.keys(form)
    .filter((name) => name.startsWith('p-'))
    .map((name) => ({ personId: name.slice(2), was: textOf(form, name) === 'yes' }))
    .map(({ personId, was }) => ({ personId, was, paid: textOf(form, `f-${personId}`) === 'yes' }))
    .flatMap(({ personId, was, paid }) => (was === paid ? [] : [{ personId, paid }]))

const NEXT = ['save', 'rest', 'fees', 'confirm'] as const

const filledOf = (form: Form): JsonObject & { next: string } => {
  const stays = listOf(form, 'stays')
  return {
    marks: marksOf(form),
    fees: feesOf(form),
    came: listOf(form, 'came'),
    gone: listOf(form, 'there').filter((id) => !stays.includes(id)),
    name: textOf(form, 'name').trim() || null,
    next: NEXT.find((one) => one === textOf(form, 'next')) ?? 'save',
  }
}

/** The whole sheet on one page: the rules and the rows are those of the chat. */
export function rollCallPage(permissions: May): OncePage {
  const meetingOf = ({ tx, now, actor, grant }: Visit) => {
    const { unitId, meetingId } = place.parse(grant.args)
    const may: (permission: Parameters<May['may']>[2], unit: string | null) => Promise<boolean> = (permission, unit) =>
      permissions.may(tx, actor, permission, unit, now)
    return getSheetMeeting({ tx, now, actor, may }, unitId, meetingId)
  }
  const sheetOf = async (visit: Visit): Promise<RollCall> => openSheet(visit.tx, await meetingOf(visit))
  return {
    purpose: 'roll-call',
    admit: async (visit) => {
      const { tx, now, actor, grant } = visit
      const { unitId } = place.parse(grant.args)
      if (!(await permissions.may(tx, actor, 'rollcall.record', unitId, now)))
        throw new AppError('conversation.error.forbidden', { permission: 'rollcall.record', unit: unitId })
      await meetingOf(visit)
    },
    show: async (visit, t, said) => {
      const sheet = await sheetOf(visit)
      const all = await listGuestCandidates(visit.tx, sheet.meeting)
      const guests = all.filter((one) => !sheet.guests.some(({ personId }) => personId === one.personId))
      const props = { t, sheet, guests, said }
      return sheet.confirmed ? <Closed {...props} confirmed={sheet.confirmed} /> : <Open {...props} />
    },
    submit: async (visit, form, _prepared, run) => {
      if ((await sheetOf(visit)).confirmed) return 'already'
      const filled = filledOf(form)
      await run('rollcall.form', { ...place.parse(visit.grant.args), ...filled })
      if (filled.next !== 'confirm') return 'saved'
      return (await sheetOf(visit)).confirmed ? 'confirmed' : 'left'
    },
  }
}
