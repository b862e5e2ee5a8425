import { me } from '@/shared/api/session'
import { registerServiceWorker } from '@/shared/sw-register'
import { router } from '../routes'
import { deviceId } from '../state/device'
import { loadMine } from '../state/my-tickets'
import { channels, pressed, serverKey } from '../state/notice-count'
import { countUnread } from '../state/notices'
import { pushKey, registerAgain } from './push'
import { wipe } from './wipe'

interface Word {
  type?: string
  hash?: string
}

/** A notification was pressed: to its ticket, as the server has it now. */
async function openAt(hash: string): Promise<void> {
  await router.push(hash.replace(/^#/, '') || '/')
  pressed.value += 1
  void loadMine()
}

/** What the service worker says to the page; a WebView may have none. */
export function listenToWorker(): void {
  const { serviceWorker } = navigator as Partial<Navigator>
  serviceWorker?.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    if (data.type === 'open') void openAt(data.hash ?? '')
    if (data.type === 'wipe') void wipe()
    if (data.type === 'resubscribe' && me.value) void registerAgain()
  })
}

/** After a log-in: the phone gets its name in the list of devices, and what it has missed is counted. */
export async function joinNotices(): Promise<void> {
  deviceId()
  void registerServiceWorker()
  const ways = await pushKey()
  serverKey.value = ways?.public_key
  channels.value = ways?.channels ?? []
  if (serverKey.value === undefined) return
  await registerAgain()
  await countUnread()
}
