import { defineMessages } from '../i18n/messages'
import zh from './acts.zh'
import { labelOf } from './labels'

/** Texts of the forms for acts on a ticket. */
export const a = defineMessages(zh, () => import('./acts.en'))

type Key = keyof typeof zh
const has = (key: string): key is Key => key in zh
const plain = (key: string): string => (has(key) ? a(key as 'send') : '')

/** Where an act means something of its own by a field, its own word. */
export const fieldText = (name: string, action = ''): string =>
  plain(`field.${action}.${name}`) || plain(`field.${name}`) || name

export const hintText = (action: string, name: string): string | undefined =>
  plain(`hint.${action}.${name}`) || undefined

/** Words of a choice: those of the form itself, else those of the domain. */
export const choiceText = (group: string, code: string): string =>
  plain(`${group}.${code}`) || labelOf(group, code)
