interface ScriptPolicy {
  createScriptURL(input: string): string
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (input: string) => string }): ScriptPolicy
}

const address = '/sw.js'

let policy: ScriptPolicy | undefined

/** The one address this page may run a worker from; the policy refuses every other. */
function trustedAddress(): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  if (!types) return address
  policy ??= types.createPolicy('qp-sw', {
    createScriptURL(input) {
      if (input !== address) throw new TypeError('not the service worker')
      return input
    },
  })
  return policy.createScriptURL(address)
}

/** A WebView may have no service workers: the page then simply needs the network to open. */
export async function registerServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register(trustedAddress())
  } catch {
    // Refused (private window, no TLS on the office network): the page works without.
  }
}
