import type { DeepReadonly } from 'vue'
import type { Router } from 'vue-router'
import { api, result } from '@/shared/api/client'
import { may, type Me } from '@/shared/api/session'
import { labelOf } from '@/shared/ticket/labels'
import { t } from '../i18n'
import { navigation } from '../state/navigation'
import { openTicket } from '../state/open-ticket'
import { isNearby, views } from '../state/views'
import { ticketNumber, type Entry } from './find'
import { p } from './i18n'

type Who = DeepReadonly<Me>

/** Everything this person can reach, as one list. */
export function standingEntries(me: Who, router: Router): readonly Entry[] {
  const go = (to: string) => () => void router.push(to)
  const ticket = openTicket.value
  const acts = (ticket?.acts() ?? []).map((action): Entry => ({
    key: `act ${action}`,
    group: 'act',
    label: labelOf('act', action),
    run: () => ticket?.begin(action),
  }))
  const print: Entry[] = ticket
    ? [{ key: 'print', group: 'act', label: p('print'), run: ticket.print }]
    : []
  const saved = views.value.filter(isNearby).map((view): Entry => ({
    key: `view ${view.id}`,
    group: 'view',
    label: view.name,
    run: go(`/views/${view.id}`),
  }))
  const places = navigation(me.user.role, me.permissions ?? []).map(
    ({ to, queue, page }): Entry => ({
      key: to,
      group: queue ? 'queue' : 'page',
      label: queue ? t(`queue.${queue}`) : page ? t(`page.${page}`) : to,
      run: go(to),
    }),
  )
  return [...acts, ...print, ...saved, ...places]
}

/** The list that shows the most of what this person may see. */
function widestList(me: Who): string | undefined {
  const lists = navigation(me.user.role, me.permissions ?? []).filter(({ queue }) => queue)
  return (lists.find(({ queue }) => queue === 'all') ?? lists[0])?.to
}

/** What the words themselves are: a ticket's number, or something to search for. */
export function typedEntries(typed: string, me: Who, router: Router): readonly Entry[] {
  const words = typed.trim()
  const ticketNo = ticketNumber(words)
  if (ticketNo)
    return [
      {
        key: `ticket ${ticketNo}`,
        group: 'ticket',
        label: p('openTicket', { no: ticketNo }),
        run: () => void router.push({ name: 'ticket', params: { ticketNo } }),
      },
    ]
  const list = widestList(me)
  if (list === undefined || [...words].length < 2) return []
  return [
    {
      key: 'search',
      group: 'search',
      label: p('searchFor', { words }),
      run: () => void router.push({ path: list, query: { q: words } }),
    },
  ]
}

/** By name, initials, number or code, as the server finds them. */
export async function enterpriseEntries(
  typed: string,
  me: Who,
  router: Router,
): Promise<readonly Entry[]> {
  const q = typed.trim()
  const list = widestList(me)
  if (!may('enterprise.find') || list === undefined || [...q].length < 2 || ticketNumber(q))
    return []
  const answer = await result(api.GET('/enterprises', { params: { query: { q, limit: 8 } } }))
  if (!answer.ok) return []
  return answer.data.items.map((firm) => ({
    key: `enterprise ${String(firm.id)}`,
    group: 'enterprise' as const,
    label: firm.name,
    detail: firm.division_name,
    run: () =>
      router.hasRoute('enterprise')
        ? void router.push({ name: 'enterprise', params: { id: String(firm.id) } })
        : void router.push({ path: list, query: { q: firm.name } }),
  }))
}
