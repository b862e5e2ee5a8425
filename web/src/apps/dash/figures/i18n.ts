import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

export const f = defineMessages(zh, () => import('./i18n.en'))
