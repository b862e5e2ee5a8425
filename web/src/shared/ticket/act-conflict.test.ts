import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Result } from '../api/client'
import ActDialog from './ActDialog.vue'
import { clashes, isOvertaken, reach, withTheirs } from './act-conflict'
import { actSpecs, type Values } from './act-spec'
import { sampleTicket } from './sample-ticket'
import { ticketChanges } from './ticket-changes'
import type { ActInput, Action, Ticket } from './types'

const seen: Ticket = { ...sampleTicket, allowed_actions: ['regrade', 'close_on_call', 'note'] }
const later = (over: Partial<Ticket>): Ticket => ({ ...seen, version: seen.version + 1, ...over })

/** A server that takes what stands on its version, and a page that then knows the newest. */
function desk(action: Action, preset?: Values) {
  let server = seen
  const sent: ActInput[] = []
  const act = async (_action: Action, body: ActInput): Promise<Result<Ticket>> => {
    const known = dialog.props('ticket')
    if (known.version !== server.version) {
      await dialog.setProps({ ticket: server })
      const problem = { type: '', title: '', status: 412, code: 'stale_version', detail: '' }
      return { ok: false, problem }
    }
    sent.push(body)
    return { ok: true, data: server, response: new Response() }
  }
  const dialog = mount(ActDialog, {
    attachTo: document.body,
    props: { action, ticket: seen, act, careful: true, preset },
  })
  const press = async (name: string): Promise<void> => {
    await dialog
      .findAll('button')
      .find((button) => button.text() === name)
      ?.trigger('click')
    await flushPromises()
  }
  return {
    dialog,
    sent,
    press,
    /** Somebody else does something; the feed may tell of it, or not yet. */
    other: async (ticket: Ticket, told: boolean) => {
      server = ticket
      if (told) await dialog.setProps({ ticket })
    },
    submit: async () => {
      await dialog.get('form').trigger('submit')
      await vi.dynamicImportSettled()
      await flushPromises()
    },
  }
}

beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"items":[]}', { status: 200 })))
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

describe('15: a form that was overtaken', () => {
  it.each([true, false])(
    '15: says what the other changed and asks, whether the feed told of it first (%s) or the refusal',
    async (told) => {
      const { dialog, sent, submit, other, press } = desk('regrade', { urgency: 'urgent' })
      await other(later({ urgency: 'critical', unit_name: '住建局' }), told)
      await submit()
      expect(sent).toEqual([])
      expect(dialog.text()).toContain('别人改动了这张工单')
      expect(dialog.get('del').text()).toBe('一般')
      expect(dialog.get('ins').text()).toBe('特急')
      expect(dialog.findAll('.ui-dialog__foot button').map((one) => one.text())).toEqual([
        '先看工单，内容留着',
        '用对方的',
        '用我的，提交',
      ])
      await press('用我的，提交')
      expect(sent).toEqual([{ urgency: 'urgent' }])
    },
  )

  it('15: asks in sight, with the focus on what it says and on no answer', async () => {
    const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView')
    const { dialog, submit, other } = desk('regrade', { urgency: 'urgent' })
    await other(later({ urgency: 'critical' }), true)
    await submit()
    const heading = dialog.get('.ui-banner strong').element
    expect(document.activeElement).toBe(heading)
    expect(scrolled.mock.contexts).toEqual([heading])
    expect(scrolled).toHaveBeenCalledWith({ block: 'start' })
  })

  it('15: takes over theirs and leaves the rest as it was written', async () => {
    const { sent, submit, other, press } = desk('regrade', { urgency: 'urgent', title: '断电' })
    await other(later({ urgency: 'critical' }), true)
    await submit()
    await press('用对方的')
    expect(sent).toEqual([])
    await submit()
    expect(sent).toEqual([{ title: '断电' }])
  })

  it('15: keeps the words for whoever looks first', async () => {
    const { dialog, submit, other, press } = desk('regrade', { urgency: 'urgent', title: '断电' })
    await other(later({ state: 'submitted' }), true)
    await submit()
    expect(dialog.find('del').exists()).toBe(false)
    await press('先看工单，内容留着')
    expect(dialog.emitted('look')?.[0]?.[0]).toMatchObject({ urgency: 'urgent', title: '断电' })
    expect(dialog.emitted('close')).toHaveLength(1)
  })

  it('15: does not offer what can no longer be done', async () => {
    const { dialog, sent, submit, other } = desk('regrade', { urgency: 'urgent' })
    await other(later({ state: 'closed', allowed_actions: ['note'] }), true)
    await submit()
    expect(dialog.text()).toContain('现在不能再“更正分类”')
    expect(dialog.findAll('.ui-dialog__foot button')).toHaveLength(1)
    expect(sent).toEqual([])
  })

  it('15: asks nothing for a later version alone, nor for a remark', async () => {
    const { sent, submit, other } = desk('regrade', { urgency: 'urgent' })
    await other(later({}), true)
    await submit()
    expect(sent).toHaveLength(1)
    expect(isOvertaken('note', seen, later({ state: 'submitted' }))).toBe(false)
  })

  it('15: is found in every act that gives the ticket a value it already had', () => {
    const overwriting = Object.entries(actSpecs)
      .filter(([, fields]) => fields.some(({ name }) => name === 'result_text'))
      .map(([action]) => action as Action)
    const theirs = later({ result_text: '对方写的' })
    const found = overwriting.filter(
      (action) => clashes(action, { result_text: '我写的答复' }, seen, theirs).length > 0,
    )
    expect(overwriting.filter((action) => !found.includes(action))).toEqual([
      'answer_supervision',
      'answer_co_unit',
    ])
  })
})

describe('18: words that leave the house', () => {
  it('18: are shown once more and go only when that is confirmed', async () => {
    const { dialog, sent, submit, press } = desk('close_on_call', { result_text: '请到窗口办理。' })
    await submit()
    expect(sent).toEqual([])
    expect(dialog.text()).toContain('企业马上会看到下面的答复')
    expect(dialog.get('blockquote').text()).toBe('请到窗口办理。')
    await submit() // a second Enter confirms nothing
    expect(sent).toEqual([])
    await press('返回修改')
    expect(dialog.find('blockquote').exists()).toBe(false)
    await submit()
    await press('确认答复企业')
    expect(sent).toEqual([{ result_text: '请到窗口办理。' }])
  })

  it('18: a changed word has to be confirmed anew', async () => {
    const { dialog, submit } = desk('close_on_call', { result_text: '请到窗口办理。' })
    await submit()
    await dialog.get('textarea').setValue('请到二楼窗口办理。')
    expect(dialog.find('blockquote').exists()).toBe(false)
  })

  it('18: an internal remark has a form of its own that says so, and no other words in it', () => {
    expect(actSpecs.note.map(({ name }) => name)).toEqual(['reason'])
    expect(reach.note).toBeUndefined()
    const note = desk('note').dialog
    expect(note.text()).toContain('企业看不到')
    // No form holds a reply and a remark of the same kind side by side.
    const replies = Object.keys(reach) as Action[]
    for (const action of replies) {
      const areas = actSpecs[action].filter(({ kind }) => kind === 'area').map(({ name }) => name)
      expect(areas.filter((name) => name === 'reason' || name === 'result_text')).toHaveLength(1)
    }
  })
})

/** Repeatable chance. */
function dice(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * n)
  }
}

describe('two agents at one ticket', () => {
  const fields = ['title', 'urgency', 'topic'] as const
  type Field = (typeof fields)[number]

  it('15: ten thousand interleavings lose no value silently', () => {
    const below = dice(15)
    let asked = 0
    let overwritten = 0
    const unseen: string[] = []
    for (let life = 0; life < 10_000; life++) {
      let server: Ticket = seen
      const agents = [0, 1].map(() => ({
        page: seen, // what the page has loaded
        form: undefined as { seen: Ticket; values: Values; shown: Set<string> } | undefined,
      }))
      for (let step = 0; step < 20; step++) {
        const agent = agents[below(2)]
        if (!agent) continue
        const { form } = agent
        if (below(3) === 0)
          agent.page = server // the feed
        else if (!form) {
          const shown = new Set(fields.map((field) => `${field}=${agent.page[field]}`))
          agent.form = { seen: agent.page, values: {}, shown }
        } else if (below(2) === 0) {
          const field = fields[below(3)] as Field
          form.values[field] =
            field === 'urgency' ? (below(2) === 0 ? 'urgent' : 'critical') : `v${below(9)}`
        } else if (Object.values(form.values).some(Boolean)) {
          // Send: the page asks first when it knows better, else the server refuses what is stale.
          if (
            !isOvertaken('regrade', form.seen, agent.page) &&
            agent.page.version === server.version
          ) {
            for (const field of fields) {
              const mine = form.values[field]
              if (!mine || mine === server[field]) continue
              overwritten++
              if (!form.shown.has(`${field}=${server[field]}`))
                unseen.push(`${field} in life ${life}`)
            }
            const written = Object.entries(form.values).filter(([, value]) => value !== '')
            server = { ...server, ...Object.fromEntries(written), version: server.version + 1 }
            agent.page = server
            agent.form = undefined
            continue
          }
          agent.page = server
          if (!isOvertaken('regrade', form.seen, agent.page)) continue
          asked++
          const found = clashes('regrade', form.values, form.seen, agent.page)
          const before = { ...form.values }
          // The form shows all that others changed, clash or not.
          for (const { field, to } of ticketChanges(form.seen, agent.page))
            form.shown.add(`${field}=${to}`)
          const choice = below(3)
          if (choice === 1) form.values = withTheirs(form.values, found)
          if (choice === 2) continue // looks; the words stay
          form.seen = agent.page
          // What is not a clash stays as it was typed.
          const names = new Set<string>(found.map(({ name }) => name))
          for (const field of fields)
            if (!names.has(field) && form.values[field] !== before[field])
              unseen.push(`own ${field} in life ${life}`)
        }
      }
    }
    console.info(`15: asked ${asked} times; ${overwritten} values overwritten, each of them seen`)
    expect(unseen).toEqual([])
    expect(asked).toBeGreaterThan(3_000)
    expect(overwritten).toBeGreaterThan(3_000)
  }, 60_000)
})
