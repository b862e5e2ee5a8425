import { defineMessages } from '@/shared/i18n/messages'
import zh from './industry.zh'

const t = defineMessages(zh, () => import('./industry.en'))

/** Sections of the national classification (GB/T 4754), as the directory names them. */
export const industries = Object.keys(zh)

/** The word for a section; an unknown letter shows as itself. */
export const industryText = (code: string): string =>
  code in zh ? t(code as keyof typeof zh) : code
