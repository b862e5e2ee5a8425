import type { English } from '../i18n/messages'
import type zh from './reveal.zh'

export default {
  reveal: 'Show in clear',
  revealPhone: 'Show number',
  title: 'Show what is masked',
  text: 'This is written to the audit log; say what you need it for.',
  reason: 'Purpose',
  reasonMissing: 'Say what you need it for (at least 2 characters)',
} satisfies English<typeof zh>
