import type { Problem } from '@/shared/api/problem'
import type { SummaryLine } from '@/ui/UiErrorSummary.vue'
import { f } from '../texts/form'
import { formField, type Fault, type FieldName } from './draft'

/** Id of each field's control; the error summary and the check page lead to it. */
export const fieldId = (field: string): string => `appeal-${field}`

export interface FormErrors {
  byField: Partial<Record<FieldName, string>>
  lines: SummaryLine[]
}

export const noErrors: FormErrors = { byField: {}, lines: [] }

function faultText(field: FieldName, fault: Fault): string {
  // Keys exist for every pair that faults() can give; the test walks them.
  return f(`fault.${field}.${fault}` as 'fault.content.missing')
}

/** The same words in the summary and beside the field. */
export function errorsOf(found: Partial<Record<FieldName, Fault>>): FormErrors {
  const byField: Partial<Record<FieldName, string>> = {}
  const lines: SummaryLine[] = []
  for (const [field, fault] of Object.entries(found) as [FieldName, Fault][]) {
    const text = faultText(field, fault)
    byField[field] = text
    lines.push({ id: fieldId(field), text })
  }
  return { byField, lines }
}

/** The server's refusal in the same shape; what belongs to no field stands without a link. */
export function errorsOfProblem(problem: Problem): FormErrors {
  const byField: Partial<Record<FieldName, string>> = {}
  const lines: SummaryLine[] = []
  for (const { field: path, message } of problem.errors ?? []) {
    const field = formField(path)
    if (field) byField[field] ??= message
    lines.push({ id: field && fieldId(field), text: message })
  }
  if (lines.length === 0) lines.push({ text: problem.detail })
  return { byField, lines }
}
