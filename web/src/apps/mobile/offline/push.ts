import { api, result } from '@/shared/api/client'
import { deviceId, deviceName } from '../state/device'
import { registered } from '../state/notice-count'

/** `unsupported`: by the browser; `no_service`: the server sends none. */
export type PushState = 'unsupported' | 'no_service' | 'denied' | 'off' | 'on'

/** How the server tells people; undefined where it knows of no notices at all. */
export async function pushKey() {
  const answer = await result(api.GET('/push-key'))
  return answer.ok ? answer.data : undefined
}

const supported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis

async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  // `ready` waits for ever where registration was refused.
  return navigator.serviceWorker.getRegistration()
}

export async function pushState(key: string): Promise<PushState> {
  if (!supported()) return 'unsupported'
  if (key === '') return 'no_service'
  if (Notification.permission === 'denied') return 'denied'
  const known = await (await registration())?.pushManager.getSubscription()
  return known ? 'on' : 'off'
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (one) => one.charCodeAt(0))
}

/** Some browsers leave the promise open for ever where their push service is not reachable. */
export const subscribeWithin = 10_000

export function raced<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** This phone, to be listed and wiped; with the subscription where there is one. */
export async function register(subscription?: PushSubscription | null): Promise<boolean> {
  const { endpoint, keys } = subscription?.toJSON() ?? {}
  const answer = await result(
    api.POST('/me/devices', {
      body: {
        id: deviceId(),
        name: deviceName(navigator.userAgent),
        kind: 'web_push',
        ...(endpoint && { endpoint }),
        ...(keys?.['p256dh'] && { p256dh: keys['p256dh'] }),
        ...(keys?.['auth'] && { auth: keys['auth'] }),
      },
    }),
  )
  const active = (await (supported() ? registration() : undefined))?.active
  active?.postMessage({ type: 'device', id: deviceId() })
  if (answer.ok) registered.value += 1
  return answer.ok
}

/** At every start: what the browser has renewed meanwhile the server has to know. */
export async function registerAgain(): Promise<void> {
  const known = supported() ? await (await registration())?.pushManager.getSubscription() : null
  await register(known)
}

export type TurnedOn = 'on' | 'denied' | 'failed'

/** To be called out of a tap, after the explanation: browsers ask once. */
export async function turnOn(key: string): Promise<TurnedOn> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  const worker = await registration()
  if (!worker) return 'failed'
  const wanted = { userVisibleOnly: true, applicationServerKey: bytesOf(key) }
  const made = await raced(
    worker.pushManager.subscribe(wanted).catch(() => undefined),
    subscribeWithin,
  )
  return made && (await register(made)) ? 'on' : 'failed'
}

export async function turnOff(): Promise<void> {
  const known = await (await registration())?.pushManager.getSubscription()
  await known?.unsubscribe().catch(() => false)
  await register()
}
