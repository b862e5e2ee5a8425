// Subscribes and says what it got; what is shown is said by the service worker.
const report = (kind, detail) =>
    fetch('/report', { method: 'POST', body: JSON.stringify({ kind, detail }) })

try {
    const key = await (await fetch('/key')).text()
    await navigator.serviceWorker.register('/sw.js')
    const registration = await navigator.serviceWorker.ready
    const subscription = await registration.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: key,
    })
    await report('subscribed', subscription.toJSON())
} catch (error) {
    await report('failed', String(error))
}
