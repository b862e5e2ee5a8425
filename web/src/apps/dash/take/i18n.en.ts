import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  take: 'Export',
  as: 'Export as {format}',
  failed: 'Not exported: {why}',
} satisfies English<typeof zh>
