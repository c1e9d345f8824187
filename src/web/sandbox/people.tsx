import { givenName } from '../../core/text.js'
import { addressOf, type Look } from './look.js'
import type { PageView, PeopleGroup, PersonCard, Starters } from './types.js'

const ROLES = ['secretary', 'member', 'committee', 'newcomer'] as const

/** What somebody is, in a few words: role, then what sets them apart. */
export function captionOf({ t }: Look, person: PersonCard): string {
  const words = [person.role ? t.dynamic(`sandbox.role.${person.role}`) : t('sandbox.role.member')]
  if (person.namesake && person.birthYear) words.push(t('sandbox.people.born', { year: person.birthYear }))
  if (person.probationary) words.push(t('sandbox.people.probationary'))
  if (person.exempt) words.push(t('sandbox.people.exempt'))
  if (!person.linked) words.push(t('sandbox.people.unlinked'))
  return words.join(' · ')
}

/** A round letter instead of a picture; its tint only helps the eye. */
export const Avatar = ({ person }: { person: PersonCard }) => {
  const tint = [...person.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6
  return (
    <span class={`avatar tint-${tint}`} aria-hidden="true">
      {givenName(person.fullName).slice(0, 1)}
    </span>
  )
}

const Unread = ({ look, count }: { look: Look; count: number }) =>
  count > 0 ? (
    <span class="badge">
      {count}
      <span class="visually-hidden"> {look.t('sandbox.people.unread')}</span>
    </span>
  ) : null

const Person = ({ look, person, chosen }: { look: Look; person: PersonCard; chosen: boolean }) => (
  <li>
    <a class="person" href={addressOf(look, person.id)} aria-current={chosen ? 'true' : undefined}>
      <Avatar person={person} />
      <span class="who">
        <span class="name">{person.fullName}</span>
        <span class="caption">{captionOf(look, person)}</span>
      </span>
      <Unread look={look} count={person.unread} />
    </a>
  </li>
)

const Group = ({
  look,
  group,
  chosen,
  open,
}: {
  look: Look
  group: PeopleGroup
  chosen: string | null
  open: boolean
}) => (
  <details open={open} data-key={group.unitId}>
    <summary class="fold">
      <span class="unit">{group.name}</span>
      <span class="count">{look.t('sandbox.people.count', { count: group.people.length })}</span>
      <Unread look={look} count={group.people.reduce((sum, one) => sum + one.unread, 0)} />
    </summary>
    <ul>
      {group.people.map((person) => (
        <Person look={look} person={person} chosen={person.id === chosen} />
      ))}
    </ul>
  </details>
)

export const StarterLinks = ({ look, starters, chosen }: { look: Look; starters: Starters; chosen: string | null }) => (
  <ul class="starters">
    {ROLES.map((role) => {
      const id = starters[role]
      return id ? (
        <li>
          <a href={addressOf(look, id)} aria-current={id === chosen ? 'true' : undefined}>
            {look.t(`sandbox.start.${role}`)}
          </a>
        </li>
      ) : null
    })}
  </ul>
)

export const People = ({ look, view }: { look: Look; view: PageView }) => {
  const chosen = view.chat?.person.id ?? null
  const home = view.groups.findIndex((group) => group.people.some((one) => one.id === chosen))
  return (
    <nav id="people" class="people card" aria-labelledby="people-title">
      <h2 id="people-title">{look.t('sandbox.people.title')}</h2>
      <p class="hint">{look.t('sandbox.people.hint')}</p>
      <StarterLinks look={look} starters={view.starters} chosen={chosen} />
      <div id="people-list" data-region="people">
        {view.groups.map((group, i) => (
          <Group look={look} group={group} chosen={chosen} open={home < 0 ? i === 0 : i === home} />
        ))}
      </div>
    </nav>
  )
}
