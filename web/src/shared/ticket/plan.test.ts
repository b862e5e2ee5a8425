import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Result } from '../api/client'
import ActDialog from './ActDialog.vue'
import { actFaults, toActInput } from './act-input'
import { askedFields } from './act-spec'
import MilestonesField from './MilestonesField.vue'
import { mediationTone, milestoneTone, shownMilestones } from './plan'
import { rowsOf, textOf } from './plan-rows'
import { sampleTicket } from './sample-ticket'
import TicketMediations from './TicketMediations.vue'
import TicketPlan from './TicketPlan.vue'
import UnitsField from './UnitsField.vue'
import type { ActInput, Action, Ticket } from './types'

const ticket: Ticket = {
  ...sampleTicket,
  clocks: [
    {
      kind: 'milestone',
      generation: 3,
      state: 'running',
      started_at: '2026-11-23T01:00:00Z',
      due_at: '2999-12-01T10:00:00Z',
      unit: 'natural',
      derivation: '',
    },
  ],
  allowed_actions: ['meet_milestone'],
  hard_case: true,
  plan_days: 7,
  meetings: [
    {
      number: 2,
      held_on: '2026-11-22',
      unit_names: ['市住建局', '国网公司'],
      conclusion: '由电网负责改造',
      basis: '王副市长',
      noted_at: '2026-11-23T01:00:00Z',
    },
  ],
  milestones: [
    {
      number: 1,
      meeting: 1,
      text: '现场勘查',
      unit_id: 2,
      unit_name: '市住建局',
      state: 'met',
      report: '已勘查',
    },
    {
      number: 2,
      meeting: 1,
      text: '旧方案',
      unit_id: 2,
      unit_name: '市住建局',
      state: 'cancelled',
    },
    {
      number: 3,
      meeting: 2,
      text: '线路改造',
      unit_id: 3,
      unit_name: '国网公司',
      state: 'open',
      yours: true,
    },
    {
      number: 4,
      meeting: 2,
      text: '验收',
      unit_id: 2,
      unit_name: '市住建局',
      state: 'open',
      late: true,
    },
  ],
  mediations: [
    {
      level: 'town',
      unit_name: '孙镇人民政府',
      round: 1,
      started_at: '2026-11-20T01:00:00Z',
      ended_at: '2026-11-21T01:00:00Z',
      outcome: 'failed',
      words: '差距较大',
    },
    { level: 'county', unit_name: '蒲城县司法局', round: 1, started_at: '2026-11-22T01:00:00Z' },
  ],
}

const done = (): Result<Ticket> => ({ ok: true, data: ticket, response: new Response() })

function open(action: Action, preset?: Record<string, string>) {
  const calls: ActInput[] = []
  const act = (_action: Action, body: ActInput): Promise<Result<Ticket>> => {
    calls.push(body)
    return Promise.resolve(done())
  }
  const dialog = mount(ActDialog, {
    attachTo: document.body,
    props: { action, ticket, act, preset },
  })
  return { dialog, calls }
}

beforeEach(() => {
  const units = { items: [{ id: 3, name: '国网公司' }] }
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(units)))
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

describe('the plan of a hard case as a form', () => {
  const row = { text: ' 线路改造 ', unit: '3', day: '2026-12-01' }

  it('keeps its rows in one text and sends them as the contract wants them', () => {
    expect(rowsOf('')).toEqual([{ text: '', unit: '', day: '' }])
    expect(textOf([{ text: ' ', unit: '', day: '' }])).toBe('')
    expect(rowsOf(textOf([row]))).toEqual([row])
    expect(rowsOf('7')).toHaveLength(1)
    expect(rowsOf('[7]')).toEqual([])
    const body = toActInput('plan_hard_case', { unit_ids: '2,3', milestones: textOf([row]) })
    expect(body).toEqual({
      unit_ids: [2, 3],
      milestones: [{ text: '线路改造', unit_id: 3, due_on: '2026-12-01' }],
    })
  })

  it('says so when a step has no unit or no day', () => {
    const values = {
      held_on: '2026-11-22',
      unit_ids: '3',
      conclusion: '由电网改造',
      basis: '王市长',
    }
    const faults = (rows: (typeof row)[]) =>
      actFaults('plan_hard_case', { ...values, milestones: textOf(rows) })
    expect(faults([row])).toEqual([])
    expect(faults([row, { ...row, unit: '' }])).toEqual([['milestones', 'short']])
    expect(faults([{ text: '', unit: '', day: '' }])).toEqual([['milestones', 'missing']])
  })

  it('adds and removes steps', async () => {
    const field = mount(MilestonesField, { props: { id: 'm', label: '节点', modelValue: '' } })
    const rows = () => field.findAll('.plan-rows__row')
    const buttons = () =>
      field.findAll('button').filter((one) => !one.classes('ui-combobox__clear'))
    expect(rows()).toHaveLength(1)
    await buttons().at(-1)?.trigger('click')
    expect(rows()).toHaveLength(2)
    await rows()[0]?.get('input').setValue('线路改造')
    expect(field.emitted('update:modelValue')?.at(-1)).toEqual([
      textOf([
        { text: '线路改造', unit: '', day: '' },
        { text: '', unit: '', day: '' },
      ]),
    ])
    await rows()[1]?.findAll('button').at(-1)?.trigger('click')
    expect(rows()).toHaveLength(1)
  })

  it('takes one unit after the other, each once, and lets go of it', async () => {
    const field = mount(UnitsField, {
      props: {
        id: 'u',
        label: '参会单位',
        modelValue: '3',
        'onUpdate:modelValue': (value: string) => field.setProps({ modelValue: value }),
      },
    })
    const box = field.findComponent({ name: 'UiCombobox' })
    for (const unit of ['4', '3']) {
      box.vm.$emit('update:modelValue', unit)
      await flushPromises()
    }
    expect(field.props('modelValue')).toBe('3,4')
    await field.get('.units__one button').trigger('click')
    expect(field.props('modelValue')).toBe('4')
  })
})

describe('forms of milestones and mediation', () => {
  it('offers the milestones the asker may report and sends the number', async () => {
    const { dialog, calls } = open('meet_milestone', { milestone: '3' })
    const options = dialog.findAll('option').map((one) => one.text())
    expect(options.filter((one) => one.includes('线路改造'))).toHaveLength(1)
    expect(options.some((one) => one.includes('验收'))).toBe(false)
    await dialog.get('textarea').setValue('线路已改造完成')
    await dialog.get('form').trigger('submit')
    await flushPromises()
    expect(calls).toEqual([{ milestone: 3, result_text: '线路已改造完成' }])
  })

  it('asks who keeps an agreement only when there is one', () => {
    const names = (outcome: string) =>
      askedFields('conclude_mediation', { mediation_outcome: outcome }).map(({ name }) => name)
    expect(names('agreed')).toContain('keep_by')
    expect(names('failed')).not.toContain('keeper')
    expect(toActInput('refer_to_mediation', { parties_agree: 'true', reason: '工程款' })).toEqual({
      parties_agree: true,
      reason: '工程款',
    })
  })
})

describe('the plan and the mediations on the ticket', () => {
  it('shows each step with its unit and a button for the one that is mine', async () => {
    const plan = mount(TicketPlan, { props: { ticket } })
    expect(plan.text()).toContain('由电网负责改造')
    expect(plan.text()).toContain('王副市长')
    expect(plan.findAll('.plan__step')).toHaveLength(3)
    expect(plan.findAll('.plan__step button')).toHaveLength(1)
    await plan.get('.plan__step button').trigger('click')
    expect(plan.emitted('meet')).toEqual([[3]])
    await plan.findAll('button').at(-1)?.trigger('click')
    expect(plan.findAll('.plan__step')).toHaveLength(4)
    const none = mount(TicketPlan, {
      props: { ticket: { ...ticket, meetings: [], milestones: [] } },
    })
    expect(none.find('section').exists()).toBe(false)
  })

  it('tells steps and attempts apart by their tone', () => {
    expect(shownMilestones(ticket, true)).toHaveLength(4)
    expect(ticket.milestones?.map(milestoneTone)).toEqual(['ok', 'plain', 'info', 'bad'])
    expect(ticket.mediations?.map(mediationTone)).toEqual(['warn', 'info'])
    const outcomes = (['agreed', 'declined'] as const).flatMap((outcome) =>
      (ticket.mediations ?? []).slice(0, 1).map((one) => mediationTone({ ...one, outcome })),
    )
    expect(outcomes).toEqual(['ok', 'plain'])
  })

  it('shows the latest mediation first', () => {
    const list = mount(TicketMediations, { props: { ticket } })
    const lines = list.findAll('.mediation__line').map((one) => one.text())
    expect(lines[0]).toContain('蒲城县司法局')
    expect(lines[1]).toContain('孙镇人民政府')
    expect(list.text()).toContain('差距较大')
  })
})
