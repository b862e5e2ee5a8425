/// <reference lib="webworker" />
/** Keeps the shell of the officials' app on the phone, so that it opens without a network, and shows what is pushed to it. */
import { addressIn, optionsOf, parsePush, unreadable, type Pushed } from './push'
import { forgetShown, isFirst, keepDevice, keptDevice } from './shown'

declare const self: ServiceWorkerGlobalScope

interface Shell {
  version: string
  files: string[]
}

// The build replaces the placeholder with the list of files, as a JSON text.
const shell = JSON.parse('__SHELL__') as Shell
const cacheName = `shell-${shell.version}`
const page = '/mobile'

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) =>
        cache.addAll(shell.files.map((file) => new Request(file, { cache: 'reload' }))),
      )
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((n) => n !== cacheName).map((n) => caches.delete(n))),
      )
      .then(() => self.clients.claim()),
  )
})

async function pageOrShell(request: Request): Promise<Response> {
  try {
    const fresh = await fetch(request)
    if (fresh.ok) return fresh
    return (await caches.match(page)) ?? fresh
  } catch {
    return (await caches.match(page)) ?? Response.error()
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  // Answers of the API are personal: they never go into this cache.
  if (url.pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') {
    if (url.pathname === page) event.respondWith(pageOrShell(request))
    return
  }
  if (url.pathname.startsWith('/assets/') || url.pathname.startsWith('/icons/')) {
    event.respondWith(caches.match(request).then((hit) => hit ?? fetch(request)))
  }
})

/** The receipt; a session may be over, then nobody wants one. */
async function tellShown(id: string): Promise<void> {
  const device = await keptDevice().catch(() => undefined)
  if (!device || !/^\d+$/.test(id)) return
  const me = await fetch('/api/v1/me', { headers: { 'X-Device': device } })
  if (!me.ok) return
  const { csrf_token } = (await me.json()) as { csrf_token: string }
  await fetch(`/api/v1/notices/${id}/shown`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-CSRF-Token': csrf_token,
      'X-Device': device,
    },
    body: JSON.stringify({ device }),
  })
}

async function show(notice: Pushed): Promise<void> {
  if (notice.id !== '' && !(await isFirst(notice.id))) return
  await self.registration.showNotification(notice.title, optionsOf(notice))
  await tellShown(notice.id).catch(() => undefined)
}

async function tellPages(message: unknown): Promise<void> {
  for (const page of await self.clients.matchAll({ type: 'window' })) page.postMessage(message)
}

/** This phone was given up: nothing of its owner stays on it, whether a page is open or not. */
async function wipe(): Promise<void> {
  await tellPages({ type: 'wipe' })
  for (const name of await caches.keys()) await caches.delete(name)
  indexedDB.deleteDatabase('qp-mobile')
  await forgetShown()
  const subscription = await self.registration.pushManager.getSubscription()
  await subscription?.unsubscribe()
  await self.registration.unregister()
}

self.addEventListener('push', (event) => {
  const message = parsePush(event.data?.text() ?? '')
  if (message.kind === 'wipe') event.waitUntil(wipe())
  else event.waitUntil(show(message.kind === 'notice' ? message.notice : unreadable))
})

/** A page that is open goes there itself, and asks the server anew; else one is opened. */
async function openAt(address: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const page = pages.find(({ url }) => new URL(url).pathname === '/mobile')
  if (!page) {
    await self.clients.openWindow(address)
    return
  }
  page.postMessage({ type: 'open', hash: new URL(address).hash })
  await page.focus()
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { url } = event.notification.data as { url: string }
  event.waitUntil(openAt(addressIn(url, self.location.origin)))
})

self.addEventListener('message', (event) => {
  const data = event.data as { type?: string; id?: string }
  if (data.type === 'device' && data.id) event.waitUntil(keepDevice(data.id))
  if (data.type === 'wipe') event.waitUntil(forgetShown())
})

// The browser has renewed the subscription: a page registers the new one when it is opened.
self.addEventListener('pushsubscriptionchange', (event) => {
  ;(event as ExtendableEvent).waitUntil(tellPages({ type: 'resubscribe' }))
})
