import type { components, operations } from '@/shared/api/schema'

export type ApiToken = components['schemas']['ApiToken']
export type TokenInput = operations['createToken']['requestBody']['content']['application/json']

export interface TokenDraft {
  name: string
  scope: string
  days: string
}

export const emptyToken = (): TokenDraft => ({ name: '', scope: 'cti', days: '365' })

export const tokenScopes: readonly TokenInput['scope'][] = ['cti', 'open311']
export const dayRange = { least: 1, most: 730 } as const
export const tokenNameLimit = 80

export type TokenFault = 'missing' | 'long' | 'range'

/** What the page can see wrong before the server looks. */
export function tokenFaults({ name, days }: TokenDraft): [keyof TokenDraft, TokenFault][] {
  const found: [keyof TokenDraft, TokenFault][] = []
  if (name.trim() === '') found.push(['name', 'missing'])
  else if ([...name.trim()].length > tokenNameLimit) found.push(['name', 'long'])
  const typed = days.trim()
  const n = Number(typed)
  const inRange = /^\d+$/.test(typed) && n >= dayRange.least && n <= dayRange.most
  if (typed !== '' && !inRange) found.push(['days', 'range'])
  return found
}

export const toTokenInput = ({ name, scope, days }: TokenDraft): TokenInput => ({
  name: name.trim(),
  scope: scope as TokenInput['scope'],
  ...(days.trim() !== '' && { days: Number(days) }),
})

export type TokenState = 'valid' | 'expired' | 'revoked'

/** Revoked counts before expired: it says that somebody decided it. */
export function tokenState(token: ApiToken, now: number): TokenState {
  if (token.revoked_at !== undefined) return 'revoked'
  return token.expires_at !== undefined && Date.parse(token.expires_at) <= now ? 'expired' : 'valid'
}
