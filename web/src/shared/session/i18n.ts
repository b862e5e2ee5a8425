import { defineMessages } from '../i18n/messages'
import zh from './session.zh'

export const s = defineMessages(zh, () => import('./session.en'))
