import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of tickets at other systems. */
export const h = defineMessages(zh, () => import('./i18n.en'))
