import { units, unitsReady } from '../directory/units'

/** The names of units by their ids; one that is no more shows as its id. */
export async function unitNames(ids: readonly number[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  await unitsReady()
  return ids.map((id) => units.value?.find((unit) => unit.id === id)?.name ?? `#${id}`)
}
