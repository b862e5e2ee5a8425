import { defineMessages } from '@/shared/i18n/messages'
import zh from './field.zh'

/** Texts of working in the field: what waits on the phone, photos, calls. */
export const f = defineMessages(zh, () => import('./field.en'))
