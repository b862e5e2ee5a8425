import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of what one was told. */
export const n = defineMessages(zh, () => import('./i18n.en'))
