import { readonly, ref } from 'vue'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

const storageKey = 'qp.locale'
const current = ref<Locale>('zh-CN')
/** What was asked for last; shown when its texts are there. */
let wanted: Locale = 'zh-CN'
const loaders = new Set<() => Promise<void>>()
const loading = new Set<Promise<void>>()

export const locale = readonly(current)

function stored(): Locale | undefined {
  try {
    return locales.find((name) => name === localStorage.getItem(storageKey))
  } catch {
    return undefined // storage may be switched off; the choice then lasts for the visit
  }
}

/**
 * English texts are loaded when first wanted; `load` runs at once when they are wanted already. A
 * page may come while those before it are still on their way.
 */
export function onEnglish(load: () => Promise<void>): void {
  loaders.add(load)
  if (wanted === 'en') void begin(load)
}

function begin(load: () => Promise<void>): Promise<void> {
  const begun = load().finally(() => loading.delete(begun))
  loading.add(begun)
  return begun
}

/** When every English text asked for so far is there. One that cannot be had stays Chinese. */
export async function textsReady(): Promise<void> {
  await Promise.allSettled(loading)
}

export async function setLocale(next: Locale): Promise<void> {
  wanted = next
  if (next === 'en') await Promise.all([...loaders].map(begin))
  if (wanted !== next) return
  current.value = next
  document.documentElement.lang = next
  try {
    localStorage.setItem(storageKey, next)
  } catch {
    // see stored()
  }
}

/** Takes up the choice of the last visit. To be awaited before the page is mounted. */
export async function startLocale(): Promise<void> {
  await setLocale(stored() ?? 'zh-CN')
}
