import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  of: '{what} · {where}',
  withBelow: '{name} and below',
  wholeCity: 'Whole city',
  tickets: 'Tickets',
  total: '{n} in all',
  totalAtLeast: 'More than {n}',
  none: 'No such tickets',
  more: 'Show more',
  show: '{what}: {value}, show its tickets',
  accepted: 'Accepted',
  due: 'Limit',
  lateTitle: 'Overdue and soon due',
  lateCounts: 'Overdue {over} · due within {hours} h {soon}',
  atLeast: '{n}+',
  noneLate: 'Nothing is overdue or due within {hours} hours',
  survey: 'Survey',
  hidden: 'This account may not see the list of tickets.',
} satisfies English<typeof zh>
