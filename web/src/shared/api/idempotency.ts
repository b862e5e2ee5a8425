/** A key for one intention of the user: made once, kept until the server has answered. */
export function newKey(): string {
  // randomUUID is missing where the page is not served over TLS (a test on the office network).
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
