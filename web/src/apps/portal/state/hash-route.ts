import { readonly, ref } from 'vue'

export const pages = ['home', 'submit', 'check', 'receipt', 'answered', 'follow'] as const
export type Page = (typeof pages)[number]

/** Six pages without parameters: a router of a few lines, where the library would cost 10 kB. */
export function pageOf(hash: string): Page {
  const name = hash.replace(/^#\/?/, '')
  return pages.find((page) => page === name) ?? 'home'
}

export const hrefOf = (page: Page): string => (page === 'home' ? '#/' : `#/${page}`)

const current = ref<Page>(pageOf(location.hash))

export const page = readonly(current)

addEventListener('hashchange', () => {
  current.value = pageOf(location.hash)
})

export function goTo(next: Page): void {
  location.hash = hrefOf(next)
}

/** Without an entry in the history: the check page must not come back after the receipt. */
export function replaceWith(next: Page): void {
  history.replaceState(null, '', hrefOf(next))
  current.value = next
}
