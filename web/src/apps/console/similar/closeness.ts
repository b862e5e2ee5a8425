import type { components } from '@/shared/api/schema'
import { toTicketInput, type Draft } from '../state/draft'

type Schemas = components['schemas']
export type SimilarTicket = Schemas['SimilarTicket']
export type SimilarTickets = Schemas['SimilarTickets']

/** In words: a share of pairs of characters means nothing to a person. */
export type Closeness = 'same' | 'close' | 'partly' | 'topic'

export function closenessOf({
  likeness,
  contained,
}: Pick<SimilarTicket, 'likeness' | 'contained'>): Closeness {
  if (likeness >= 0.6 || contained >= 0.9) return 'same'
  if (likeness >= 0.3 || contained >= 0.6) return 'close'
  return likeness >= 0.12 || contained >= 0.3 ? 'partly' : 'topic'
}

/** Fewer characters say nothing yet. */
const leastCharacters = 8

/** What to ask for a half-written form; nothing while it says too little. */
export function questionOf(draft: Draft): Schemas['SimilarInput'] | undefined {
  const { content, title, topic, enterprise_id, uscc, appellant } = toTicketInput(draft, undefined)
  if ([...content].length < leastCharacters) return undefined
  return {
    content,
    ...(title !== undefined && { title }),
    ...(topic !== undefined && { topic }),
    ...(enterprise_id !== undefined && { enterprise_id }),
    ...(uscc !== undefined && { uscc }),
    ...(appellant?.phone !== undefined && { phone: appellant.phone }),
  }
}

/** Repeats of the same party, and what others say alike. */
export function parted(items: readonly SimilarTicket[]): {
  repeats: readonly SimilarTicket[]
  others: readonly SimilarTicket[]
} {
  return {
    repeats: items.filter(({ duplicate }) => duplicate),
    others: items.filter(({ duplicate }) => !duplicate),
  }
}
