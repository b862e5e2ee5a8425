import { defineMessages } from '@/shared/i18n/messages'
import zh from './floor.zh'

/** Texts of the call floor. */
export const g = defineMessages(zh, () => import('./floor.en'))
