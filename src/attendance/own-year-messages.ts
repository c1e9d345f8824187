import { z } from 'zod'
import { renderer } from '../messaging/renderer.js'
import { formatPercent } from './counting.js'

const mark = z.object({
  state: z.enum(['unknown', 'present', 'late', 'online', 'excused', 'unexcused']).nullable(),
  count: z.int(),
})

/** A member's own year, for nobody else. */
export const ownYear = renderer(
  'attendance.own-year',
  1,
  z.object({
    name: z.string(),
    year: z.int(),
    months: z.array(z.object({ month: z.int(), marks: z.array(mark) })),
    rate: z.object({ part: z.int(), whole: z.int() }),
    notCounted: z.int(),
    /** A year with roll-calls beside this one, to be looked at. */
    other: z.int().nullable(),
    /** Something of it is recent enough to be questioned. */
    mayReport: z.boolean().default(false),
  }),
  (data, t) => {
    const words = ({ state, count }: z.infer<typeof mark>): string => {
      const name = state ? t(`attendance.rollcall.state.${state}`) : t('attendance.own-year.not-counted')
      return count > 1 ? t('attendance.own-year.times', { name, count }) : name
    }
    const percent = formatPercent(data.rate, t.locale)
    return {
      heading: t('attendance.own-year.title', { year: data.year, name: data.name }),
      text: [
        ...data.months.map(({ month, marks }) =>
          t('attendance.own-year.month', { month, marks: marks.map(words).join(', ') }),
        ),
        ...(data.months.length === 0 ? [t('attendance.own-year.none')] : []),
        ...(percent ? ['', t('attendance.own-year.share', { ...data.rate, percent })] : []),
        ...(data.notCounted > 0 ? [t('attendance.own-year.outside', { count: data.notCounted })] : []),
        '',
        t('attendance.own-year.from'),
      ].join('\n'),
      choices: [
        ...(data.mayReport ? [[{ label: t('attendance.mine.object-this'), command: 'rollcall.mine', args: {} }]] : []),
        ...(data.other === null
          ? []
          : [
              [
                {
                  label: t('attendance.own-year.other', { year: data.other }),
                  command: 'attendance.own-year',
                  args: { year: data.other },
                },
              ],
            ]),
        [{ label: t('organization.menu.person'), command: 'person.show', args: {} }],
      ],
    }
  },
)
