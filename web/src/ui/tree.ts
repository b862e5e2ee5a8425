/** One line of a tree as it stands open: flat, as assistive technology counts it. */
export interface TreeRow {
  id: number
  label: string
  /** 1 at the top. */
  level: number
  /** Place among its siblings, from 1, and how many they are. */
  place: number
  siblings: number
  /** Missing: nothing below it. */
  open?: boolean
  /** Shown quieter: out of use. */
  faded?: boolean
}

export type TreeStep = { to: number } | { toggle: number; open: boolean }

const parentOf = (rows: readonly TreeRow[], at: number): TreeRow | undefined =>
  rows.slice(0, at).findLast(({ level }) => level === (rows[at]?.level ?? 0) - 1)

/** What a key does at a row, by the pattern of WAI-ARIA for trees; nothing for other keys. */
export function treeStep(
  rows: readonly TreeRow[],
  id: number | undefined,
  key: string,
): TreeStep | undefined {
  const at = rows.findIndex((row) => row.id === id)
  const row = rows[at]
  const go = (to: TreeRow | undefined): TreeStep | undefined => to && { to: to.id }
  switch (key) {
    case 'ArrowDown':
      return go(rows[at + 1])
    case 'ArrowUp':
      return go(rows[at - 1])
    case 'Home':
      return go(rows[0])
    case 'End':
      return go(rows.at(-1))
    case 'ArrowRight':
      if (row?.open === false) return { toggle: row.id, open: true }
      return row?.open ? go(rows[at + 1]) : undefined
    case 'ArrowLeft':
      if (row?.open) return { toggle: row.id, open: false }
      return go(parentOf(rows, at))
    default:
      return undefined
  }
}
