import { shallowRef } from 'vue'
import { locale, onEnglish } from './locale'

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

type Values<Text extends string> = Record<Placeholders<Text>, string | number>

type Arguments<Text extends string> = [Placeholders<Text>] extends [never]
  ? []
  : [values: Values<Text>]

export type English<Zh extends Record<string, string>> = { readonly [Key in keyof Zh]: string }

/** `{n}` is the value; `{n|ticket|tickets}` the first word where it is 1, else the second. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(
    /\{(\w+)(?:\|([^|]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, more?: string) =>
      String((String(values[name]) === '1' ? one : more) ?? values[name] ?? whole),
  )
}

/**
 * A typed `t()` over one set of texts: the Chinese object gives the keys and the placeholders,
 * the English one must have the same keys and comes as a chunk of its own.
 */
export function defineMessages<const Zh extends Record<string, string>>(
  zh: Zh,
  loadEnglish: () => Promise<{ default: English<Zh> }>,
) {
  const english = shallowRef<English<Zh>>()
  onEnglish(async () => {
    english.value ??= (await loadEnglish()).default
  })

  return function t<Key extends keyof Zh & string>(key: Key, ...rest: Arguments<Zh[Key]>): string {
    const text = (locale.value === 'en' && english.value?.[key]) || zh[key]
    const values = rest[0]
    return values ? fill(text ?? key, values) : (text ?? key)
  }
}
