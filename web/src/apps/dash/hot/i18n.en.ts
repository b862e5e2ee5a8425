import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  title: 'Hot topics',
  rule: 'The same told by {n} enterprises or more within {days} days',
  counts: 'Enterprises: {enterprises} · appeals: {appeals}',
  more: 'More hot topics: {n}',
  curve: 'Appeals a day',
  day: '{day}: {n}',
  tickets: 'Its tickets (the newest {n})',
  words: 'In common',
  places: 'Where',
  place: '{name}: {n}',
  unknownPlace: 'Not told',
} satisfies English<typeof zh>
