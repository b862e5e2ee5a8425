import type { components, operations } from '@/shared/api/schema'

type Schemas = components['schemas']
export type Role = Schemas['Role']
export type User = Schemas['User']
export type AccountInput = operations['createUser']['requestBody']['content']['application/json']

export const roles: readonly Role[] = [
  'agent',
  'dispatcher',
  'reviewer',
  'supervisor',
  'unit_clerk',
  'unit_leader',
  'official',
  'manager',
  'auditor',
  'admin',
]

/** The form of a new account: texts only; ids as the choices carry them. */
export interface AccountDraft {
  role: string
  login: string
  name: string
  unit: string
  official: string
  division: string
  extension: string
}

export type AccountField = keyof AccountDraft

export const emptyAccount = (): AccountDraft => ({
  role: '',
  login: '',
  name: '',
  unit: '',
  official: '',
  division: '',
  extension: '',
})

/** What a role is asked for beside login and name. */
const extras: Readonly<Partial<Record<Role, readonly AccountField[]>>> = {
  agent: ['extension'],
  reviewer: ['extension'],
  supervisor: ['extension'],
  unit_clerk: ['unit'],
  unit_leader: ['unit'],
  official: ['unit', 'official'],
  manager: ['division'],
}

/** A manager without a district sees the city; whoever has no extension gets no calls and makes none. */
const optional = new Set<AccountField>(['division', 'extension'])

export const askedOf = (role: string): readonly AccountField[] => extras[role as Role] ?? []

/** Agents are called, reviewers call enterprises, supervisors listen. */
export const hasTelephone = (role: string): boolean => askedOf(role).includes('extension')

export const accountLimits = { login: 60, name: 60, extension: 20 } as const
export const leastLogin = 2

export type AccountFault = 'missing' | 'short' | 'long' | 'format'

/** What the page can see wrong before the server looks, in the order of the form. */
export function accountFaults(draft: AccountDraft): [AccountField, AccountFault][] {
  const found: [AccountField, AccountFault][] = []
  const asked: readonly AccountField[] = ['role', ...askedOf(draft.role), 'login', 'name']
  for (const field of asked) {
    const text = draft[field].trim()
    const limit = accountLimits[field as keyof typeof accountLimits]
    if (text === '' && !optional.has(field)) found.push([field, 'missing'])
    else if (limit !== undefined && [...text].length > limit) found.push([field, 'long'])
    else if (field === 'login' && text.length < leastLogin) found.push([field, 'short'])
    else if (field === 'login' && !/^[\w.@-]*$/.test(text)) found.push([field, 'format'])
  }
  return found
}

/** The request body: what was chosen for another role before is left out. */
export function toAccountInput(draft: AccountDraft): AccountInput {
  const asked = askedOf(draft.role)
  const has = (field: AccountField) => asked.includes(field) && draft[field].trim() !== ''
  return {
    login: draft.login.trim(),
    name: draft.name.trim(),
    role: draft.role as Role,
    ...(has('unit') && { unit_id: Number(draft.unit) }),
    ...(has('official') && { official_id: Number(draft.official) }),
    ...(has('division') && { division: draft.division }),
    ...(has('extension') && { extension: draft.extension.trim() }),
  }
}

const byPath: Readonly<Record<string, AccountField>> = { unit_id: 'unit', official_id: 'official' }

/** Which field of the form a server's field path means, if the role shows it. */
export function accountField(path: string, role: string): AccountField | undefined {
  const field = byPath[path] ?? path
  const shown: readonly string[] = ['role', 'login', 'name', ...askedOf(role)]
  return shown.includes(field) ? (field as AccountField) : undefined
}

/** The server keeps the end of a lock after it is over. */
export const isLocked = (user: User, now: number): boolean =>
  user.locked_until !== undefined && Date.parse(user.locked_until) > now

/** The row after "enable", which unlocks as well. */
export function enabledUser(user: User): User {
  const enabled = { ...user, disabled: false }
  delete enabled.locked_until
  return enabled
}
