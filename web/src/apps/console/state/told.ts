import type { SummaryLine } from '@/ui/UiErrorSummary.vue'

/** What is wrong by field, as the lines above a form; those of its own fields lead there. */
export const told = (
  found: Record<string, string>,
  draft: object,
  idOf: (field: string) => string,
): readonly SummaryLine[] =>
  Object.entries(found).map(([field, text]) => ({
    id: field in draft ? idOf(field) : undefined,
    text,
  }))
