import { defineMessages } from '@/shared/i18n/messages'
import zh from './knowledge.zh'

/** Texts of the knowledge base's pages. */
export const n = defineMessages(zh, () => import('./knowledge.en'))
