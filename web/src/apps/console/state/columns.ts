import { readonly, shallowRef } from 'vue'
import { shortMoment } from '@/shared/i18n/format'
import { labelOf } from '@/shared/ticket/labels'
import type { TicketSummary } from '@/shared/ticket/types'
import type { Column } from '@/ui/grid'
import { t } from '../i18n'
import type { ViewColumn } from './views'

export interface TicketColumn extends Column<TicketSummary> {
  key: ViewColumn
  /** Not asked for, it is shown from this step of room on. */
  room?: number
}

/** Windows (rem) in which the columns of one more step fit beside the navigation, without scrolling. */
const steps = [85, 90, 106].map((rem) => matchMedia(`(min-width: ${String(rem)}rem)`))

const measured = (): number => steps.filter(({ matches }) => matches).length
const taken = shallowRef(measured())
for (const step of steps) step.addEventListener('change', () => (taken.value = measured()))

/** How many of the steps this window has room for. */
export const room = readonly(taken)

/** Every column a list of tickets can show, in the order it does so unless somebody chose another. */
export const ticketColumns = (): readonly TicketColumn[] => [
  { key: 'due', title: t('col.due'), width: '12.5rem', text: () => '—' },
  { key: 'state', title: t('col.state'), width: '8.5rem', text: (row) => row.state },
  { key: 'title', title: t('col.title'), width: 'minmax(14rem, 2fr)', text: (row) => row.title },
  {
    key: 'topic',
    title: t('col.topic'),
    width: '8rem',
    text: (row) => `${labelOf('type', row.type)} · ${row.topic}`,
    room: 1,
  },
  {
    key: 'enterprise',
    title: t('col.enterprise'),
    width: 'minmax(7.5rem, 1fr)',
    text: (row) => row.enterprise_name ?? '—',
  },
  {
    key: 'division',
    title: t('col.division'),
    width: '5.5rem',
    text: (row) => row.division_name ?? '—',
    room: 2,
  },
  {
    key: 'unit',
    title: t('col.unit'),
    width: 'minmax(7.5rem, 1fr)',
    text: (row) => [row.unit_name, row.official_name].filter(Boolean).join(' · ') || '—',
  },
  { key: 'no', title: t('col.no'), width: '11rem', text: (row) => row.ticket_no },
  {
    key: 'channel',
    title: t('col.channel'),
    width: '5rem',
    text: (row) => labelOf('channel', row.channel),
    room: 3,
  },
  {
    key: 'accepted',
    title: t('col.accepted'),
    width: '10.5rem',
    text: (row) => shortMoment(row.accepted_at),
    room: 3,
  },
]

/** Those that were chosen, in their order; without a choice, what there is room for. */
export function shownColumns(
  chosen: readonly string[] | undefined,
  steps: number,
): readonly TicketColumn[] {
  const all = ticketColumns()
  if (!chosen) return all.filter((column) => (column.room ?? 0) <= steps)
  return chosen.flatMap((key) => all.find((column) => column.key === key) ?? [])
}

/** The least room (rem) in which columns stand side by side. */
export const leastWidth = (columns: readonly Column<TicketSummary>[]): number =>
  columns.reduce((sum, { width }) => sum + Number(/[\d.]+/.exec(width)), 0)

const storageKey = 'qp.columns'

/** By place: '' for all queues, the path of a view that somebody else keeps. */
type Choices = Readonly<Record<string, readonly string[]>>

/** What was kept on this machine; anything else that stands there is as if nothing did. */
export function readChoices(stored: string | null): Choices {
  try {
    const read: unknown = JSON.parse(stored ?? '{}')
    if (typeof read !== 'object' || read === null) return {}
    const isNames = (value: unknown): value is string[] =>
      Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
    return Object.fromEntries(Object.entries(read).filter(([, value]) => isNames(value)))
  } catch {
    return {}
  }
}

function recall(): Choices {
  try {
    return readChoices(localStorage.getItem(storageKey))
  } catch {
    return {}
  }
}

export const columnChoices = shallowRef<Choices>(recall())

/** On this machine, for who sits at it; nothing takes the choice back. */
export function chooseColumns(place: string, columns: readonly string[]): void {
  const others = Object.entries(columnChoices.value).filter(([name]) => name !== place)
  columnChoices.value = Object.fromEntries(
    columns.length > 0 ? [...others, [place, columns]] : others,
  )
  try {
    localStorage.setItem(storageKey, JSON.stringify(columnChoices.value))
  } catch {
    // the choice then lasts for the visit
  }
}
