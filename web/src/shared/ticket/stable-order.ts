export interface StableList {
  /** Keys in the order on the screen. */
  shown: readonly string[]
  /** Keys that belong to the list but wait until the person asks for them. */
  waiting: readonly string[]
}

/**
 * What a live list shows. While somebody works in it (`frozen`), no row moves, comes or goes under
 * the cursor: newcomers are only counted. Once released, the list is what it should be.
 */
export function settle(
  shown: readonly string[],
  wanted: readonly string[],
  frozen: boolean,
): StableList {
  if (!frozen || shown.length === 0) return { shown: wanted, waiting: [] }
  const present = new Set(shown)
  return { shown, waiting: wanted.filter((key) => !present.has(key)) }
}
