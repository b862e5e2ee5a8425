import { defineMessages } from '@/shared/i18n/messages'
import { fieldLimits, type Fault, type FieldName } from '../state/draft'
import zh from './form.zh'

/** Texts of the desk: the form, the caller, calls. */
export const f = defineMessages(zh, () => import('./form.en'))

/** What is wrong with a field of an appeal, with its name. */
export function faultText(field: FieldName, fault: Fault): string {
  const name = f(`field.${field}`)
  if (fault === 'long')
    return f('fault.long', { field: name, n: fieldLimits[field as keyof typeof fieldLimits] })
  return f(`fault.${fault}`, { field: name })
}
