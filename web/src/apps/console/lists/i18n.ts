import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of working on a whole list: views, columns, one act for many tickets. */
export const l = defineMessages(zh, () => import('./i18n.en'))
