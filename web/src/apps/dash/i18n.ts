import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** What stands before the board is there: its name. */
export const t = defineMessages(zh, () => import('./i18n.en'))
