import type { English } from '@/shared/i18n/messages'
import type zh from './texts.zh'

export default {
  suggested: 'Answers that may fit',
  none: 'No article fits',
  words: 'Matches: {words}',
  sameTopic: 'same topic',
  overdue: 'Review overdue: check it',
  use: 'Answer with it',
  used: 'Chosen',
  drop: 'Take it off',
  show: 'Show the answer',
  basis: 'Basis: {text}',
  answerFrom: 'Article',
  searchOther: 'Look for other words',
  searchHint: 'Empty: by what the ticket says',
  chosen: 'Rests on: {title} (version {version})',
} satisfies English<typeof zh>
