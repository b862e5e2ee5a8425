import { defineMessages } from '@/shared/i18n/messages'
import zh from './admin.zh'

/** Texts of the administrator's and the auditor's screens. */
export const m = defineMessages(zh, () => import('./admin.en'))

type Key = keyof typeof zh

type Group = 'action' | 'cause' | 'object'

/** The word for a code of the server's; an unknown one shows as itself. */
function wordOf(group: Group, code: string): string {
  const key = `${group}.${code}`
  return key in zh ? m(key as Extract<Key, `${Group}.${string}`>) : code
}

/** "directory.unit.created": what was done to which kind of entry. */
function entryText(action: string): string | undefined {
  const [, kind, deed] = /^directory\.(\w+)\.(\w+)$/.exec(action) ?? []
  const key = `deed.${deed ?? ''}`
  if (kind === undefined || !(key in zh)) return undefined
  return m(key as Extract<Key, `deed.${string}`>, { what: wordOf('object', kind) })
}

export const actionText = (action: string): string => entryText(action) ?? wordOf('action', action)

/** "ticket:WN…": the kind in words, and which one. What has no kind is an action that was asked for. */
export function objectText(object: string): string {
  const [, kind, which] = /^(\w+):([^]*)$/.exec(object) ?? []
  if (kind === undefined || which === undefined) return actionText(object)
  return m('objectOf', { what: wordOf('object', kind), which })
}

export const causeText = (code: string): string => wordOf('cause', code)

/** Acts the audit log is known to hold, as one may ask for them. */
export const auditActions: readonly string[] = Object.keys(zh)
  .filter((key) => key.startsWith('action.'))
  .map((key) => key.slice('action.'.length))
