import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import RevealDialog from './RevealDialog.vue'
import { isReason, revealOf } from './reveal'

const problem = {
  type: 'about:blank',
  title: '太多',
  status: 429,
  code: 'rate_limited',
  detail: '查看次数过多，请稍后再试。',
}

function open(answer: Response) {
  const asked: Request[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request)
    return Promise.resolve(answer)
  })
  const dialog = mount(RevealDialog, {
    attachTo: document.body,
    props: { open: true, ask: revealOf('WN2026112300000001', 'appellant_phone') },
  })
  const send = async (reason: string): Promise<void> => {
    await dialog.get('input').setValue(reason)
    await dialog.get('form').trigger('submit')
    await flushPromises()
  }
  return { dialog, asked, send }
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

describe('showing what is masked', () => {
  it('19: asks for a reason that can be read later', () => {
    expect(['', ' 回 ', '𠮷'].some(isReason)).toBe(false)
    expect(isReason('回访')).toBe(true)
  })

  it('19: sends nothing without a reason', async () => {
    const { dialog, asked, send } = open(json({}))
    await flushPromises()
    await send(' ')
    expect(asked).toEqual([])
    expect(dialog.get('.ui-field__error').text()).toContain('用途')
  })

  it('hands the value out and closes', async () => {
    const { dialog, asked, send } = open(json({ field: 'appellant_phone', value: '13800000000' }))
    await flushPromises()
    await send(' 回访 ')
    expect(await asked[0]?.json()).toEqual({ field: 'appellant_phone', reason: '回访' })
    expect(dialog.emitted('revealed')).toEqual([['13800000000']])
    expect(dialog.emitted('update:open')?.at(-1)).toEqual([false])
  })

  it('stays open with the refusal', async () => {
    const { dialog, send } = open(json(problem, 429))
    await flushPromises()
    await send('回访')
    expect(dialog.get('.ui-field__error').text()).toBe(problem.detail)
    expect(dialog.emitted('revealed')).toBeUndefined()
  })
})
