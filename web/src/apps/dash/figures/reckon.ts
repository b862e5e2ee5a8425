import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']
export type Hours = Schemas['HoursFigure']
export type Funnel = Schemas['FunnelFigure']
export type Ageing = Schemas['AgeingFigure']
export type Load = Schemas['LoadFigure']
export type LoadLine = Schemas['LoadLine']
export type Topics = Schemas['TopicsFigure']
export type TopicCount = Schemas['TopicCount']
export type Calls = Schemas['CallsFigure']
export type CallTally = Schemas['PhoneTally']
export type Dissatisfaction = Schemas['DissatisfactionFigure']
export type FigureHead = Schemas['FigureHead']

/** Shares of a bar in percent of the longest; something is never invisible. */
export function barOf(value: number, most: number): number {
  if (value <= 0 || most <= 0) return 0
  return Math.max(1, Math.min(100, (100 * value) / most))
}

export const mostOf = (values: readonly number[]): number => Math.max(0, ...values)

export const sumOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0)

/** The rows of the heat map with their sums, Monday first, and the sums of the hours. */
export function heatOf({ weekdays }: Pick<Hours, 'weekdays'>) {
  const hours = Array.from({ length: 24 }, (_, hour) =>
    sumOf(weekdays.map((counts) => counts[hour] ?? 0)),
  )
  return {
    most: mostOf(weekdays.flat()),
    rows: weekdays.map((counts, day) => ({ weekday: day + 1, counts, sum: sumOf(counts) })),
    hours,
  }
}

/** The steps with what was lost on the way to each of them. */
export function stepsOf({ steps }: Pick<Funnel, 'steps'>) {
  return steps.map((step, i) => {
    const before = i > 0 ? steps[i - 1] : undefined
    return { ...step, before, lost: before ? before.numerator - step.numerator : 0 }
  })
}

export const percentText = (percent: number | undefined): string =>
  percent === undefined ? '—' : `${percent.toFixed(1)}%`

export const secondsText = (seconds: number | undefined): string =>
  seconds === undefined ? '—' : String(Math.round(seconds * 10) / 10)

export type LoadColumn =
  'open' | 'due_today' | 'overdue' | 'closed' | 'on_time' | 'satisfied' | 'to_sign' | 'to_resolve'

/** What a column sorts by; undefined is listed last, never ranked. */
function ranked(line: LoadLine, column: LoadColumn): number | undefined {
  switch (column) {
    case 'on_time':
    case 'satisfied':
      return line[column].percent
    case 'to_sign':
    case 'to_resolve':
      return line[column]?.hours
    default:
      return line[column]
  }
}

/** The lines by a column, the most first. */
export function sortedLoad(lines: readonly LoadLine[], column: LoadColumn): LoadLine[] {
  return [...lines].sort((a, b) => {
    const [x, y] = [ranked(a, column), ranked(b, column)]
    if (x === undefined || y === undefined)
      return (x === undefined ? 1 : 0) - (y === undefined ? 1 : 0)
    return y - x || a.id - b.id
  })
}
