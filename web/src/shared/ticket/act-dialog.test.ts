import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Result } from '../api/client'
import ActDialog from './ActDialog.vue'
import { sampleTicket } from './sample-ticket'
import type { ActInput, Action, Ticket } from './types'

const ticket = sampleTicket

const done = (): Result<Ticket> => ({ ok: true, data: ticket, response: new Response() })
const refusal = (status: number, code: string, errors?: { field: string; message: string }[]) =>
  ({
    ok: false,
    problem: {
      type: '',
      title: '',
      status,
      code,
      detail: '办不了',
      ...(errors && { errors: errors.map((one) => ({ ...one, code: 'x' })) }),
    },
  }) satisfies Result<Ticket>

function open(action: Action, ...answers: Result<Ticket>[]) {
  const calls: { body: ActInput; key: string }[] = []
  const act = (_action: Action, body: ActInput, key: string): Promise<Result<Ticket>> => {
    calls.push({ body, key })
    return Promise.resolve(answers.shift() ?? done())
  }
  const dialog = mount(ActDialog, { attachTo: document.body, props: { action, ticket, act } })
  const submit = async (): Promise<void> => {
    await dialog.get('form').trigger('submit')
    await flushPromises()
  }
  return { dialog, calls, submit }
}

beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"items":[]}', { status: 200 })))
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

describe('form of an act', () => {
  it('sends nothing until it is complete, and leads to what is missing', async () => {
    const { dialog, calls, submit } = open('first_contact')
    await flushPromises()
    await submit()
    expect(calls).toEqual([])
    expect(dialog.findAll('.ui-errors a').map((link) => link.attributes('href'))).toEqual([
      '#act-contact_way',
      '#act-contact_result',
    ])
    await dialog.get('input[value=on_site]').setValue()
    await dialog.get('textarea').setValue('已到现场')
    await submit()
    expect(calls[0]?.body).toEqual({ contact_way: 'on_site', contact_result: '已到现场' })
    expect(dialog.emitted('done')).toHaveLength(1)
    expect(dialog.emitted('close')).toHaveLength(1)
  })

  it('keeps the words and tells of the change when somebody was faster', async () => {
    const { dialog, calls, submit } = open('note', refusal(412, 'stale_version'))
    await flushPromises()
    await dialog.get('textarea').setValue('等待检测')
    await submit()
    expect(dialog.get('.ui-errors').text()).toContain('别人刚刚处理过')
    expect(dialog.get('textarea').element.value).toBe('等待检测')
    await submit()
    expect(calls).toHaveLength(2)
    expect(calls[0]?.key).not.toBe(calls[1]?.key)
  })

  it('sends the same words again under the same key after a broken line', async () => {
    const { dialog, calls, submit } = open('note', refusal(0, 'network'))
    await flushPromises()
    await dialog.get('textarea').setValue('等待检测')
    await submit()
    expect(dialog.get('.ui-errors').text()).toContain('办不了')
    await submit()
    expect(calls[0]?.key).toBe(calls[1]?.key)
  })

  it('puts the server’s complaint at its field', async () => {
    const { dialog, submit } = open(
      'note',
      refusal(422, 'validation_failed', [{ field: 'reason', message: '含有电话号码' }]),
    )
    await flushPromises()
    await dialog.get('textarea').setValue('打 13800000000')
    await submit()
    expect(dialog.get('#act-reason-error').text()).toBe('含有电话号码')
  })

  it('takes photographs with a contact, an extension and a result, where the ticket takes files', async () => {
    const dialogFor = async (action: Action, can_attach: boolean) => {
      const act = () => Promise.resolve(done())
      const props = { action, ticket: { ...ticket, can_attach }, act }
      const dialog = mount(ActDialog, { attachTo: document.body, props })
      await vi.dynamicImportSettled()
      await flushPromises()
      return dialog
    }
    expect((await dialogFor('first_contact', false)).find('.file-picker').exists()).toBe(false)
    expect((await dialogFor('add_co_unit', true)).find('.file-picker').exists()).toBe(false)
    expect((await dialogFor('ask_extension', true)).find('.file-picker').exists()).toBe(true)
    const contact = await dialogFor('first_contact', true)
    const ticked = '.file-picker input[type=checkbox]'
    expect(contact.get<HTMLInputElement>(ticked).element.checked).toBe(false)
    const note = await dialogFor('note', true)
    expect(note.get<HTMLInputElement>(ticked).element.checked).toBe(true)
  })

  it('answers a question from an article of the knowledge base and names its version', async () => {
    const article = {
      article_id: 12,
      version: 3,
      title: '施工许可证怎么办',
      answer: '向所在地住建部门申请，七日内办结。',
      basis: '《建筑工程施工许可管理办法》',
      unit_name: '市住建局',
      review_overdue: true,
      match: { score: 700, words: ['施工许可'] },
    }
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ items: [article] })))
    const { dialog, calls, submit } = open('close_on_call')
    await vi.waitFor(() => expect(dialog.find('.fits button').exists()).toBe(true))
    expect(dialog.get('.fits').text()).toContain('匹配：施工许可')
    expect(dialog.get('.fits').text()).toContain('复核逾期')
    await dialog.get('.fits button').trigger('click')
    expect(dialog.get<HTMLTextAreaElement>('#act-result_text').element.value).toBe(article.answer)
    await submit()
    expect(calls[0]?.body).toEqual({
      article_id: 12,
      article_version: 3,
      result_text: article.answer,
    })
  })

  it('leaves an answer alone that the person wrote, and takes an article off again', async () => {
    const article = { article_id: 12, version: 3, title: '题', answer: '条目里的答复' }
    const whole = { ...article, basis: '', unit_name: '', review_overdue: false }
    const items = [{ ...whole, match: { score: 700, words: [] } }]
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ items })))
    const { dialog, calls, submit } = open('close_on_call')
    await vi.waitFor(() => expect(dialog.find('.fits button').exists()).toBe(true))
    await dialog.get('#act-result_text').setValue('按企业情况另行答复')
    await dialog.get('.fits button').trigger('click')
    await dialog.get('.article-field__chosen button').trigger('click')
    await submit()
    expect(calls[0]?.body).toEqual({ result_text: '按企业情况另行答复' })
  })
})
