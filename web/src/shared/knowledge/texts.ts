import { defineMessages } from '../i18n/messages'
import zh from './texts.zh'

/** Texts of suggested articles, wherever they are shown. */
export const kb = defineMessages(zh, () => import('./texts.en'))
