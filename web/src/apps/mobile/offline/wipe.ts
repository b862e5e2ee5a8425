import { forgetSession } from '@/shared/api/session'
import { forgetDevice } from '../state/device'
import { queue } from '../state/queue'
import { clearVisit } from '../state/visit-store'
import { unread } from '../state/notice-count'
import { destroyShelf } from './shelf'

/** The shell, what the worker keeps beside it, the subscription, the worker itself: the next visit brings them anew. */
async function forgetWorker(): Promise<void> {
  const { serviceWorker } = navigator as Partial<Navigator>
  for (const one of (await serviceWorker?.getRegistrations()) ?? []) {
    const subscription = await one.pushManager?.getSubscription().catch(() => null)
    await subscription?.unsubscribe().catch(() => false)
    one.active?.postMessage({ type: 'wipe' })
    await one.unregister()
  }
  if (typeof caches !== 'undefined')
    for (const name of await caches.keys()) await caches.delete(name)
}

/** Nothing of the person is left on this phone: logged out, or the phone was given up from elsewhere. */
export async function wipe(): Promise<void> {
  forgetDevice()
  clearVisit()
  queue.value = []
  unread.value = undefined
  forgetSession()
  await destroyShelf()
  await forgetWorker()
}
