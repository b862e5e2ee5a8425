import type { TreeRow } from '@/ui/tree'
import type { KeptUnit } from './types'

type Unit = Pick<KeptUnit, 'id' | 'name' | 'parent_id' | 'active'>

/** Children by parent; a parent that is not there does not hide what is below it. */
function childrenOf(units: readonly Unit[]): Map<number | undefined, Unit[]> {
  const known = new Set(units.map(({ id }) => id))
  const children = new Map<number | undefined, Unit[]>()
  for (const unit of units) {
    const parent = known.has(unit.parent_id ?? 0) ? unit.parent_id : undefined
    const siblings = children.get(parent)
    if (siblings) siblings.push(unit)
    else children.set(parent, [unit])
  }
  return children
}

type Lines = (id: number | undefined) => number[]

/** Tells a unit and those above it, the nearest first. */
export function linesIn(units: readonly Unit[]): Lines {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  return (id) => {
    const line: number[] = []
    for (let at = byId.get(id ?? 0); at && !line.includes(at.id); at = byId.get(at.parent_id ?? 0))
      line.push(at.id)
    return line
  }
}

/** The lines that stand open, from the top; below a closed unit nothing is shown. */
export function treeRows(units: readonly Unit[], open: ReadonlySet<number>): TreeRow[] {
  const children = childrenOf(units)
  const rows: TreeRow[] = []
  function add(parent: number | undefined, level: number): void {
    const siblings = children.get(parent) ?? []
    siblings.forEach((unit, index) => {
      const folded = children.has(unit.id)
      rows.push({
        id: unit.id,
        label: unit.name,
        level,
        place: index + 1,
        siblings: siblings.length,
        ...(folded && { open: open.has(unit.id) }),
        ...(!unit.active && { faded: true }),
      })
      if (folded && open.has(unit.id)) add(unit.id, level + 1)
    })
  }
  add(undefined, 1)
  return rows
}

/** Those whose name or code has the words, with what leads to them, and what is to stand open for it. */
export function found<One extends Unit & Pick<KeptUnit, 'code'>>(
  units: readonly One[],
  words: string,
): { units: readonly One[]; open: ReadonlySet<number>; count: number } {
  const wanted = words.trim().toLowerCase()
  const hits = units.filter(
    ({ name, code }) => name.toLowerCase().includes(wanted) || code.includes(wanted),
  )
  const lineOf = linesIn(units)
  const open = new Set(hits.flatMap(({ id }) => lineOf(id).slice(1)))
  const shown = new Set([...open, ...hits.map(({ id }) => id)])
  return { units: units.filter(({ id }) => shown.has(id)), open, count: hits.length }
}
