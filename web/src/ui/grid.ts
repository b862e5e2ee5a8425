/** A column of the data grid. Cells come from the slot `cell-<key>`, else from `text`. */
export interface Column<Row> {
  key: string
  title: string
  /** CSS grid track, e.g. "8rem" or "minmax(10rem, 1fr)". */
  width: string
  text: (row: Row) => string
  sortable?: boolean | undefined
  end?: boolean | undefined
}

export interface Sort {
  key: string
  descending: boolean
}

/** Row to select for a key press; undefined when the key means nothing here. */
export function stepRow(key: string, at: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined
  const clamp = (row: number) => Math.min(Math.max(row, 0), count - 1)
  switch (key) {
    case 'ArrowDown':
      return clamp(at + 1)
    case 'ArrowUp':
      return clamp(at < 0 ? 0 : at - 1)
    case 'PageDown':
      return clamp(at + page)
    case 'PageUp':
      return clamp(at - page)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
