import { defineMessages } from '@/shared/i18n/messages'
import { industryText } from '../texts/industry'
import zh from './i18n.zh'

/** Texts of the screens with which the directory is kept. */
export const d = defineMessages(zh, () => import('./i18n.en'))

/** The text for a key made from names of the contract, if there is one. Such texts take no values. */
export const textOf = (key: string): string | undefined =>
  key in zh ? (d as (key: string) => string)(key) : undefined

/** The word for a code of the server's; an unknown one shows as itself. */
export const wordOf = (group: string, code: string): string =>
  group === 'industry' ? industryText(code) : (textOf(`${group}.${code}`) ?? code)
