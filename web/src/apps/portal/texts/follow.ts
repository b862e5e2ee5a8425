import { defineMessages } from '@/shared/i18n/messages'
import zh from './follow.zh'

/** Texts of receipt and progress. */
export const p = defineMessages(zh, () => import('./follow.en'))
