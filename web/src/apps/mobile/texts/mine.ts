import { defineMessages } from '@/shared/i18n/messages'
import zh from './mine.zh'

/** Texts of one's own leave and of the enterprises one looks after. */
export const m = defineMessages(zh, () => import('./mine.en'))
