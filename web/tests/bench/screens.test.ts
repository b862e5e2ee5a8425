import type { Page } from 'playwright-core'
import { afterAll, describe, it } from 'vitest'
import { clientOf, type Client } from '../e2e/api'
import { logIn } from '../e2e/people'
import { desk, phone, useBrowser, type Viewport } from '../e2e/session'
import { Figures, goal } from './figures'
import { painted, questionsScript, type Deed } from './paint'

const visit = useBrowser()
const rounds = Number(process.env.BENCH_ROUNDS ?? 30)
const wide: Viewport = { width: 1920, height: 1080 }

/** One that is opened again and again: by what, and what of it tells that it is there. */
interface Screen {
  name: string
  by: Deed | ((round: number) => Deed)
  shown: string
  /** Closes what it has opened; not measured. */
  then?: Deed
}

const figures = new Figures()
afterAll(() => {
  const { lines, missed } = figures.told()
  console.log(lines.join('\n'))
  console.log(`promised: p95 < ${String(goal)} ms each: ${missed === 0 ? 'met' : 'NOT MET'}`)
})

/** Round after round, so that nothing an answer was remembered for is still remembered. */
async function measure(page: Page, who: string, screens: readonly Screen[]): Promise<void> {
  for (let round = -1; round < rounds; round++)
    for (const { name, by, shown, then } of screens) {
      const deed = typeof by === 'function' ? by(round + 1) : by
      const one = await painted(page, deed, shown)
      // The first round fetches the parts of the page.
      if (round >= 0) figures.add(`${who}: ${name}`, one)
      if (then) await painted(page, then, 'body')
    }
}

const rows = '.ui-grid__row'
const list = (queue: string, shown = rows): Screen => ({
  name: `list ${queue}`,
  by: { go: `#/lists/${queue}` },
  shown,
})
const search = (what: string, words: string): Screen => ({
  name: `search ${what}`,
  by: { go: `#/lists/all?q=${encodeURIComponent(words)}` },
  shown: `${rows}, .ui-empty`,
})
const page = (path: string, shown = 'tbody tr'): Screen => ({
  name: `page ${path}`,
  by: { go: `#/${path}` },
  shown: `${shown}, .ui-empty`,
})

async function numbers(client: Client, query: string): Promise<string[]> {
  const { items } = await client.get<{ items: { ticket_no: string }[] }>(`/tickets?${query}`)
  return items.map(({ ticket_no }) => ticket_no)
}

const oneOf = (tickets: readonly string[], round: number): string =>
  tickets[round % tickets.length] ?? ''

async function enter(app: string, who: string, viewport: Viewport): Promise<Page> {
  const { page } = await visit({ viewport, script: questionsScript })
  await logIn(page, app, who)
  return page
}

const lists: Readonly<Record<string, readonly string[]>> = {
  dispatcher: ['dispatching', 'open', 'overdue', 'all'],
  reviewer: ['reviewing', 'callbacks'],
  supervisor: ['overdue', 'returns', 'hardCases', 'parked', 'open'],
  unit_clerk: ['signing', 'working', 'waiting', 'overdue', 'all'],
}

describe('the screens with a million tickets', () => {
  it.each(Object.keys(lists))('lists of the %s', async (who) => {
    const at = await enter('/console', who, desk)
    await at.locator('.nav').waitFor()
    const own = (lists[who] ?? []).map((queue) => list(queue, `${rows}, .ui-empty`))
    // One of them is open already.
    await painted(at, { go: '#/knowledge' }, 'tbody tr')
    await measure(at, who, own)
  })

  it('searches, tickets and pages of the console', async () => {
    const reader = await clientOf('dispatcher')
    const open = await numbers(reader, 'state=handling&limit=40')
    const { items: firms } = await reader.get<{ items: { id: number }[] }>(
      `/enterprises?q=${encodeURIComponent('公司')}&limit=30`,
    )
    const at = await enter('/console', 'dispatcher', desk)
    await at.locator('.nav').waitFor()
    await measure(at, 'dispatcher', [
      search('rare word', '琉璃瓦窑'),
      search('common word', '停电'),
      search('two words', '变压器 大荔县'),
      search('nothing', '没有这几个字'),
      {
        name: 'ticket',
        by: (n) => ({ go: `#/tickets/${oneOf(open, n)}` }),
        shown: '.ticket__acts',
      },
      {
        name: 'enterprise',
        by: (n) => ({ go: `#/enterprises/${String(firms[n % firms.length]?.id ?? 1)}` }),
        shown: '.life__columns',
      },
      page('handovers'),
      page('knowledge'),
      page('directory', '.directory'),
    ])
  })

  it('pages of who takes calls', async () => {
    const at = await enter('/console', 'agent', desk)
    await at.locator('#draft-content').waitFor()
    await measure(at, 'agent', [
      page('calls'),
      page('missed'),
      { name: 'form of a call', by: { go: '#/desk' }, shown: '#draft-content' },
      list('mine', `${rows}, .ui-empty`),
    ])
  })

  it('pages of who keeps it', async () => {
    const at = await enter('/console', 'admin', desk)
    await at.locator('.nav').waitFor()
    await measure(at, 'admin', [
      page('users'),
      page('bulletins'),
      page('noticeRules', 'table'),
      page('permissions', 'table'),
      page('tokens'),
      page('integrations', 'h1'),
      page('deadLetters'),
      page('policies', 'h1'),
      page('directory/officials', '.directory'),
    ])
  })

  it('the board', async () => {
    const at = await enter('/dash', 'manager', wide)
    await at.locator('.board__rates').waitFor()
    await at.locator('.board__trend svg').waitFor()
    const period = (value: string): Screen => ({
      name: `period ${value}`,
      by: { choose: '.top__tools select', value },
      shown: '.board__main[aria-busy=false]',
    })
    const tab = (name: string, nth: number, shown: string): Screen => ({
      name: `table ${name}`,
      by: { press: '.board__tables [role=tab]', nth },
      shown,
    })
    await measure(at, 'manager', [
      period('today'),

      period('lastMonth'),
      period('quarter'),
      period('year'),
      period('month'),
      tab('by unit', 1, '.board__tables table'),
      tab('all rates', 2, '.board__tables table'),
      tab('compared', 3, '.board__tables table'),
      tab('scores', 4, '.board__tables table'),
      tab('by division', 0, '.board__tables table'),
      {
        name: 'behind a rate',
        by: (n) => ({ press: '.rate__behind', nth: n % 4 }),
        shown: 'dialog[open]',
        then: { press: 'dialog[open] button' },
      },
      {
        name: 'tickets of a number',
        by: { press: '.rate__value button' },
        shown: 'dialog[open]',
        then: { press: 'dialog[open] button' },
      },
    ])
  })

  it('the phone of an official', async () => {
    const at = await enter('/mobile', 'official', phone)
    await at.locator('.list').waitFor()
    const official = await clientOf('official')
    const own = await numbers(official, 'mine=true&state=open&limit=30')
    await measure(at, 'official', [
      { name: 'notices', by: { go: '#/notices' }, shown: 'main' },
      { name: 'list', by: { go: '#/' }, shown: '.list__rows, .ui-empty' },
      ...(own.length > 0
        ? [
            {
              name: 'ticket',
              by: (n: number): Deed => ({ go: `#/tickets/${oneOf(own, n)}` }),
              shown: '.detail__head',
            },
          ]
        : []),
    ])
  })
})
