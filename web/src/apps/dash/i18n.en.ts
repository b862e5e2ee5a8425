import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  title: 'Dashboard · Enterprise hotline',
} satisfies English<typeof zh>
