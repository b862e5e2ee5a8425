import { defineMessages } from '@/shared/i18n/messages'
import zh from './answers.zh'

/** Texts of common questions. */
export const q = defineMessages(zh, () => import('./answers.en'))
