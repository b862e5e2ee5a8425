import { defineMessages } from '@/shared/i18n/messages'
import zh from './board.zh'

/** Texts of the board, fetched with it. */
export const t = defineMessages(zh, () => import('./board.en'))
