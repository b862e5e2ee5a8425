import { localDate } from '@/shared/clock/working-time'

export const presets = ['today', 'month', 'lastMonth', 'quarter', 'year', 'custom'] as const
export type Preset = (typeof presets)[number]

/** First and last day, both counted in, as the hotline's own calendar writes them. */
export interface Period {
  from: string
  to: string
}

const two = (n: number): string => String(n).padStart(2, '0')

/** Length of a civil month; day 0 of the next month is its last day. */
const lastDay = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The days a preset means at this moment (server time, ms). */
export function periodOf(preset: Exclude<Preset, 'custom'>, now: number): Period {
  const today = localDate(now)
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7))
  switch (preset) {
    case 'today':
      return { from: today, to: today }
    case 'month':
      return { from: `${year}-${two(month)}-01`, to: today }
    case 'lastMonth': {
      const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1]
      return { from: `${y}-${two(m)}-01`, to: `${y}-${two(m)}-${lastDay(y, m)}` }
    }
    case 'quarter':
      return { from: `${year}-${two(Math.floor((month - 1) / 3) * 3 + 1)}-01`, to: today }
    case 'year':
      return { from: `${year}-01-01`, to: today }
  }
}

export function isPeriod({ from, to }: Period): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/
  return day.test(from) && day.test(to) && from <= to
}
