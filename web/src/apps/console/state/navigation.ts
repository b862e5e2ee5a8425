import type { components } from '@/shared/api/schema'
import { anyTicket, type ListFilter } from './list-filter'

type Role = components['schemas']['Role']

export type QueueName =
  | 'dispatching'
  | 'returns'
  | 'reviewing'
  | 'callbacks'
  | 'overdue'
  | 'signing'
  | 'working'
  | 'waiting'
  | 'helping'
  | 'parked'
  | 'hardCases'
  | 'mediating'
  | 'charged'
  | 'mine'
  | 'open'
  | 'all'

const queue = (given: Partial<ListFilter>): ListFilter => ({ ...anyTicket, ...given })

/** What each queue asks the server for. */
export const queues: Readonly<Record<QueueName, ListFilter>> = {
  dispatching: queue({ state: 'accepted,return_pending', sort: 'due' }),
  returns: queue({ state: 'return_pending', sort: 'due' }),
  reviewing: queue({ state: 'submitted', sort: 'due' }),
  callbacks: queue({ state: 'callback', sort: 'due' }),
  overdue: queue({ overdue: true, sort: 'due' }),
  signing: queue({ state: 'dispatched', sort: 'due' }),
  hardCases: queue({ state: 'open', hard_case: true, sort: 'due' }),
  mediating: queue({ state: 'mediating', sort: 'due' }),
  charged: queue({ state: 'open', charged: true, sort: 'due' }),
  working: queue({ state: 'handling,suspended,mediating', sort: 'due' }),
  waiting: queue({ state: 'return_pending,submitted', sort: 'due' }),
  helping: queue({ state: 'handling', helping: true, sort: 'due' }),
  parked: queue({ state: 'suspended', sort: 'due' }),
  mine: queue({ mine: true }),
  open: queue({ state: 'open', sort: 'due' }),
  all: queue({}),
}

/** The queues of a role, the first is where its day begins. */
const queuesOf: Readonly<Record<Role, readonly QueueName[]>> = {
  agent: ['mine'],
  dispatcher: ['dispatching', 'open', 'overdue', 'all'],
  reviewer: ['reviewing', 'callbacks', 'open', 'all'],
  supervisor: [
    'overdue',
    'returns',
    'hardCases',
    'mediating',
    'parked',
    'open',
    'callbacks',
    'all',
  ],
  unit_clerk: ['signing', 'working', 'charged', 'helping', 'waiting', 'overdue', 'all'],
  unit_leader: ['working', 'signing', 'charged', 'helping', 'waiting', 'overdue', 'all'],
  official: ['mine', 'overdue'],
  manager: ['open', 'overdue', 'all'],
  auditor: [],
  admin: [],
}

export type Page =
  | 'desk'
  | 'calls'
  | 'missed'
  | 'phones'
  | 'enterprises'
  | 'handovers'
  | 'notices'
  | 'knowledge'
  | 'directory'
  | 'users'
  | 'tokens'
  | 'bulletins'
  | 'noticeRules'
  | 'permissions'
  | 'integrations'
  | 'policies'
  | 'deadLetters'
  | 'audit'

/** Who settles what other systems did not take. */
const settles: readonly Role[] = ['dispatcher', 'supervisor', 'unit_clerk', 'unit_leader']

const pages: readonly {
  page: Page
  /** None: everybody's. */
  permission?: string
  or?: string
  roles?: readonly Role[]
}[] = [
  { page: 'desk', permission: 'ticket.file' },
  { page: 'phones', permission: 'call.read', roles: ['supervisor'] },
  { page: 'missed', permission: 'call.read' },
  { page: 'calls', permission: 'call.read' },
  { page: 'bulletins', permission: 'directory.keep' },
  { page: 'noticeRules', permission: 'directory.keep' },
  { page: 'enterprises', permission: 'enterprise.find' },
  { page: 'handovers', permission: 'ticket.act', roles: settles },
  { page: 'users', permission: 'user.admin' },
  { page: 'permissions', permission: 'user.admin' },
  { page: 'tokens', permission: 'token.admin' },
  { page: 'integrations', permission: 'token.admin' },
  { page: 'deadLetters', permission: 'dead_letter.admin' },
  { page: 'audit', permission: 'audit.read' },
  { page: 'policies', permission: 'policy.read' },
  { page: 'directory', permission: 'directory.read', or: 'directory.history' },
  // Read by everybody, so that it comes last: the first page is where one lands.
  { page: 'knowledge', permission: 'knowledge.read' },
  { page: 'notices' },
]

export interface NavEntry {
  to: string
  queue?: QueueName
  page?: Page
}

const toPage = (page: Page): NavEntry => ({ to: `/${page}`, page })

/** The left navigation: pages by permission, queues by role. */
export function navigation(role: Role, permissions: readonly string[]): readonly NavEntry[] {
  const allowed = pages.filter(
    ({ permission, or, roles }) =>
      (permission === undefined ||
        permissions.includes(permission) ||
        (or !== undefined && permissions.includes(or))) &&
      (roles === undefined || roles.includes(role)),
  )
  const reads = permissions.includes('ticket.list')
  const lists = (reads ? queuesOf[role] : []).map((name) => ({ to: `/lists/${name}`, queue: name }))
  const calls = ['desk', 'phones', 'missed', 'calls']
  const [first, rest] = role === 'agent' ? [calls, []] : [[], calls]
  const take = (names: readonly string[]) =>
    allowed.filter(({ page }) => names.includes(page)).map(({ page }) => toPage(page))
  const own = [
    'enterprises',
    'handovers',
    'notices',
    'knowledge',
    'directory',
    'bulletins',
    'noticeRules',
    'users',
    'permissions',
    'tokens',
    'integrations',
    'deadLetters',
    'audit',
    'policies',
  ]
  return [...take(first), ...lists, ...take(rest), ...take(own)]
}

export const isQueue = (name: string): name is QueueName => name in queues

interface Counts {
  by_state: Readonly<Record<string, number>>
  open: number
  overdue: number
  mine?: number
}

/** The number beside a queue; none where the server does not count it. */
export function queueCount(name: QueueName, counts: Counts | undefined): number | undefined {
  if (!counts) return undefined
  const filter = queues[name]
  if (filter.overdue) return counts.overdue
  if (filter.mine) return counts.mine
  if (filter.helping || filter.hard_case || filter.charged) return undefined
  if (filter.state === 'open') return counts.open
  if (filter.state === '') return undefined
  return filter.state.split(',').reduce((sum, state) => sum + (counts.by_state[state] ?? 0), 0)
}
