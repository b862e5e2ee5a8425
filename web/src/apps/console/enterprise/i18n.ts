import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of an enterprise's page. */
export const e = defineMessages(zh, () => import('./i18n.en'))
