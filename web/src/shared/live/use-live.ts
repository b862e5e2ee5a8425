import { onScopeDispose, readonly, ref } from 'vue'
import { api, result } from '../api/client'
import { serverClock } from '../clock/server-clock'
import { LiveClient, type LiveOptions, type LiveStatus, type Place } from './live-client'

type Wanted = Pick<LiveOptions, 'topics' | 'onEvent' | 'onResync' | 'onWord'>

async function fetchTicket(): Promise<string | undefined> {
  const answer = await result(api.POST('/live/ticket'))
  return answer.ok ? answer.data.ticket : undefined
}

function open(ticket: string): WebSocket {
  const url = new URL('/api/v1/live', location.href)
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  url.searchParams.set('ticket', ticket)
  return new WebSocket(url)
}

/** The live feed for as long as the component lives. */
export function useLive(wanted: Wanted) {
  const status = ref<LiveStatus>('connecting')
  const client = new LiveClient({
    ...wanted,
    fetchTicket,
    open,
    onStatus: (next) => (status.value = next),
    onServerTime: (serverTime, askedAt) => serverClock.observe(serverTime, askedAt, Date.now()),
  })
  const wake = () => {
    if (document.visibilityState === 'visible') client.wake()
  }
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('online', wake)
  client.start()
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', wake)
    window.removeEventListener('online', wake)
    client.stop()
  })
  return { status: readonly(status), at: (place: Place | undefined) => client.at(place) }
}
