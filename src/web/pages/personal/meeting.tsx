import { answerWords, REASONS, shapeOfAnswer } from '../../../attendance/messages-answer.js'
import { offeredAnswers } from '../../../attendance/rules.js'
import type { Translate } from '../../../core/i18n.js'
import type { AnswerState } from '../../../database/generated/enums.js'
import { capitalized, linesOf, titleOf } from '../../../meetings/describe.js'
import type { MeetingView } from './view.js'

type Props = Readonly<{ t: Translate; personId: string; view: MeetingView; token: string; once: string; now: Date }>

/** `<person>.<meeting>.<state>.<kind of reason>` */
const value = (personId: string, meetingId: string, state: AnswerState, reason = ''): string =>
  `${personId}.${meetingId}.${state}.${reason}`

const Answers = ({ t, personId, view, once }: Props) => {
  const { meeting, answer } = view.asked
  const given = answer?.state ?? null
  const press = (state: AnswerState, label: string, reason = '') => (
    <button
      type="submit"
      name="answer"
      value={value(personId, meeting.id, state, reason)}
      aria-pressed={given === state && (reason === '' || answer?.reasonKind === reason) ? 'true' : 'false'}
    >
      {label}
    </button>
  )
  return (
    <form method="post">
      <input type="hidden" name="once" value={once} />
      {offeredAnswers(meeting.onlineAllowed)
        .filter((state) => state !== 'absent')
        .map((state) => press(state, t(`pages.own.answer.${state}`)))}
      <details open={given === 'absent'}>
        <summary class="button">{t('pages.own.answer.absent')}</summary>
        <p>{t('pages.own.why')}</p>
        {REASONS.map((reason) => press('absent', t(`pages.own.absent-for.${reason}`), reason))}
        {press('absent', t('pages.own.absent-only'))}
      </details>
    </form>
  )
}

const Standing = ({ t, view }: Pick<Props, 't' | 'view'>) => {
  const { answer, pending, exempt } = view.asked
  if (pending) return <p class="notice">{t('pages.own.pending', { said: answerWords(t, shapeOfAnswer(pending)) })}</p>
  if (answer) return <p class="notice">{t('pages.own.recorded', { said: answerWords(t, shapeOfAnswer(answer)) })}</p>
  return <p class={exempt ? 'notice' : 'alert'}>{t(exempt ? 'pages.own.exempt' : 'pages.own.silent')}</p>
}

const Materials = ({ t, personId, view, token, once }: Props) => (
  <>
    <h3>{t('pages.own.materials')}</h3>
    <ul>
      {view.materials.map(({ one, read }) => (
        <li>
          <a class="button" href={one.url ?? `${token}/tai-lieu/${one.id}`} rel="noreferrer">
            {t('pages.own.open', { title: one.title })}
          </a>
          {read ? (
            <p class="soft">{t('pages.own.read')}</p>
          ) : (
            <form method="post">
              <input type="hidden" name="once" value={once} />
              <button type="submit" name="read" value={`${personId}.${one.id}`} class="quiet">
                {t('pages.own.say-read', { title: one.title })}
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  </>
)

/** One meeting with what is recorded, the answers and its materials. */
export const MeetingCard = (props: Props) => {
  const { t, view, now } = props
  const { meeting } = view.asked
  const begun = meeting.startsAt <= now
  return (
    <section class="card" aria-labelledby={`m-${meeting.id}`}>
      <h2 id={`m-${meeting.id}`}>{capitalized(titleOf(meeting, t))}</h2>
      {linesOf(meeting, t).map((line) => (
        <p>{line}</p>
      ))}
      {begun ? <p class="soft">{t('pages.own.begun')}</p> : null}
      <Standing t={t} view={view} />
      {begun ? null : <Answers {...props} />}
      {view.materials.length > 0 ? <Materials {...props} /> : null}
    </section>
  )
}
