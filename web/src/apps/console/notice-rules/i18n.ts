import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of the rules of being told. */
export const nr = defineMessages(zh, () => import('./i18n.en'))
