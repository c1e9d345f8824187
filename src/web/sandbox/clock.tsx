import { actionOf, type Look, momentWords } from './look.js'
import type { ClockView } from './types.js'

const STEPS = ['next', 'hour', 'day'] as const

const Step = ({ look, step, person }: { look: Look; step: (typeof STEPS)[number]; person: string | null }) => (
  <form method="post" action={actionOf(look, 'clock', person, { step })} data-live>
    <button type="submit" class={step === 'next' ? 'primary' : undefined}>
      {look.t(`sandbox.clock.${step}`)}
    </button>
  </form>
)

type ClockProps = { look: Look; clock: ClockView; person: string | null; sent: number | null }

export const Clock = ({ look, clock, person, sent }: ClockProps) => (
  <section id="clock" class="clock card" aria-labelledby="clock-title">
    <h2 id="clock-title" class="visually-hidden">
      {look.t('sandbox.clock.title')}
    </h2>
    <div class="dial" id="dial" data-region="dial">
      <p class="now">
        <span class="time">{clock.now.time}</span>
        <span class="day">
          {look.t('sandbox.clock.today', { day: look.t.date(clock.now.day, 'weekday-day-month-year') })}
        </span>
      </p>
      <p class="hint" role="status">
        {sent === null
          ? clock.next
            ? look.t('sandbox.clock.planned', { at: momentWords(look, clock.next) })
            : look.t('sandbox.clock.nothing')
          : look.t('sandbox.clock.sent', { count: sent })}
      </p>
    </div>
    <div class="steps">
      {STEPS.map((step) => (
        <Step look={look} step={step} person={person} />
      ))}
    </div>
  </section>
)
