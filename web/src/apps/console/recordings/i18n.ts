import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of recordings. */
export const r = defineMessages(zh, () => import('./i18n.en'))
