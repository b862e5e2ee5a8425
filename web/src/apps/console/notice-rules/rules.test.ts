import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  courseWords,
  differences,
  draftOf,
  filledIn,
  newLine,
  ruleSetOf,
  standingsOf,
  waysText,
  wordless,
  type NoticeRules,
  type RuleSet,
} from './rules'
import RulesForm from './RulesForm.vue'
import RulesTable from './RulesTable.vue'

const set: RuleSet = {
  minutes_critical: 3,
  minutes_urgent: 15,
  minutes_normal: 60,
  shift_start: '08:30',
  summary_from: 3,
  quiet_from: '22:00',
  quiet_to: '07:00',
  lines: [],
}
const text = (zh: string, en: string) => ({ zh, en })
const telling = (standing: 'handler' | 'office') => ({
  standing,
  weight: 'duty' as const,
  template: {
    title: text('新工单', 'New ticket'),
    body: text('工单{no}已派给您。', 'Ticket{no} is yours.'),
  },
  ways: [
    { urgency: 'normal' as const, channels: [['live' as const], ['wecom' as const]] },
    { urgency: 'urgent' as const, channels: [['live' as const]] },
    { urgency: 'critical' as const, channels: [] },
  ],
})
const rules: NoticeRules = {
  version: 2,
  rules: set,
  shift_start: '08:30',
  channels: ['live', 'wecom', 'sms'],
  minutes_to_next: [],
  occasions: [
    {
      occasion: 'assigned',
      weight: 'duty',
      of_a_ticket: true,
      title: text('新工单', 'New ticket'),
      body: text('工单{no}已派给您。', 'Ticket{no} is yours.'),
      tellings: [telling('handler'), telling('office')],
    },
  ],
  acts: [],
}

describe('the rules in words', () => {
  test('channels stand in their order, and nothing to go by is said', () => {
    expect(waysText([['live', 'web_push'], ['sms']])).toBe('打开的页面、手机推送 → 短信')
    expect(waysText([])).toBe('只进消息列表')
  })

  test('a course is told step by step to its end', () => {
    const at = '2026-11-27T15:00:00.000Z' // 23:00 in the city
    const lines = courseWords({
      steps: [
        { at, channels: ['live'], held: true },
        { at: '2026-11-30T00:30:00.000Z', channels: ['wecom'], held: false },
      ],
      ending: 'handed_on',
      ended_at: '2026-11-30T01:30:00.000Z',
    })
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('23:00')
    expect(lines[0]).toContain('免打扰')
    expect(lines[1]).toContain('企业微信')
    expect(lines[2]).toContain('代理人')
  })

  test('a form gives back the rules it was made of, and lines without a tick say nothing', () => {
    const line = { occasion: 'assigned' as const, without: ['sms' as const] }
    const draft = draftOf({ ...set, lines: [line] })
    draft.lines.push(newLine())
    expect(ruleSetOf(draft)).toEqual({ ...set, lines: [line] })
  })

  test('a version is told by what it changed', () => {
    const line = { occasion: 'assigned' as const, without: ['sms' as const] }
    const newer = { ...set, minutes_urgent: 10, lines: [line] }
    expect(differences(rules, newer, set)).toEqual(['紧急: 15 → 10', '＋ 新工单：不走短信'])
    expect(differences(rules, set, newer)[1]).toBe('－ 新工单：不走短信')
    expect(differences(rules, set, set)).toEqual([])
  })

  test('templates are shown filled in, and missing words are counted', () => {
    expect(filledIn('工单{no}已派给您。', false)).toBe('工单WN202611270000016已派给您。')
    expect(filledIn('Ticket{no} is yours.', true)).toBe('Ticket WN202611270000016 is yours.')
    expect(wordless(rules)).toBe(0)
    const broken = {
      ...telling('handler'),
      template: { title: text('', 'x'), body: text('x', 'x') },
    }
    expect(
      wordless({
        ...rules,
        occasions: rules.occasions.map((one) => ({ ...one, tellings: [broken] })),
      }),
    ).toBe(1)
    expect(standingsOf(rules, 'assigned')).toEqual(['handler', 'office'])
  })
})

describe('the screens', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    document.body.replaceChildren()
  })

  test('the table shows the ways of the urgency chosen', async () => {
    const table = mount(RulesTable, { props: { rules } })
    expect(table.findAll('.notices__ways').at(0)?.text()).toBe('打开的页面企业微信')
    await table.findAll('input[type=radio]').at(2)?.setValue()
    expect(table.text()).toContain('只进消息列表')
    table.unmount()
  })

  test('a change is tried out while it is made, and what is wrong stands at its field', async () => {
    const asked: { rules: RuleSet }[] = []
    const course = { steps: [], ending: 'unreachable', ended_at: '2026-11-27T04:00:00.000Z' }
    vi.stubGlobal('fetch', async (input: Request) => {
      const body = (await input.json()) as { rules: RuleSet }
      asked.push(body)
      if (body.rules.minutes_urgent > 240)
        return Response.json(
          {
            type: '/problems/validation-failed',
            code: 'validation_failed',
            title: '',
            status: 422,
            detail: '',
            errors: [{ field: 'rules.minutes_urgent', code: 'too_long', message: '最多 240' }],
          },
          { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
        )
      return Response.json({ now: course, then: course, changed: [] })
    })
    const form = mount(RulesForm, {
      props: { rules, mayChange: true },
      attachTo: document.body,
    })
    await vi.waitFor(() => expect(form.text()).toContain('没有送到'))
    expect(form.text()).toContain('和现行规则一样')
    await form.get('#rules-minutes_urgent').setValue('999')
    await vi.waitFor(() => expect(form.text()).toContain('最多 240'))
    expect(form.get('button[type=submit]').attributes('disabled')).toBeDefined()
    await form.get('#rules-minutes_urgent').setValue('20')
    await vi.waitFor(() => expect(form.text()).not.toContain('最多 240'))
    await form.get('form').trigger('submit')
    expect(form.get('#rules-note').attributes('aria-invalid')).toBe('true')
    expect(asked.at(-1)?.rules.minutes_urgent).toBe(20)
    form.unmount()
  })
})
