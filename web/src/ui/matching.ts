import type { Option } from './option'

const most = 50

/** Choices whose label or detail holds every typed word; those that begin with it come first. */
export function matching(options: readonly Option[], typed: string): readonly Option[] {
  const text = typed.trim().toLowerCase()
  if (text === '') return options.slice(0, most)
  const words = text.split(/\s+/)
  const holds = (option: Option): boolean => {
    const hay = `${option.label} ${option.detail ?? ''}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  }
  const hits = options.filter(holds)
  const first = hits.filter((option) => option.label.toLowerCase().startsWith(text))
  return [...first, ...hits.filter((option) => !first.includes(option))].slice(0, most)
}
