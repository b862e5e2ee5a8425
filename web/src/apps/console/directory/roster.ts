import type { Turn } from './types'

export interface RosterDay {
  date: string
  day: number
  turns: readonly Turn[]
}

/** "2026-11", some months on. */
export function monthAfter(month: string, steps: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + steps, 1)).toISOString().slice(0, 7)
}

/** First and last day of a month. */
export function daysAround(month: string): { from: string; to: string } {
  const last = new Date(Date.parse(`${monthAfter(month, 1)}-01`) - 86_400_000)
  return { from: `${month}-01`, to: last.toISOString().slice(0, 10) }
}

const beginning = ({ from }: Turn): string => from ?? ''

/** The weeks of a month from Monday on; days of other months are left empty. */
export function weeksOf(month: string, turns: readonly Turn[]): (RosterDay | undefined)[][] {
  const { from, to } = daysAround(month)
  const before = (new Date(from).getUTCDay() + 6) % 7
  const cells: (RosterDay | undefined)[] = Array.from({ length: before }, () => undefined)
  for (let day = 1; day <= Number(to.slice(8)); day++) {
    const date = `${month}-${String(day).padStart(2, '0')}`
    const own = turns.filter((turn) => turn.day === date)
    own.sort((a, b) => beginning(a).localeCompare(beginning(b)))
    cells.push({ date, day, turns: own })
  }
  while (cells.length % 7 > 0) cells.push(undefined)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
