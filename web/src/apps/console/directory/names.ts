import type { Result } from '@/shared/api/client'
import { may } from '@/shared/api/session'
import { keeperOf } from './keeper'
import type { Change } from './types'
import { fieldsOf } from './fields'
import { pageOf } from './parts'
import { unitName, unitsReady } from './units'

const nameIn = (answer: Result<{ name: string }>): string | undefined =>
  answer.ok ? answer.data.name : undefined

const known = new Map<string, Promise<string | undefined>>()

/** Asked once for each, of those one may look at. */
async function nameOf(kind: 'official' | 'enterprise', id: number): Promise<string | undefined> {
  if (!pageOf(kind, id, may)) return undefined
  const key = `${kind} ${id}`
  const asked = known.get(key) ?? keeperOf(kind).get(id).then(nameIn)
  known.set(key, asked)
  return asked
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
export async function withNames(changes: readonly Change[]): Promise<Change[]> {
  await unitsReady()
  return Promise.all(
    changes.map(async (one) => {
      const [before, after] = await Promise.all([
        named(one.kind, one.before),
        named(one.kind, one.after),
      ])
      return { ...one, ...(before && { before }), ...(after && { after }) }
    }),
  )
}
