import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of what other systems are told and may ask. */
export const w = defineMessages(zh, () => import('./i18n.en'))

/** The word for a code of the server's; an unknown one shows as itself. */
export const wordOf = (group: string, code: string): string => {
  const key = `${group}.${code}`
  return key in zh ? (w as (key: string) => string)(key) : code
}
