import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { saysEnough, useSuggestions } from './use-suggestions'

const item = (title: string) => ({
  article_id: 1,
  title,
  match: { score: 500, words: [], title: [{ text: title }] },
})
const scopes: ReturnType<typeof effectScope>[] = []

function typing(first: string) {
  const text = ref(first)
  const scope = effectScope()
  scopes.push(scope)
  const found = scope.run(() => useSuggestions(() => ({ text: text.value, topic: '' })))
  return { text, titles: () => found?.items.value.map(({ title }) => title) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('articles that fit what is typed', () => {
  it('are asked for once the typing rests, not at every key', async () => {
    const asked: unknown[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      asked.push(await request.json())
      return Response.json({ items: [item('退税')] })
    })
    const { text, titles } = typing('出口退')
    for (const typed of ['出口退税', '出口退税多久', '出口退税多久到账']) {
      text.value = typed
      await nextTick()
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(asked).toEqual([])
    await vi.advanceTimersByTimeAsync(300)
    expect(asked).toEqual([{ text: '出口退税多久到账' }])
    expect(titles()).toEqual(['退税'])
  })

  it('are those of the last words, whenever the answers come', async () => {
    const answers: ((response: Response) => void)[] = []
    vi.stubGlobal('fetch', () => new Promise<Response>((answer) => answers.push(answer)))
    const { text, titles } = typing('营业执照怎么办')
    await vi.advanceTimersByTimeAsync(300)
    text.value = '食品经营许可怎么办'
    await nextTick()
    await vi.advanceTimersByTimeAsync(300)
    answers[1]?.(Response.json({ items: [item('许可')] }))
    await vi.advanceTimersByTimeAsync(0)
    answers[0]?.(Response.json({ items: [item('执照')] }))
    await vi.advanceTimersByTimeAsync(0)
    expect(titles()).toEqual(['许可'])
  })

  it('stay while the server cannot be asked, and go when too little is said', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ items: [item('执照')] })))
    const { text, titles } = typing('营业执照怎么办')
    await vi.advanceTimersByTimeAsync(300)
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no line')))
    text.value = '营业执照怎么办理'
    await nextTick()
    await vi.advanceTimersByTimeAsync(300)
    expect(titles()).toEqual(['执照'])
    text.value = '营业'
    await nextTick()
    await vi.advanceTimersByTimeAsync(300)
    expect(titles()).toEqual([])
  })

  it.each([
    ['', false],
    [' 用电 ', false],
    ['用电报装', true],
  ])('need more than a word: %j', (text, enough) => {
    expect(saysEnough(text)).toBe(enough)
  })
})
