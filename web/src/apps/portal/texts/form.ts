import { defineMessages } from '@/shared/i18n/messages'
import zh from './form.zh'

/** Texts of the form and the check page. */
export const f = defineMessages(zh, () => import('./form.en'))
