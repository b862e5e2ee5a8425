import { defineMessages } from '../i18n/messages'
import zh from './files.zh'

/** Texts around files. */
export const fl = defineMessages(zh, () => import('./files.en'))
