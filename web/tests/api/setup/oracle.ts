import { rows } from './instance'

/**
 * Whose ticket it is, worked out anew from the rows of the database and the rules in words (ticketing/README.md, A2 to
 * A9). Shares nothing with the server's own predicate.
 */
export interface Person {
  login: string
  role: string
  id: string
  unit: string
  official: string
  division: string
}

export interface Row {
  number: string
  lead: string
  official: string
  caseOwner: string
  visitor: string
  createdBy: string
  division: string
  complainedOf: string
  phone: string
  secret: boolean
  state: string
  enterprise: string
  coUnits: string[]
  /** Units that have or had a milestone or the mediation, and the one that mediates now. */
  charged: string[]
  mediator: string
}

const value = (cell: string | undefined): string => (cell === 'NULL' ? '' : (cell ?? ''))

export interface Call {
  number: string
  agent: string
}

export function readCalls(): Call[] {
  return rows('SELECT ani, agent_user_id FROM phone_call').map(([number = '', agent = '']) => ({
    number,
    agent: value(agent),
  }))
}

export function readPeople(): Map<string, Person> {
  const names = new Map(
    rows('SELECT login, id, unit_id, official_id, division FROM account').map((cells) => {
      const [login = '', id = '', unit = '', official = '', division = ''] = cells.map(value)
      return [login, { login, role: '', id, unit, official, division }]
    }),
  )
  return names
}

function unitsByTicket(sql: string): Map<string, string[]> {
  const units = new Map<string, string[]>()
  for (const [ticket = '', unit = ''] of rows(sql)) {
    units.set(ticket, [...(units.get(ticket) ?? []), unit])
  }
  return units
}

export function readTickets(): Row[] {
  const helping = unitsByTicket('SELECT ticket_id, unit_id FROM ticket_co_unit')
  const charged = unitsByTicket('SELECT ticket_id, unit_id FROM ticket_charge')
  // Who mediates is the last line of the packed text, its second field.
  const mediating = unitsByTicket(
    `SELECT id, SUBSTRING_INDEX(SUBSTRING_INDEX(SUBSTRING_INDEX(mediations, '\n', -1), '\t', 3), '\t', -1)
     FROM ticket WHERE state = 14`,
  )
  return rows(
    `SELECT id, number, lead_unit_id, official_id, case_owner_id, visiting_official_id, created_by, division,
            complained_unit_id, appellant_phone, confidential OR anonymous, state, enterprise_id FROM ticket`,
  ).map((cells) => {
    const at = (i: number): string => value(cells[i])
    return {
      number: at(1),
      lead: at(2),
      official: at(3),
      caseOwner: at(4),
      visitor: at(5),
      createdBy: at(6),
      division: at(7),
      complainedOf: at(8),
      phone: at(9),
      secret: at(10) === '1',
      state: at(11),
      enterprise: at(12),
      coUnits: helping.get(at(0)) ?? [],
      charged: charged.get(at(0)) ?? [],
      mediator: mediating.get(at(0))?.[0] ?? '',
    }
  })
}

const parents = new Map<string, string>()
function parentOf(unit: string): string {
  if (parents.size === 0) {
    for (const [id = '', parent = ''] of rows('SELECT id, parent_id FROM unit')) {
      parents.set(id, value(parent))
    }
  }
  return parents.get(unit) ?? ''
}

/** Is `unit` the same as `above` or anywhere below it? */
function isWithin(unit: string, above: string): boolean {
  for (let at = unit, hops = 0; at !== '' && hops < 20; at = parentOf(at), ++hops) {
    if (at === above) return true
  }
  return false
}

export function maySee(person: Person, ticket: Row): boolean {
  // A5: nobody of the unit complained of, nor of any unit below it.
  if (
    ticket.complainedOf !== '' &&
    person.unit !== '' &&
    isWithin(person.unit, ticket.complainedOf)
  ) {
    return false
  }
  const same = (a: string, b: string): boolean => a !== '' && a === b
  switch (person.role) {
    case 'dispatcher':
    case 'reviewer':
    case 'supervisor':
      return true
    case 'manager':
      return person.division === '' || person.division === ticket.division
    case 'agent':
      return same(person.id, ticket.createdBy)
    case 'official':
      return (
        [ticket.official, ticket.caseOwner, ticket.visitor].some((id) =>
          same(person.official, id),
        ) || ticket.charged.some((unit) => same(person.unit, unit))
      )
    case 'unit_clerk':
    case 'unit_leader':
      return [ticket.lead, ...ticket.coUnits, ...ticket.charged].some(
        (unit) => unit !== '' && isWithin(unit, person.unit),
      )
    default:
      return false
  }
}

export interface Firm {
  id: string
  division: string
  zone: string
  /** Who has an active contact card of it, with their units. */
  holders: { official: string; unit: string }[]
}

/** Some with a card and some without. */
export function readFirms(): Firm[] {
  const some = rows(
    `(SELECT e.id, e.division, e.zone FROM enterprise e JOIN contact_card c ON c.enterprise_id=e.id AND c.active=1
      JOIN account a ON a.official_id=c.official_id GROUP BY e.id, e.division, e.zone ORDER BY e.id LIMIT 8)
     UNION (SELECT id, division, zone FROM enterprise ORDER BY id DESC LIMIT 4)`,
  )
  return some.map(([id = '', division = '', zone = '']) => ({
    id,
    division,
    zone,
    holders: rows(
      `SELECT o.id, o.unit_id FROM contact_card c JOIN official o ON o.id=c.official_id
       WHERE c.active=1 AND c.enterprise_id=${id}`,
    ).map(([official = '', unit = '']) => ({ official, unit })),
  }))
}

/** A16. `tickets`: those of the enterprise, without hidden appellants. */
export function maySeeFirm(person: Person, firm: Firm, tickets: readonly Row[]): boolean {
  const ofHis = () => tickets.some((ticket) => maySee(person, ticket))
  switch (person.role) {
    case 'agent':
    case 'dispatcher':
    case 'reviewer':
    case 'supervisor':
      return true
    case 'manager':
      return (
        person.division === '' || [firm.division, firm.zone].includes(person.division) || ofHis()
      )
    case 'official':
      return firm.holders.some(({ official }) => official === person.official) || ofHis()
    case 'unit_clerk':
    case 'unit_leader':
      return firm.holders.some(({ unit }) => isWithin(unit, person.unit)) || ofHis()
    default:
      return false
  }
}

/** A6, A7: the appellant's number in clear is for who handles the matter, and never when he asked for secrecy. */
export function maySeePhone(person: Person, ticket: Row): boolean {
  if (ticket.secret || !maySee(person, ticket)) return false
  if (person.role === 'official') {
    const mediates = ticket.mediator !== '' && person.unit === ticket.mediator
    return person.official === ticket.official || mediates
  }
  if (person.role === 'unit_clerk' || person.role === 'unit_leader') {
    return [ticket.lead, ticket.mediator].some((unit) => unit !== '' && isWithin(unit, person.unit))
  }
  return false
}

/** Who answers a call sees who calls; so does who supervises the floor. */
export function maySeeCaller(person: Person, call: Call): boolean {
  return person.role === 'supervisor' || (person.role === 'agent' && person.id === call.agent)
}
