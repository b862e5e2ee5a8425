import { api, result, type Result } from '@/shared/api/client'
import type { EntryOf, InputOf, Kept, Kind, ListOf, Standing } from './types'

/** The five requests every kind of entry knows. */
export interface Keeper<K extends Kind> {
  get: (id: number) => Promise<Result<EntryOf<K>>>
  create: (body: InputOf<K>) => Promise<Result<EntryOf<K>>>
  change: (seen: Kept, body: InputOf<K>) => Promise<Result<EntryOf<K>>>
  deactivate: (seen: Kept, body: Standing) => Promise<Result<EntryOf<K>>>
  activate: (seen: Kept, body: Standing) => Promise<Result<EntryOf<K>>>
}

const lists: ListOf = {
  unit: 'units',
  official: 'officials',
  leave: 'leaves',
  turn: 'turns',
  card: 'cards',
  enterprise: 'enterprises',
}

/** Under the revision somebody has seen: what another changed meanwhile is refused, not lost. */
const held = ({ id, revision }: Kept) => ({
  params: { path: { id }, header: { 'If-Match': `"${revision}"` } },
})

/**
 * The contract writes out the same five paths for each of the six kinds; the address is made from
 * the name of the list here, and the one conversion gives each kind its own types back.
 */
export function keeperOf<K extends Kind>(kind: K): Keeper<K> {
  const all = `/directory/${lists[kind]}` as '/directory/units'
  const one = `${all}/{id}` as '/directory/units/{id}'
  const off = `${one}/deactivate` as '/directory/units/{id}/deactivate'
  const on = `${one}/activate` as '/directory/units/{id}/activate'
  const keeper: Keeper<'unit'> = {
    get: (id) => result(api.GET(one, { params: { path: { id } } })),
    create: (body) => result(api.POST(all, { body })),
    change: (seen, body) => result(api.PUT(one, { ...held(seen), body })),
    deactivate: (seen, body) => result(api.POST(off, { ...held(seen), body })),
    activate: (seen, body) => result(api.POST(on, { ...held(seen), body })),
  }
  return keeper as unknown as Keeper<K>
}
