import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of the missed calls. */
export const m = defineMessages(zh, () => import('./i18n.en'))
