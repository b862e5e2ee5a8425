import { describe, expect, it } from 'vitest'
import type { Result } from '@/shared/api/client'
import { setLocale } from '@/shared/i18n/locale'
import {
  accountFaults,
  accountField,
  emptyAccount,
  enabledUser,
  hasTelephone,
  isLocked,
  toAccountInput,
  type User,
} from './account'
import { detailText, pageOf } from './audit'
import { causeOf, readablePayload, readLetter, toMendedAppeal } from './dead-letter'
import { createPages } from './pages'
import { actionText, objectText } from '../texts/admin'
import { emptyToken, tokenFaults, tokenState, toTokenInput } from './token'

const someone = { ...emptyAccount(), login: 'wang.min', name: '王敏' }

describe('a new account', () => {
  it('is asked for what its role needs, and nothing else', () => {
    expect(accountFaults({ ...someone, role: 'auditor' })).toEqual([])
    expect(accountFaults({ ...someone, role: 'unit_clerk' })).toEqual([['unit', 'missing']])
    expect(accountFaults({ ...someone, role: 'official', unit: '3' })).toEqual([
      ['official', 'missing'],
    ])
    expect(accountFaults({ ...someone, role: 'manager' })).toEqual([])
    expect(accountFaults({ ...someone, role: 'agent' })).toEqual([])
  })

  it('tells in the order of the form what is missing, short, long or not allowed', () => {
    expect(accountFaults(emptyAccount())).toEqual([
      ['role', 'missing'],
      ['login', 'missing'],
      ['name', 'missing'],
    ])
    const typed = { ...someone, role: 'agent', login: '王', extension: '8'.repeat(21) }
    expect(accountFaults(typed)).toEqual([
      ['extension', 'long'],
      ['login', 'short'],
    ])
    expect(accountFaults({ ...someone, role: 'admin', login: '王敏敏' })).toEqual([
      ['login', 'format'],
    ])
  })

  it('T53: asks agents, reviewers and supervisors for the telephone that rings for them', () => {
    const asked = ['agent', 'reviewer', 'supervisor', 'dispatcher', 'official', 'admin', 'auditor']
    expect(asked.filter(hasTelephone)).toEqual(['agent', 'reviewer', 'supervisor'])
  })

  it('leaves out what was chosen for another role before', () => {
    const draft = { ...someone, unit: '12', official: '7', division: '610526', extension: '8001' }
    expect(toAccountInput({ ...draft, role: 'agent' })).toEqual({
      login: 'wang.min',
      name: '王敏',
      role: 'agent',
      extension: '8001',
    })
    expect(toAccountInput({ ...draft, role: 'official' })).toMatchObject({
      unit_id: 12,
      official_id: 7,
    })
  })

  it('puts the complaint of the server at a field the role shows', () => {
    expect(accountField('unit_id', 'unit_clerk')).toBe('unit')
    expect(accountField('unit_id', 'admin')).toBeUndefined()
    expect(accountField('login', 'admin')).toBe('login')
    expect(accountField('elsewhere', 'admin')).toBeUndefined()
  })
})

describe('an account', () => {
  const user: User = {
    id: 4,
    login: 'wang.min',
    name: '王敏',
    role: 'agent',
    disabled: true,
    locked_until: '2026-11-26T04:00:00Z',
  }

  it('is locked until the lock is over', () => {
    expect(isLocked(user, Date.parse('2026-11-26T03:59:59Z'))).toBe(true)
    expect(isLocked(user, Date.parse('2026-11-26T04:00:00Z'))).toBe(false)
  })

  it('is enabled and unlocked in one', () => {
    expect(enabledUser(user)).toEqual({
      id: 4,
      login: 'wang.min',
      name: '王敏',
      role: 'agent',
      disabled: false,
    })
    expect(user.locked_until).toBeDefined()
  })
})

describe('a token', () => {
  it('has a name, and days within the range or none', () => {
    expect(tokenFaults(emptyToken())).toEqual([['name', 'missing']])
    const of = (days: string) => tokenFaults({ name: '话务平台', scope: 'cti', days })
    expect(['1', '730', '', ' 30 '].map(of)).toEqual([[], [], [], []])
    for (const days of ['0', '731', '1.5', '-3', '一年'])
      expect(of(days)).toEqual([['days', 'range']])
    expect(toTokenInput({ name: ' 话务平台 ', scope: 'cti', days: '' })).toEqual({
      name: '话务平台',
      scope: 'cti',
    })
  })

  it('is revoked before it is expired', () => {
    const token = { id: 1, name: 'x', scope: 'cti', created_at: '2026-01-01T00:00:00Z' }
    const now = Date.parse('2026-11-26T00:00:00Z')
    const past = '2026-11-25T00:00:00Z'
    expect(tokenState(token, now)).toBe('valid')
    expect(tokenState({ ...token, expires_at: past }, now)).toBe('expired')
    expect(tokenState({ ...token, expires_at: past, revoked_at: past }, now)).toBe('revoked')
  })
})

describe('a dead letter', () => {
  it('fills the form from what the queue writes', () => {
    const { draft, read } = readLetter(
      JSON.stringify({
        channel: 'web',
        content: '停电三天',
        firm: '秦东面粉厂',
        division: '610526',
        fen: 1250050,
        name: '赵民',
        phone: '13991390001',
        role: '厂长',
        confidential: 1,
        no_reply: 1,
      }),
    )
    expect(read).toBe(true)
    expect(draft).toMatchObject({
      content: '停电三天',
      enterpriseName: '秦东面粉厂',
      division: '610526',
      amount: '12500.5',
      phone: '13991390001',
      roleInFirm: '厂长',
      confidential: true,
      replyWanted: false,
    })
  })

  it('fills it from the names of the interface as well', () => {
    const { draft } = readLetter(
      '{"content":"停电","enterprise_name":"秦东","appellant":{"phone":"0913","reply_wanted":false}}',
    )
    expect(draft).toMatchObject({ enterpriseName: '秦东', phone: '0913', replyWanted: false })
  })

  it('gleans what it can from a payload that is torn', () => {
    const { draft, read } = readLetter(
      '{"phone":"13991390001","content":"停电\\n三天，\\u5382\\u623',
    )
    expect(read).toBe(true)
    expect(draft).toMatchObject({ phone: '13991390001', content: '停电\n三天，厂' })
  })

  it('takes plain words as the matter and leaves nonsense to the reader', () => {
    expect(readLetter(' 停电三天 ')).toMatchObject({ read: false, draft: { content: '停电三天' } })
    expect(readLetter('{]')).toMatchObject({ read: false, draft: { content: '' } })
    expect(readLetter('{"content":{"no":"text"}}').read).toBe(false)
  })

  it('is sent as the form of the portal', () => {
    const { draft } = readLetter(
      '{"content":"停电三天了","phone":"13991390001","urgency":"critical"}',
    )
    expect(toMendedAppeal(draft)).toEqual({
      content: '停电三天了',
      appellant: { phone: '13991390001', reply_wanted: true },
    })
  })

  it('is laid out to be read, with its cause apart', () => {
    expect(readablePayload('{"a":1}')).toBe('{\n  "a": 1\n}')
    expect(readablePayload('{"a"')).toBe('{"a"')
    expect(causeOf('malformed_json at 7')).toEqual({ code: 'malformed_json', rest: 'at 7' })
    expect(causeOf('')).toEqual({ code: '', rest: '' })
  })
})

describe('an audit entry', () => {
  it('tells its detail in one line', () => {
    expect(detailText({ login: 'wang.min', days: 3 } as never)).toBe('login: wang.min · days: 3')
    expect(detailText(undefined)).toBe('')
  })

  it('names what it is about and what was done in the reader’s language', async () => {
    const told = () => ['ticket:WN1', 'user:5', 'audit.read', 'odd:7'].map(objectText)
    expect(told()).toEqual(['工单 WN1', '账号 5', '查看审计日志', 'odd 7'])
    expect(actionText('directory.unit.created')).toBe('新建单位')
    expect(actionText('brand.new')).toBe('brand.new')
    await setLocale('en')
    expect(told()).toEqual(['Ticket WN1', 'Account 5', 'Read the audit log', 'odd 7'])
    expect(actionText('directory.unit.created')).toBe('Unit: created')
    await setLocale('zh-CN')
  })

  it('leads to what has a page, whom may see it', () => {
    const sees =
      (...permissions: string[]) =>
      (one: string) =>
        permissions.includes(one)
    expect(pageOf('ticket:WN1', sees('ticket.list'))).toBe('/tickets/WN1')
    expect(pageOf('unit:3', sees('directory.read'))).toBe('/directory/units/3')
    expect(pageOf('ticket:WN1', sees('directory.read'))).toBeUndefined()
    expect(pageOf('token:3', sees('token.admin'))).toBeUndefined()
  })
})

describe('a list in pages', () => {
  type Page = { items: number[]; next_cursor?: string }
  const ok = (data: Page): Result<Page> => ({ ok: true, data, response: new Response() })

  it('appends page by page and begins anew', async () => {
    const asked: (string | undefined)[] = []
    const pages = createPages<number>((cursor) => {
      asked.push(cursor)
      return Promise.resolve(ok(cursor ? { items: [3] } : { items: [1, 2], next_cursor: 'c' }))
    })
    await pages.load()
    await pages.more()
    expect(pages.items.value).toEqual([1, 2, 3])
    await pages.more()
    expect(asked).toEqual([undefined, 'c'])
    pages.put(20, (item) => item === 2)
    expect(pages.items.value).toEqual([1, 20, 3])
    await pages.load()
    expect(pages.items.value).toEqual([1, 2])
  })

  it('heeds only the answer to the last question', async () => {
    const answers: ((page: Result<Page>) => void)[] = []
    const pages = createPages<number>(() => new Promise((done) => answers.push(done)))
    const first = pages.load()
    const second = pages.load()
    answers[1]?.(ok({ items: [2] }))
    await second
    answers[0]?.(ok({ items: [1] }))
    await first
    expect(pages.items.value).toEqual([2])
    expect(pages.loading.value).toBe(false)
  })
})
