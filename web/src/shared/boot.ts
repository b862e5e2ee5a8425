import './styles/tokens.css'
import './styles/base.css'
import type { App } from 'vue'
import { watch } from 'vue'
import { k } from './i18n/kit'
import { locale, startLocale } from './i18n/locale'
import { startPreferences } from './preferences'

/** Hash routing owns the fragment, so the skip link moves the focus itself. */
function wireSkipLink(): void {
  const link = document.querySelector<HTMLAnchorElement>('.skip-link')
  if (!link) return
  link.addEventListener('click', (event) => {
    event.preventDefault()
    document.getElementById('main')?.focus()
  })
  watch(locale, () => (link.textContent = k('skip')), { immediate: true })
}

/** What every page does before its first paint: language, theme, skip link, then mount. */
export async function boot(app: App, title: () => string): Promise<void> {
  startPreferences()
  await startLocale()
  wireSkipLink()
  watch(locale, () => (document.title = title()), { immediate: true })
  app.mount('#app')
}
