import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of the telephone in the browser. */
export const b = defineMessages(zh, () => import('./i18n.en'))
