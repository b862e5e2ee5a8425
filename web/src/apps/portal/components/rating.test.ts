import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import RatingPanel from './RatingPanel.vue'

function serve(status: number, body: unknown) {
  const sent: { body: unknown; key: string | null }[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push({ body: await request.json(), key: request.headers.get('Idempotency-Key') })
    return new Response(JSON.stringify(body), { status })
  })
  return sent
}

const panel = () => mount(RatingPanel, { props: { ticketNo: 'WN202611230000017', code: 'K7MX2P' } })

async function tap(wrapper: ReturnType<typeof panel>, text: string): Promise<void> {
  const button = wrapper.findAll('button').find((one) => one.text() === text)
  if (!button) throw new Error(`no button ${text}`)
  await button.trigger('click')
  await flushPromises()
}

afterEach(() => vi.unstubAllGlobals())

describe('rating', () => {
  it('takes two taps when all is well', async () => {
    const sent = serve(200, { ticket_no: 'WN202611230000017' })
    const rating = panel()
    await tap(rating, '解决了')
    expect(sent).toHaveLength(0)
    await tap(rating, '满意')
    expect(sent.map((one) => one.body)).toEqual([
      { code: 'K7MX2P', solved: 'yes', satisfaction: 'satisfied' },
    ])
    expect(rating.emitted('rated')).toHaveLength(1)
  })

  it('asks why before it sends a bad word, and sends the reason with it', async () => {
    const sent = serve(200, {})
    const rating = panel()
    await tap(rating, '没有解决')
    await tap(rating, '不满意')
    expect(sent).toHaveLength(0)
    await rating.get('textarea').setValue(' 只打了电话 ')
    await rating.get('form').trigger('submit')
    await flushPromises()
    expect(sent[0]?.body).toMatchObject({ solved: 'no', reason: '只打了电话' })
  })

  it('shows why it was refused and sends again under the same key', async () => {
    const sent = serve(503, { type: '', title: '忙', status: 503, code: 'busy', detail: '请稍后' })
    const rating = panel()
    await tap(rating, '解决了')
    await tap(rating, '非常满意')
    expect(rating.get('[role=alert]').text()).toContain('请稍后')
    await tap(rating, '提交评价')
    expect(sent).toHaveLength(2)
    expect(sent[0]?.key).toBe(sent[1]?.key)
  })
})
