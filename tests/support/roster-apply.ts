import type { KnownPerson, PlanEntry, RosterPlan } from '../../src/organization/roster/plan-types.js'

const NOBODY: Omit<KnownPerson, 'id' | 'fullName'> = {
  birthDate: null,
  birthYear: null,
  phone: null,
  admittedOn: null,
  fullOn: null,
  homeCellId: null,
  temporaryCellIds: [],
  sections: {},
  roles: [],
  exempt: false,
}

export const aPerson = (id: string, fullName: string, known: Partial<KnownPerson> = {}): KnownPerson => ({
  ...NOBODY,
  homeCellId: 'c1',
  ...known,
  id,
  fullName,
})

type Done = Extract<PlanEntry, { action: 'create' | 'update' }>

function withEffects(person: KnownPerson, { unitId, effects }: Done): KnownPerson {
  const section = effects.membership ? effects.membership.section : (effects.section ?? null)
  const kind = effects.membership?.kind
  const others = person.roles.filter((one) => one.unitId !== unitId || one.role !== effects.role?.replaces)
  return {
    ...person,
    homeCellId: kind === 'home' ? unitId : person.homeCellId,
    temporaryCellIds: kind === 'temporary' ? [...person.temporaryCellIds, unitId] : person.temporaryCellIds,
    sections: section === null ? person.sections : { ...person.sections, [unitId]: section },
    roles: effects.role ? [...others, { unitId, role: effects.role.role }] : person.roles,
    exempt: person.exempt || effects.exempt === true,
  }
}

/** The people after a plan was carried out, as a database would have them. */
export function applyPlan(people: readonly KnownPerson[], plan: RosterPlan): KnownPerson[] {
  const after = new Map(people.map((person) => [person.id, person]))
  const created = plan.entries.filter((entry) => entry.action === 'create')
  for (const entry of created) {
    const id = `new-${people.length}-${entry.line}`
    after.set(id, withEffects({ ...NOBODY, ...entry.person, id }, entry))
  }
  for (const entry of plan.entries) {
    if (entry.action !== 'update') continue
    const id = 'id' in entry.ref ? entry.ref.id : `new-${people.length}-${entry.ref.createdByLine}`
    const person = after.get(id)
    if (!person) throw new Error(`the plan speaks of an unknown person ${id}`)
    after.set(id, withEffects({ ...person, ...entry.set }, entry))
  }
  return [...after.values()]
}
