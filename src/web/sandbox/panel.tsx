import { type Look, momentWords } from './look.js'
import type { CellView, MeetingView, PanelView } from './types.js'

const Answers = ({ look, meeting }: { look: Look; meeting: MeetingView }) => (
  <>
    <div class="bar" aria-hidden="true">
      {meeting.tallies.flatMap((tally) => tally.names.map(() => <span class={tally.state} />))}
    </div>
    <ul class="tallies">
      {meeting.tallies.map((tally) => (
        <li>
          <details data-key={`${meeting.id}-${tally.state}`}>
            <summary>
              <span class={`dot ${tally.state}`} aria-hidden="true" />
              {look.t.dynamic(`sandbox.answer.${tally.state}`)} <strong>{tally.names.length}</strong>
            </summary>
            <p class="names">{tally.names.join(', ')}</p>
          </details>
        </li>
      ))}
    </ul>
  </>
)

const RollCall = ({ look, meeting }: { look: Look; meeting: MeetingView }) => {
  const { t } = look
  if (!meeting.rollCall) return null
  const counts = meeting.rollCall.counts.map((one) => `${t.dynamic(`sandbox.mark.${one.state}`)} ${one.count}`)
  const state = t(meeting.rollCall.confirmed ? 'sandbox.panel.roll-confirmed' : 'sandbox.panel.roll-open')
  return (
    <>
      <dt>{t('sandbox.panel.roll-call')}</dt>
      <dd>
        {state}
        {counts.length > 0 ? `: ${counts.join(', ')}` : ''}
      </dd>
    </>
  )
}

function pushWords(look: Look, material: MeetingView['materials'][number]): string {
  if (material.pushed) return look.t('sandbox.panel.pushed', { at: momentWords(look, material.pushed) })
  return material.due ? look.t('sandbox.panel.push-due', { at: momentWords(look, material.due) }) : ''
}

const Materials = ({ look, meeting }: { look: Look; meeting: MeetingView }) => (
  <>
    <dt>{look.t('sandbox.panel.materials')}</dt>
    {meeting.materials.length === 0 ? <dd>{look.t('sandbox.panel.none')}</dd> : null}
    {meeting.materials.map((material) => (
      <dd>
        {material.title}
        <span class="caption"> {pushWords(look, material)}</span>
        {material.readers > 0 ? (
          <span class="caption"> {look.t('sandbox.panel.readers', { count: material.readers })}</span>
        ) : null}
      </dd>
    ))}
  </>
)

const Steps = ({ look, meeting }: { look: Look; meeting: MeetingView }) =>
  meeting.steps.length === 0 ? null : (
    <>
      <dt>{look.t('sandbox.panel.steps')}</dt>
      <dd>
        <ul class="steps">
          {meeting.steps.map((step) => (
            <li class={step.state}>
              {momentWords(look, step.at)}
              <span class="caption"> {look.t.dynamic(`sandbox.step.${step.state}`)}</span>
            </li>
          ))}
        </ul>
      </dd>
    </>
  )

const Meeting = ({ look, meeting, title }: { look: Look; meeting: MeetingView; title: string }) => (
  <div class="meeting">
    <h4>{title}</h4>
    <p class="when">
      <strong>{momentWords(look, meeting.at)}</strong>
      {meeting.cancelled ? <span class="flag"> {look.t('sandbox.panel.cancelled')}</span> : null}
    </p>
    <p class="caption">
      {look.t.dynamic(`sandbox.kind.${meeting.kind}`)} · {meeting.place}
    </p>
    <Answers look={look} meeting={meeting} />
    <dl>
      <RollCall look={look} meeting={meeting} />
      <Materials look={look} meeting={meeting} />
      <Steps look={look} meeting={meeting} />
    </dl>
  </div>
)

const Cell = ({ look, cell, open }: { look: Look; cell: CellView; open: boolean }) => (
  <details class="cell" open={open} data-key={cell.id}>
    <summary class="fold">
      <h3>{cell.name}</h3>
    </summary>
    <p class="caption">
      {look.t('sandbox.panel.members', { count: cell.members })} ·{' '}
      {look.t('sandbox.panel.linked', { count: cell.linked })}
      {cell.hasSchedule ? '' : ` · ${look.t('sandbox.panel.no-schedule')}`}
    </p>
    {cell.next ? <Meeting look={look} meeting={cell.next} title={look.t('sandbox.panel.next')} /> : null}
    {cell.next ? null : <p class="flag">{look.t('sandbox.panel.no-meeting')}</p>}
    {cell.last ? (
      <details class="last" data-key={`${cell.id}-last`}>
        <summary>{look.t('sandbox.panel.last')}</summary>
        <Meeting look={look} meeting={cell.last} title={look.t('sandbox.panel.last')} />
      </details>
    ) : null}
  </details>
)

/** A kind that has no words here yet is shown by its name: the page must not break when a room adds one. */
const KINDS = [
  'meetings.created',
  'meetings.moved',
  'meetings.cancelled',
  'reminders.step',
  'reminders.nudge',
  'rollcall.due',
  'materials.pushed',
  'attendance.late',
  'meetings.holiday',
  'reminders.late',
  'digests.weekly',
  'digests.preview',
  'announcements.announced',
  'opinions.told',
  'tasks.reminder',
  'gates.due',
  'milestones.told',
  'attendance.leave-request',
  'rollcall.objection',
]

const Queue = ({ look, queue }: { look: Look; queue: PanelView['queue'] }) => (
  <div class="queue">
    <h3>{look.t('sandbox.panel.queue')}</h3>
    {queue.length === 0 ? <p class="caption">{look.t('sandbox.panel.queue-empty')}</p> : null}
    <ul>
      {queue.map((entry) => (
        <li>
          {momentWords(look, entry.at)} ·{' '}
          {look.t('sandbox.panel.queued', {
            count: entry.count,
            what: KINDS.includes(entry.kind) ? look.t.dynamic(`sandbox.message.${entry.kind}`) : entry.kind,
          })}
        </li>
      ))}
    </ul>
  </div>
)

/** What the bot has stored: read from the rows, so it shows what is true and not what was said. */
export const Panel = ({ look, panel }: { look: Look; panel: PanelView }) => (
  <section id="panel" class="panel card" aria-labelledby="panel-title">
    <h2 id="panel-title">{look.t('sandbox.panel.title')}</h2>
    <div id="panel-body" data-region="panel">
      {panel.cells.map((cell, i) => (
        <Cell look={look} cell={cell} open={panel.cells.length === 1 || i === 0} />
      ))}
      <Queue look={look} queue={panel.queue} />
    </div>
  </section>
)
