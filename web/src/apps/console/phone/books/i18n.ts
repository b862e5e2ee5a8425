import { defineMessages } from '@/shared/i18n/messages'
import zh from './i18n.zh'

/** Texts of the comparison with the platforms' books. */
export const w = defineMessages(zh, () => import('./i18n.en'))
