import { afterEach, describe, expect, it } from 'vitest'
import { setLocale, textsReady } from './locale'
import { defineMessages, fill } from './messages'

interface Texts {
  default: Record<string, string>
}

const chinese = import.meta.glob<Texts>('../../**/*.zh.ts', { eager: true })
const english = import.meta.glob<Texts>('../../**/*.en.ts', { eager: true })

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()

describe('texts', () => {
  const files = Object.entries(chinese)

  it('are found', () => {
    expect(files.length).toBeGreaterThan(5)
    expect(Object.keys(english)).toHaveLength(files.length)
  })

  it.each(files)('%s has the same keys and placeholders in English', (path, zh) => {
    const en = english[path.replace('.zh.ts', '.en.ts')]?.default ?? {}
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh.default).sort())
    for (const [key, text] of Object.entries(zh.default))
      expect([key, placeholders(en[key] ?? '')]).toEqual([key, placeholders(text)])
  })

  it.each(files)('%s tells one from many in English by a value there is', (path, zh) => {
    const en = english[path.replace('.zh.ts', '.en.ts')]?.default ?? {}
    for (const [key, text] of Object.entries(en)) {
      const counted = [...text.matchAll(/\{(\w+)\|/g)].map((m) => m[1])
      expect(placeholders(zh.default[key] ?? '')).toEqual(expect.arrayContaining(counted))
      expect([key, fill(text, {})]).not.toEqual([key, expect.stringContaining('|')])
    }
  })

  it.each(Object.entries(english))('%s has no Chinese and nothing empty', (_path, en) => {
    for (const text of Object.values(en.default)) {
      expect(text.trim()).not.toBe('')
      expect(text.replace('中文', '')).not.toMatch(/\p{Script=Han}/u)
    }
  })
})

describe('t()', () => {
  afterEach(() => setLocale('zh-CN'))

  it('follows the language and sets lang', async () => {
    const t = defineMessages({ hello: '你好，{name}' }, () =>
      Promise.resolve({ default: { hello: 'Hello {name}' } }),
    )
    expect(t('hello', { name: '渭南' })).toBe('你好，渭南')
    await setLocale('en')
    expect(t('hello', { name: 'Weinan' })).toBe('Hello Weinan')
    expect(document.documentElement.lang).toBe('en')
  })

  it('is English as well where a page comes while the first English texts are on their way', async () => {
    let arrive: () => void = () => undefined
    const first = new Promise<void>((done) => (arrive = done))
    defineMessages({ hello: '你好' }, () => first.then(() => ({ default: { hello: 'Hello' } })))
    const turned = setLocale('en')
    const late = defineMessages({ bye: '再见' }, () => Promise.resolve({ default: { bye: 'Bye' } }))
    arrive()
    await turned
    await textsReady()
    expect(late('bye')).toBe('Bye')
  })

  it('has a word for one and another for any other number', () => {
    const text = 'Act on {n} {n|ticket|tickets}: {n|it|they} must wait'
    expect(fill(text, { n: 1 })).toBe('Act on 1 ticket: it must wait')
    expect(fill(text, { n: '1' })).toBe('Act on 1 ticket: it must wait')
    expect(fill(text, { n: 0 })).toBe('Act on 0 tickets: they must wait')
    expect(fill(text, { n: '1,000' })).toBe('Act on 1,000 tickets: they must wait')
  })

  it('leaves an unknown placeholder as it stands', () => {
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}')
  })
})
