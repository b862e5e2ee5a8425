import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useAnswers, wordsOf } from './answers'

const asked: string[] = []
let scope = effectScope()

function typing(first: string, least: number) {
  const typed = ref(first)
  scope = effectScope()
  return {
    typed,
    found: scope.run(() => useAnswers(() => ({ typed: typed.value }), least)),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(decodeURIComponent(new URL(request.url).search))
    return Promise.resolve(Response.json({ items: [] }))
  })
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('the most used questions are there before anything is typed', async () => {
  const { found } = typing('', 0)
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['?limit=5'])
  expect(found?.items.value).toEqual([])
})

it('an appeal is looked up once enough of it is written', async () => {
  const { typed, found } = typing('请问', 6)
  await vi.advanceTimersByTimeAsync(500)
  expect(asked).toEqual([])
  expect(found?.items.value).toBeUndefined()
  typed.value = '请问营业执照怎么办'
  await nextTick()
  await vi.advanceTimersByTimeAsync(500)
  expect(asked).toEqual(['?q=请问营业执照怎么办&limit=3'])
})

it('of a long appeal only the beginning is sent', () => {
  expect([...wordsOf(` ${'字'.repeat(900)}`)]).toHaveLength(400)
})
