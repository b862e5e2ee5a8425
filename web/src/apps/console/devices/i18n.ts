import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of the devices of an account. */
export const d = defineMessages(zh, () => import('./i18n.en'))
