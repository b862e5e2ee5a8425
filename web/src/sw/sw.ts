/// <reference lib="webworker" />
/** Keeps the shell of the officials' app on the phone, so that it opens without a network. */
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

export {}
