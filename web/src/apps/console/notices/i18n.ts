import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of bulletins, and the words of channels and receivers. */
export const b = defineMessages(zh, () => import('./i18n.en'))

/** The word for a code of the server's; an unknown one shows as itself. */
export const wordOf = (group: string, code: string): string => {
  const key = `${group}.${code}`
  return key in zh ? (b as (key: string) => string)(key) : code
}
