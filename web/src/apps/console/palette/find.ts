import { initialsAt } from './initials'

export type Group = 'ticket' | 'act' | 'view' | 'queue' | 'page' | 'enterprise' | 'search'

export interface Entry {
  key: string
  group: Group
  label: string
  detail?: string | undefined
  run: () => void
}

/** Smaller is nearer; undefined is no hit. What begins with the words comes before what holds them. */
export function nearness(label: string, typed: string): number | undefined {
  const text = label.toLowerCase()
  const words = typed.trim().toLowerCase().split(/\s+/)
  if (words.every((word) => text.includes(word))) return text.startsWith(words[0] ?? '') ? 0 : 2
  const at = initialsAt(label, typed.trim())
  if (at < 0) return undefined
  return at === 0 ? 1 : 3
}

const order: readonly Group[] = ['ticket', 'act', 'view', 'queue', 'page', 'enterprise', 'search']

/** The entries that fit, group by group, within a group the nearest first. */
export function fitting(entries: readonly Entry[], typed: string): readonly Entry[] {
  const hits = entries.flatMap((entry) => {
    if (typed.trim() === '') return [{ entry, near: 0 }]
    // What the server has found, or what takes the words as they are, fits by itself.
    const fits =
      entry.group === 'enterprise' || entry.group === 'search' || entry.group === 'ticket'
    const near = fits ? 0 : nearness(entry.label, typed)
    return near === undefined ? [] : [{ entry, near }]
  })
  return hits
    .sort((a, b) => order.indexOf(a.entry.group) - order.indexOf(b.entry.group) || a.near - b.near)
    .map(({ entry }) => entry)
}

/** A whole ticket number, with or without its letters. */
export function ticketNumber(typed: string): string | undefined {
  const found = /^(?:WN)?(\d{15,22})$/i.exec(typed.trim())
  return found ? `WN${found[1] ?? ''}` : undefined
}
