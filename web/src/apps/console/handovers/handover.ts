import type { components } from '@/shared/api/schema'

export type Handover = components['schemas']['Handover']
export type Deed = components['schemas']['HandoverDeed']['deed']

const underWay: readonly Handover['state'][] = ['waiting', 'sending', 'token', 'accepted']

export const isUnderWay = ({ state }: Handover): boolean => underWay.includes(state)

/** Told to somebody, and still without an answer. */
export const isSilent = (one: Handover): boolean => one.told_at !== undefined && isUnderWay(one)

export function toneOf(one: Handover): 'ok' | 'plain' | 'warn' | 'bad' {
  if (one.state === 'refused' || one.state === 'uncertain' || one.state === 'unknown_there')
    return 'bad'
  if (isSilent(one)) return 'warn'
  return one.state === 'accepted' || one.state === 'closed' ? 'ok' : 'plain'
}

/** What may be done about it; the server decides, this only spares a refusal. */
export function deedsOf({ state }: Handover): readonly Deed[] {
  switch (state) {
    case 'sending':
    case 'token':
      return ['adopt', 'settle']
    case 'accepted':
      return ['settle']
    case 'closed':
    case 'kept_back':
      return ['again', 'settle']
    case 'ended':
      return ['again']
    case 'waiting':
    case 'refused':
    case 'uncertain':
    case 'unknown_there':
      return ['again', 'adopt', 'settle']
  }
}
