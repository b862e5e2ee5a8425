import { defineMessages } from '@/shared/i18n/messages'
import zh from './shell.zh'

/** Texts of the frame and the home page. */
export const t = defineMessages(zh, () => import('./shell.en'))
