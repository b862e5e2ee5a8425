import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of the tables of who may see and do what. */
export const pm = defineMessages(zh, () => import('./i18n.en'))

/** The word for a code of the server's; an unknown one shows as itself. */
export const wordOf = (group: string, code: string): string => {
  const key = `${group}.${code}`
  return key in zh ? (pm as (key: string) => string)(key) : code
}
