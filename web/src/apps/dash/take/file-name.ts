/** The name a file is to be saved under (RFC 6266, RFC 8187); `otherwise` when none is told. */
export function savedAs(disposition: string | null, otherwise: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  try {
    return encoded ? decodeURIComponent(encoded) : otherwise
  } catch {
    return otherwise
  }
}
