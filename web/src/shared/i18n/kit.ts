import { defineMessages } from './messages'
import zh from './kit.zh'

/** Texts of the component kit itself. */
export const k = defineMessages(zh, () => import('./kit.en'))
