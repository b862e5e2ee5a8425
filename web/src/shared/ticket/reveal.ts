import { api, result, type Result } from '../api/client'
import type { operations } from '../api/schema'
import { defineMessages } from '../i18n/messages'
import zh from './reveal.zh'

/** Texts around showing what is masked. */
export const r = defineMessages(zh, () => import('./reveal.en'))

type Reveal = operations['reveal']
export type MaskedField = Reveal['requestBody']['content']['application/json']['field']
type Revealed = Reveal['responses']['200']['content']['application/json']

const leastReason = 2

/** The server asks for a reason that can be read later; a single letter is none. */
export const isReason = (text: string): boolean => [...text.trim()].length >= leastReason

/** Shows one masked value for a reason. */
export type Ask = (reason: string) => Promise<Result<Revealed>>

export const revealOf =
  (ticketNo: string, field: MaskedField): Ask =>
  (reason) =>
    result(
      api.POST('/tickets/{ticket_no}/reveal', {
        params: { path: { ticket_no: ticketNo } },
        body: { field, reason },
      }),
    )
