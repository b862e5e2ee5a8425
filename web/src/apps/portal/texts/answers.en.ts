import type { English } from '@/shared/i18n/messages'
import type zh from './answers.zh'

export default {
  title: 'Common questions',
  search: 'What would you like to know?',
  searchHint: 'Answers are written in Chinese; ask in Chinese words',
  none: 'No answer is ready for this. Please submit your question and we will reply.',
  known: 'This may be answered already',
  knownText: 'See whether it helps; if it does not, please go on.',
  basis: 'Basis: {text}',
  from: '{unit}, valid from {day}',
} satisfies English<typeof zh>
