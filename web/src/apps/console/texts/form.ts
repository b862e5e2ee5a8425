import { defineMessages } from '@/shared/i18n/messages'
import zh from './form.zh'

/** Texts of the desk: the form, the caller, calls. */
export const f = defineMessages(zh, () => import('./form.en'))
