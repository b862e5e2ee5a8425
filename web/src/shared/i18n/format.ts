import { locale } from './locale'

// The hotline lives by one clock, wherever the browser is.
const timeZone = 'Asia/Shanghai'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale.value + JSON.stringify(options)
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locale.value, { timeZone, hourCycle: 'h23', ...options })
    formats.set(key, found)
  }
  return found
}

export type Moment = string | number | Date

const yearOf = (at: Moment): string => format({ year: 'numeric' }).format(new Date(at))

/** 11月23日 14:05 · Nov 23, 14:05; of another year 2025年11月23日 14:05 · Nov 23, 2025, 14:05 */
export function shortMoment(at: Moment): string {
  return format({
    ...(yearOf(at) !== yearOf(Date.now()) && { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at))
}

/** 2026年11月23日 14:05 · November 23, 2026 at 14:05 */
export function longMoment(at: Moment): string {
  return format({ dateStyle: 'long', timeStyle: 'short' }).format(new Date(at))
}

// Swedish writes dates as ISO 8601 does: the same in every language, and sortable by eye.
const exact = new Intl.DateTimeFormat('sv-SE', {
  timeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** 2026-11-23 14:05:09, for what is compared to the second */
export const exactMoment = (at: Moment): string => exact.format(new Date(at))

/** 2026年11月23日 · November 23, 2026 */
export function longDay(at: Moment): string {
  return format({ dateStyle: 'long' }).format(new Date(at))
}

export function monthName(at: Moment): string {
  return format({ year: 'numeric', month: 'long' }).format(new Date(at))
}

/** 渭南、韩城 · Weinan, Hancheng */
export const listed = (words: readonly string[]): string =>
  words.join(locale.value === 'en' ? ', ' : '、')

/** 0.9562 → 95.6 % (in the figures' usual one decimal) */
export function percent(share: number): string {
  return new Intl.NumberFormat(locale.value, {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(share)
}

export function wholeNumber(value: number): string {
  return new Intl.NumberFormat(locale.value).format(value)
}

const unitOfTime = (amount: number, unit: 'day' | 'hour' | 'minute' | 'second'): string =>
  new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: 'short' }).format(amount)

/** 1天 2小时 3分钟 · 1 day 2 hr 3 min; seconds only below a minute, nothing rounded up */
export function spanOfTime(seconds: number): string {
  if (seconds < 60) return unitOfTime(seconds, 'second')
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3_600)
  const minutes = Math.floor((seconds % 3_600) / 60)
  return [
    days > 0 && unitOfTime(days, 'day'),
    hours > 0 && unitOfTime(hours, 'hour'),
    minutes > 0 && unitOfTime(minutes, 'minute'),
  ]
    .filter(Boolean)
    .join(' ')
}

/** 3:07 */
export const minutesAndSeconds = (seconds: number): string =>
  `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`
