import { defineMessages } from '@/shared/i18n/messages'
import zh from './print.zh'

/** Texts that stand on paper alone. */
export const p = defineMessages(zh, () => import('./print.en'))
