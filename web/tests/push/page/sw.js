// Shows what is pushed, as the real one does, and says what is on the screen then.
const report = (kind, detail) =>
    fetch('/report', { method: 'POST', body: JSON.stringify({ kind, detail }) })

async function show(event) {
    try {
        const { title, body, tag, id } = event.data.json()
        await self.registration.showNotification(title, { body, tag, data: { id } })
        const shown = await self.registration.getNotifications()
        await report(
            'shown',
            shown.map((one) => ({ title: one.title, body: one.body, tag: one.tag })),
        )
    } catch (error) {
        await report('failed', String(error))
    }
}

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('push', (event) => event.waitUntil(show(event)))
