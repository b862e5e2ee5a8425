import type { components } from '../api/schema'

/** One step of a plan as its form holds it: texts, the unit by its number. */
export interface PlanRow {
  text: string
  unit: string
  day: string
}

export const mostRows = 12

export const emptyRow = (): PlanRow => ({ text: '', unit: '', day: '' })

const isRow = (row: unknown): row is PlanRow =>
  typeof row === 'object' && row !== null && 'text' in row && 'unit' in row && 'day' in row

/** The rows of the form's text; one empty row to begin with. */
export function rowsOf(text: string): PlanRow[] {
  if (text === '') return [emptyRow()]
  const parsed: unknown = JSON.parse(text)
  return Array.isArray(parsed) ? parsed.filter(isRow) : [emptyRow()]
}

/** '' while nothing at all is filled in: a required field is then missing. */
export function textOf(rows: readonly PlanRow[]): string {
  const any = rows.some(({ text, unit, day }) => text.trim() || unit || day)
  return any ? JSON.stringify(rows) : ''
}

/** Whether every row that was begun says what, who and by when. */
export function rowsAreWhole(text: string): boolean {
  return rowsOf(text).every(
    (row) => [...row.text.trim()].length >= 2 && row.unit !== '' && row.day !== '',
  )
}

export function toMilestones(text: string): components['schemas']['MilestoneInput'][] {
  return rowsOf(text).map(({ text: what, unit, day }) => ({
    text: what.trim(),
    unit_id: Number(unit),
    due_on: day,
  }))
}
