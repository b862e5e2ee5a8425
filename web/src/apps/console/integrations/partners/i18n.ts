import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of the systems that tickets are handed over to. */
export const q = defineMessages(zh, () => import('./i18n.en'))
