import { defineMessages } from '@/shared/i18n/messages'
import zh from './notices.zh'

/** Texts of notices, how they come, and the devices they come to. */
export const nt = defineMessages(zh, () => import('./notices.en'))
