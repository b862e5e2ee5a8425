import { defineMessages } from '@/shared/i18n/messages'
import zh from './admin.zh'

/** Texts of the administrator's and the auditor's screens. */
export const m = defineMessages(zh, () => import('./admin.en'))

type Key = keyof typeof zh

/** The word for a code of the server's; an unknown one shows as itself. */
function wordOf(group: 'action' | 'cause', code: string): string {
  const key = `${group}.${code}`
  return key in zh ? m(key as Extract<Key, `action.${string}` | `cause.${string}`>) : code
}

export const actionText = (action: string): string => wordOf('action', action)
export const causeText = (code: string): string => wordOf('cause', code)

/** Acts the audit log is known to hold, as one may ask for them. */
export const auditActions: readonly string[] = Object.keys(zh)
  .filter((key) => key.startsWith('action.'))
  .map((key) => key.slice('action.'.length))
