import { newId } from '../../src/core/ids.js'
import type { Db } from '../../src/database/client.js'

const date = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`))
const from = (day: string): Date => new Date(`${day}T00:00:00Z`)
const AT = from('2026-01-01')

/** Rows of an organisation with as few words as a test needs; periods are `[from, to)`. */
export const organizationOf = (db: Db) => ({
  unit: async (kind: 'cell' | 'grassroots' | 'commune', dissolvedOn: string | null = null): Promise<string> => {
    const id = newId()
    const data = { id, kind, name: id, nameKey: id, zone: 'Asia/Ho_Chi_Minh', createdAt: AT }
    await db.unit.create({ data: { ...data, dissolvedOn: date(dissolvedOn) } })
    return id
  },
  place: (unitId: string, parentId: string, startsOn: string, endsOn: string | null = null) =>
    db.unitPlacement.create({
      data: { id: newId(), unitId, parentId, startsOn: from(startsOn), endsOn: date(endsOn) },
    }),
  person: async (admittedOn: string | null = null, fullOn: string | null = null): Promise<string> => {
    const id = newId()
    const dates = { admittedOn: date(admittedOn), fullOn: date(fullOn) }
    await db.person.create({ data: { id, fullName: 'Người Thử', createdAt: AT, ...dates } })
    return id
  },
  member: (
    personId: string,
    cellId: string,
    startsOn: string,
    endsOn: string | null = null,
    kind: 'home' | 'temporary' = 'home',
  ) =>
    db.membership.create({
      data: { id: newId(), personId, cellId, kind, startsOn: from(startsOn), endsOn: date(endsOn) },
    }),
  exempt: (personId: string, kind: 'exempt' | 'special_duty', startsOn: string, endsOn: string | null = null) =>
    db.exemption.create({ data: { id: newId(), personId, kind, startsOn: from(startsOn), endsOn: date(endsOn) } }),
  appoint: (
    personId: string,
    unitId: string | null,
    role: 'secretary' | 'administrator',
    startsOn: string,
    endsOn: string | null = null,
  ) =>
    db.appointment.create({
      data: { id: newId(), personId, unitId, role, startsOn: from(startsOn), endsOn: date(endsOn) },
    }),
})
