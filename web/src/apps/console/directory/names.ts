import { keeperOf } from './keeper'
import type { Change } from './types'
import { fieldsOf } from './fields'
import { unitName } from './units'

const known = new Map<string, string>()

async function nameOf(kind: 'official' | 'enterprise', id: number): Promise<string | undefined> {
  const key = `${kind} ${id}`
  if (!known.has(key)) {
    const answer = await keeperOf(kind).get(id)
    if (answer.ok) known.set(key, answer.data.name)
  }
  return known.get(key)
}

const kinds = { officials: 'official', enterprises: 'enterprise' } as const

async function named(
  kind: Change['kind'],
  state: Change['before'],
): Promise<Record<string, unknown> | undefined> {
  if (!state) return undefined
  const full: Record<string, unknown> = { ...state }
  for (const { name, named: into, from } of fieldsOf[kind]) {
    const id = Number(full[name])
    if (into === undefined || full[into] !== undefined || !(id > 0)) continue
    full[into] =
      from === 'officials' || from === 'enterprises' ? await nameOf(kinds[from], id) : unitName(id)
  }
  return full
}

/** The history keeps ids, which never change; people read names. */
export const withNames = (changes: readonly Change[]): Promise<Change[]> =>
  Promise.all(
    changes.map(async (one) => {
      const [before, after] = await Promise.all([
        named(one.kind, one.before),
        named(one.kind, one.after),
      ])
      return { ...one, ...(before && { before }), ...(after && { after }) }
    }),
  )
