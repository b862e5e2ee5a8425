import type { English } from '@/shared/i18n/messages'
import type zh from './answers.zh'

export default {
  title: 'Common questions',
  search: 'What would you like to know?',
  searchHint: 'Answers are written in Chinese; ask in Chinese words',
  none: 'No answer is ready for this. Please submit your question and we will reply.',
  known: 'This may be answered already',
  knownText: 'See whether it helps; if it does not, please go on.',
  isIt: 'Is this your answer?',
  yes: 'Yes, it helped',
  yesDone: 'Yes, no need to send it',
  noGoOn: 'No, I go on writing',
  thanks: 'Thank you, we noted it.',
  doneTitle: 'Glad that this helped',
  doneText:
    'No ticket was made and there is nothing to wait for. What you wrote is still there; “Done” clears it.',
  doneHome: 'Done',
  donePrint: 'Print the answer',
  doneGoOn: 'Report it all the same',
  basis: 'Basis: {text}',
  from: '{unit}, valid from {day}',
} satisfies English<typeof zh>
