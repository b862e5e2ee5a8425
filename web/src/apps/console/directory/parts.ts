import type { Kind } from './types'

export const parts = ['units', 'officials', 'enterprises', 'learned', 'history', 'files'] as const
export type Part = (typeof parts)[number]

const needed: Readonly<Record<Part, string>> = {
  units: 'directory.read',
  officials: 'directory.read',
  enterprises: 'directory.keep',
  learned: 'directory.read',
  history: 'directory.history',
  files: 'directory.keep',
}

/** What somebody sees of the directory; enterprises stand there in clear, so only for its keepers. */
export const partsFor = (may: (permission: string) => boolean): readonly Part[] =>
  parts.filter((part) => may(needed[part]))

const pages: Readonly<Partial<Record<Kind, Part>>> = {
  unit: 'units',
  official: 'officials',
  enterprise: 'enterprises',
}

/** Where an entry has a page of its own, for those who may see it. */
export function pageOf(
  kind: Kind,
  id: number,
  may: (permission: string) => boolean,
): string | undefined {
  const part = pages[kind]
  return part && may(needed[part]) ? `/directory/${part}/${id}` : undefined
}
