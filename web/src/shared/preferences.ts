import { ref, watch } from 'vue'
import { keep, kept } from './kept'

export const themes = ['auto', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]
export type TextSize = 'normal' | 'large'

const themeKey = 'qp.theme'
const textKey = 'qp.text'

export const theme = ref<Theme>('auto')
export const textSize = ref<TextSize>('normal')

/** The theme to paint: a choice wins, else what the system asks for. */
export function paintedTheme(choice: Theme, wantsContrast: boolean, wantsDark: boolean): string {
  if (choice !== 'auto') return choice
  if (wantsContrast && wantsDark) return 'contrast'
  return wantsDark ? 'dark' : 'light'
}

/** Applies the visitor's choices now and whenever they or the system's change. */
export function startPreferences(): void {
  theme.value = themes.find((name) => name === kept(themeKey)) ?? 'auto'
  textSize.value = kept(textKey) === 'large' ? 'large' : 'normal'

  const dark = matchMedia('(prefers-color-scheme: dark)')
  const contrast = matchMedia('(prefers-contrast: more)')
  const paint = () => {
    const root = document.documentElement
    root.dataset['theme'] = paintedTheme(theme.value, contrast.matches, dark.matches)
    root.dataset['text'] = textSize.value
  }
  for (const query of [dark, contrast]) query.addEventListener('change', paint)
  watch([theme, textSize], () => {
    keep(themeKey, theme.value)
    keep(textKey, textSize.value)
    paint()
  })
  paint()
}
