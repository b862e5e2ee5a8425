import type { Period } from '../state/period'

export const bases = ['previous', 'lastYear'] as const
export type Basis = (typeof bases)[number]

const day = 86_400_000
const at = (text: string): number => Date.parse(`${text}T00:00:00Z`)
const text = (time: number): string => new Date(time).toISOString().slice(0, 10)

const lastOfMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The same day so many months earlier, or the last one of a month that has no such day. */
function monthsEarlier(date: string, months: number): string {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - months
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1]
  const wanted = Math.min(Number(date.slice(8)), lastOfMonth(year, month))
  return `${year}-${String(month).padStart(2, '0')}-${String(wanted).padStart(2, '0')}`
}

const isLastOfMonth = (date: string): boolean =>
  Number(date.slice(8)) === lastOfMonth(Number(date.slice(0, 4)), Number(date.slice(5, 7)))

/** A whole month ends with the month, whatever its length. */
function shifted({ from, to }: Period, months: number): Period {
  const end = monthsEarlier(isLastOfMonth(to) ? `${to.slice(0, 8)}31` : to, months)
  return { from: monthsEarlier(from, months), to: end }
}

/**
 * What a period is held against: what begins with a month, the days of as many months before, so that
 * half a month meets half a month; any other, as many days before it. Or the same days a year ago.
 */
export function earlier(period: Period, basis: Basis): Period {
  if (basis === 'lastYear') return shifted(period, 12)
  const { from, to } = period
  if (from.endsWith('-01')) {
    const months =
      (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
      Number(to.slice(5, 7)) -
      Number(from.slice(5, 7)) +
      1
    return shifted(period, months)
  }
  const length = at(to) - at(from) + day
  return { from: text(at(from) - length), to: text(at(from) - day) }
}

/** The last `n` months up to the one of this day, each up to this day at most. */
export function monthsUpTo(today: string, n: number): Period[] {
  return Array.from({ length: n }, (_, i) => {
    const first = monthsEarlier(`${today.slice(0, 8)}01`, n - 1 - i)
    const end = `${first.slice(0, 8)}${lastOfMonth(Number(first.slice(0, 4)), Number(first.slice(5, 7)))}`
    return { from: first, to: end < today ? end : today }
  })
}
