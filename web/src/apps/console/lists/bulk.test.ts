import { describe, expect, it, vi } from 'vitest'
import type { Result } from '@/shared/api/client'
import { networkProblem, type Problem } from '@/shared/api/problem'
import { sampleTicket } from '@/shared/ticket/sample-ticket'
import type { Action, Ticket } from '@/shared/ticket/types'
import { commonActs, createRun, meant, oldest, readMembers, type Member, type Sender } from './bulk'

const numbered = (no: number, over: Partial<Ticket> = {}): Ticket => ({
  ...sampleTicket,
  ticket_no: `WN20261123000001${String(no)}`,
  allowed_actions: ['urge', 'note'],
  ...over,
})
const member = (no: number, over: Partial<Ticket> = {}): Member => ({
  ticket: numbered(no, over),
  etag: '"3"',
})

const refused = (code: string, status: number): Problem => ({
  type: `/problems/${code}`,
  title: '不能办理',
  status,
  code,
  detail: '当前状态不允许。',
})
const done = (ticketNo: string): Result<Ticket> => ({
  ok: true,
  data: { ...sampleTicket, ticket_no: ticketNo, version: 4 },
  response: new Response(),
})

/** A server that answers each ticket with what stands for it, and is done once that is used up. */
function server(answers: Record<string, Problem[]> = {}, reads: Record<string, Member> = {}) {
  const sent: { ticketNo: string; etag: string; key: string }[] = []
  let under = 0
  let most = 0
  const sender: Sender = {
    send: vi.fn(async (ticketNo: string, etag: string, key: string) => {
      sent.push({ ticketNo, etag, key })
      most = Math.max(most, ++under)
      await new Promise((resolve) => setTimeout(resolve))
      under--
      const problem = answers[ticketNo]?.shift()
      return problem ? { ok: false as const, problem } : done(ticketNo)
    }),
    read: vi.fn((ticketNo: string) =>
      Promise.resolve(reads[ticketNo] ?? refused('not_found', 404)),
    ),
    refusal: () => refused('not_allowed_in_state', 409),
    done: vi.fn(),
  }
  return { sender, sent, most: () => most }
}

const members = Array.from({ length: 8 }, (_, no) => member(no))
const no = (at: number): string => members[at]?.ticket.ticket_no ?? ''

describe('one act for many tickets', () => {
  it('offers what every one of them allows, and a new handler only within one unit', () => {
    const acts: Action[] = ['reassign', 'urge', 'callback']
    const pair = [
      member(1, { allowed_actions: acts, unit_id: 7 }),
      member(2, { allowed_actions: acts, unit_id: 7 }),
    ]
    expect(commonActs(pair)).toEqual(['reassign', 'urge'])
    expect(commonActs([...pair, member(3, { allowed_actions: acts, unit_id: 8 })])).toEqual([
      'urge',
    ])
    expect(commonActs([...pair, member(4, { allowed_actions: [] })])).toEqual([])
    expect(commonActs([])).toEqual([])
  })

  it('merges the others into the oldest, and no ticket into itself', () => {
    const [a, b, c] = [member(3), member(1), member(2)]
    expect(oldest([a, b, c])).toBe(b.ticket.ticket_no)
    const body = { parent_ticket_no: b.ticket.ticket_no }
    expect(meant([a, b, c], 'merge', body)).toEqual([a, c])
    expect(meant([a, b, c], 'urge', {})).toHaveLength(3)
  })

  it('sends three at a time, each under its own version and key', async () => {
    const { sender, sent, most } = server()
    const run = createRun(members, 'urge', sender)
    await run.start()
    expect(most()).toBe(3)
    expect(sent.map(({ ticketNo }) => ticketNo).sort()).toEqual(
      members.map(({ ticket }) => ticket.ticket_no),
    )
    expect(new Set(sent.map(({ key }) => key)).size).toBe(8)
    expect(run.count('done')).toBe(8)
    expect(sender.done).toHaveBeenCalledTimes(8)
  })

  it('does nothing twice, however often it is pressed', async () => {
    const { sender, sent } = server()
    const run = createRun(members, 'urge', sender)
    await Promise.all([run.start(), run.start(), run.again()])
    await run.start()
    await run.again()
    expect(sent).toHaveLength(8)
  })

  it('tells of each refusal why, and goes on with the others', async () => {
    const { sender } = server({ [no(2)]: [refused('guard_failed', 409)] })
    const run = createRun(members, 'urge', sender)
    await run.start()
    expect(run.count('done')).toBe(7)
    expect(run.lines.value[2]).toMatchObject({
      outcome: 'refused',
      problem: { detail: '当前状态不允许。' },
    })
  })

  it('sends the same again under the same key where there was no answer', async () => {
    const { sender, sent } = server({ [no(1)]: [networkProblem()] })
    const run = createRun(members.slice(0, 3), 'urge', sender)
    await run.start()
    await run.again()
    expect(run.count('done')).toBe(3)
    const tries = sent.filter(({ ticketNo }) => ticketNo === no(1))
    expect(tries).toHaveLength(2)
    expect(tries[1]).toEqual(tries[0])
    expect(sender.read).not.toHaveBeenCalled()
  })

  it('looks anew at what was refused: under the new version it is a new act', async () => {
    const { sender, sent } = server(
      { [no(1)]: [refused('stale_version', 412)], [no(2)]: [refused('stale_version', 412)] },
      {
        [no(1)]: { ...member(1), etag: '"9"' },
        [no(2)]: { ...member(2, { allowed_actions: ['note'] }), etag: '"9"' },
      },
    )
    const run = createRun(members.slice(0, 3), 'urge', sender)
    await run.start()
    expect(run.count('refused')).toBe(2)
    await run.again()
    const tries = sent.filter(({ ticketNo }) => ticketNo === no(1))
    expect(tries.map(({ etag }) => etag)).toEqual(['"3"', '"9"'])
    expect(tries[0]?.key).not.toBe(tries[1]?.key)
    expect(sent.filter(({ ticketNo }) => ticketNo === no(2))).toHaveLength(1)
    expect(run.lines.value[2]?.problem?.code).toBe('not_allowed_in_state')
  })

  it('stops where it is asked to, and goes on from there', async () => {
    const { sender, sent } = server()
    const run = createRun(members, 'urge', sender)
    const first = run.start()
    run.stop()
    await first
    expect(sent).toHaveLength(3)
    expect(run.count('waiting')).toBe(5)
    await run.start()
    expect(new Set(sent.map(({ ticketNo }) => ticketNo)).size).toBe(8)
    expect(sent).toHaveLength(8)
  })

  it('reads what is marked in its order, and tells how far it is', async () => {
    const told: number[] = []
    const found = await readMembers(
      [no(0), no(1)],
      (ticketNo) => Promise.resolve(ticketNo === no(0) ? member(0) : refused('not_found', 404)),
      (n) => told.push(n),
    )
    expect(found[0]).toEqual(members[0])
    expect(found[1]).toMatchObject({ code: 'not_found' })
    expect(told).toEqual([1, 2])
  })
})
