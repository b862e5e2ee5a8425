import { defineMessages } from '@/shared/i18n/messages'
import zh from './policy.zh'

/** Texts of limits, calendar and recomputations. */
export const p = defineMessages(zh, () => import('./policy.en'))
