import { defineMessages } from '@/shared/i18n/messages'
import zh from './talk.zh'

/** Texts of what can be asked of a call. */
export const w = defineMessages(zh, () => import('./talk.en'))
