import type { components, operations } from '@/shared/api/schema'

export type AuditEntry = components['schemas']['AuditEntry']
export type ChainVerdict =
  operations['verifyAudit']['responses']['200']['content']['application/json']

const pages: Readonly<Record<string, { path: string; needs: string }>> = {
  ticket: { path: '/tickets', needs: 'ticket.list' },
  enterprise: { path: '/enterprises', needs: 'enterprise.find' },
  article: { path: '/knowledge', needs: 'knowledge.read' },
  unit: { path: '/directory/units', needs: 'directory.read' },
  official: { path: '/directory/officials', needs: 'directory.read' },
}

/** Where an object has a page of its own, for those who may see it. */
export function pageOf(object: string, may: (permission: string) => boolean): string | undefined {
  const [kind = '', which = ''] = object.split(':')
  const page = pages[kind]
  return page && which !== '' && may(page.needs) ? `${page.path}/${which}` : undefined
}

/** Of an entry about a call: which, for its recording. */
export function callOf(object: string): number | undefined {
  const [, which] = /^call:(\d+)$/.exec(object) ?? []
  return which === undefined ? undefined : Number(which)
}

/** The detail of an entry in one line; what it holds depends on the action. */
export function detailText(detail: AuditEntry['detail']): string {
  return Object.entries(detail ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')
}
