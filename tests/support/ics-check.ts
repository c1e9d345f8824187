import ICAL from 'ical.js'

type Component = InstanceType<typeof ICAL.Component>

const STAMP_UTC = /^DTSTAMP:\d{8}T\d{6}Z$/
const STATES = ['TENTATIVE', 'CONFIRMED', 'CANCELLED']

/** RFC 5545 §3.1: lines of at most 75 octets, ended by CR LF, no letter cut in two, nothing that is no text. */
function faultsOfLines(text: string): string[] {
  const lines = text.split('\r\n')
  return [
    ...(lines.at(-1) === '' ? [] : ['the last line has no end']),
    ...lines.filter((line) => Buffer.byteLength(line) > 75).map((line) => `longer than 75 octets: ${line}`),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    ...lines.filter((line) => /[\x00-\x08\x0a-\x1f\x7f]|\p{Surrogate}/u.test(line)).map((line) => `no text: ${line}`),
  ]
}

const count = (component: Component, name: string): number => component.getAllProperties(name).length

/** §3.6.1: what an event must have, once, and how its beginning, end and rule fit together. */
function faultsOfEvent(event: Component): string[] {
  const uid = String(event.getFirstPropertyValue('uid'))
  const zoneOf = (name: string) => event.getFirstProperty(name)?.getFirstParameter('tzid')
  const until = (event.getFirstPropertyValue('rrule') as InstanceType<typeof ICAL.Recur> | null)?.until
  const { startDate, endDate } = new ICAL.Event(event)
  const said = {
    'not once': ['uid', 'dtstamp', 'dtstart', 'dtend', 'summary', 'sequence'].filter(
      (name) => count(event, name) !== 1,
    ),
    'no stamp in UTC': STAMP_UTC.test(event.getFirstProperty('dtstamp')?.toICALString() ?? '') ? [] : ['dtstamp'],
    'end and duration': count(event, 'duration') > 0 ? ['duration'] : [],
    'ends before it begins': startDate && endDate && startDate.compare(endDate) < 0 ? [] : ['dtend'],
    'of another zone': ['dtend', 'recurrence-id', 'exdate', 'rdate'].filter(
      (name) => count(event, name) > 0 && zoneOf(name) !== zoneOf('dtstart'),
    ),
    'no state': [event.getFirstPropertyValue('status')].filter((one) => one !== null && !STATES.includes(String(one))),
    'until not in UTC': until && until.zone !== ICAL.Timezone.utcTimezone ? ['rrule'] : [],
  }
  return Object.entries(said).flatMap(([fault, names]) => names.map((name) => `${uid}: ${fault}: ${name}`))
}

/** §3.6.5: each zone that is named is described. */
function faultsOfZones(calendar: Component): string[] {
  const named = calendar
    .getAllSubcomponents('vevent')
    .flatMap((event) => event.getAllProperties().map((one) => one.getFirstParameter('tzid')))
  const described = calendar.getAllSubcomponents('vtimezone').flatMap((zone) => {
    const rules = [...zone.getAllSubcomponents('standard'), ...zone.getAllSubcomponents('daylight')]
    const whole = rules.every((one) =>
      ['dtstart', 'tzoffsetfrom', 'tzoffsetto'].every((name) => count(one, name) === 1),
    )
    return rules.length > 0 && whole ? [String(zone.getFirstPropertyValue('tzid'))] : []
  })
  return [...new Set(named)].filter((zone) => zone && !described.includes(zone)).map((zone) => `no VTIMEZONE: ${zone}`)
}

/** What RFC 5545 has to say against a calendar as it is served, a line a fault; parsed by somebody else's program. */
export function faultsOfCalendar(text: string, contentType: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent')
  const ids = events.map((one) => `${one.getFirstPropertyValue('uid')} ${one.getFirstPropertyValue('recurrence-id')}`)
  const [type = '', ...parameters] = contentType.toLowerCase().split(/;\s*/)
  const method = calendar.getFirstPropertyValue('method')
  return [
    ...faultsOfLines(text),
    ...(calendar.getFirstPropertyValue('version') === '2.0' ? [] : ['no version']),
    ...['prodid', 'version'].filter((name) => count(calendar, name) !== 1).map((name) => `not once: ${name}`),
    ...(type === 'text/calendar' ? [] : [`served as ${type}`]),
    // §3.7.2: the METHOD is that of the content type, or there is none in either.
    ...(parameters.find((one) => one.startsWith('method=')) === (method ? `method=${method}`.toLowerCase() : undefined)
      ? []
      : ['METHOD and content type differ']),
    ...(new Set(ids).size === ids.length ? [] : ['an event stands there twice']),
    ...events.flatMap(faultsOfEvent),
    ...faultsOfZones(calendar),
  ]
}
