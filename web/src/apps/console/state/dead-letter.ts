import type { components } from '@/shared/api/schema'
import { emptyDraft, toTicketInput, type Draft } from './draft'

type Schemas = components['schemas']
export type DeadLetter = Schemas['DeadLetter']
type AppealInput = Schemas['AppealInput']

/** Names a payload uses, ours in the queue and those of the interface, and the field they fill. */
const names: Readonly<Record<string, keyof Draft>> = {
  title: 'title',
  content: 'content',
  type: 'type',
  topic: 'topic',
  division: 'division',
  town: 'town',
  place: 'place',
  wanted: 'wanted',
  uscc: 'uscc',
  firm: 'enterpriseName',
  enterprise_name: 'enterpriseName',
  amount_yuan: 'amount',
  name: 'name',
  phone: 'phone',
  role: 'roleInFirm',
  role_in_firm: 'roleInFirm',
  anonymous: 'anonymous',
  confidential: 'confidential',
  reply_wanted: 'replyWanted',
}

type Found = Record<string, unknown>

const isObject = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(payload: string): Found | undefined {
  try {
    const value: unknown = JSON.parse(payload)
    if (!isObject(value)) return undefined
    const person = value['appellant']
    return isObject(person) ? { ...value, ...person } : value
  } catch {
    return undefined
  }
}

/** A string of JSON as it was meant, also when the payload ends in the middle of it. */
function unescaped(text: string): string {
  for (const end of [text.length, text.lastIndexOf('\\')]) {
    try {
      return JSON.parse(`"${text.slice(0, end)}"`) as string
    } catch {
      // torn inside an escape: once more without it
    }
  }
  return text
}

/** What can be told apart in a text that is no JSON as a whole. */
function gleaned(payload: string): Found {
  const found: Found = {}
  const pairs = /"(\w+)"\s*:\s*(?:"((?:[^"\\]|\\.)*)|(-?\d+(?:\.\d+)?|true|false))/gs
  for (const [, name = '', text, bare] of payload.matchAll(pairs))
    found[name] ??= bare === undefined ? unescaped(text ?? '') : (JSON.parse(bare) as unknown)
  return found
}

const isSet = (value: unknown): boolean => value === true || value === 1

export interface ReadLetter {
  draft: Draft
  /** Was anything found to put into the form? */
  read: boolean
}

/** A form filled in from the payload, as far as it can be read. */
export function readLetter(payload: string): ReadLetter {
  const found = parsed(payload) ?? gleaned(payload)
  const draft = emptyDraft()
  let read = false
  for (const [name, value] of Object.entries(found)) {
    const field = names[name]
    if (field === undefined) continue
    const before = draft[field]
    if (typeof before === 'boolean') Reflect.set(draft, field, isSet(value))
    else if (typeof value === 'string' || typeof value === 'number')
      Reflect.set(draft, field, String(value))
    else continue
    read = true
  }
  if (typeof found['fen'] === 'number') draft.amount = String(found['fen'] / 100)
  if (isSet(found['no_reply'])) draft.replyWanted = false
  // Plain words are the matter itself.
  if (!read && !payload.includes('{') && payload.trim() !== '') draft.content = payload.trim()
  return { draft, read }
}

/** The payload to look at: JSON laid out in lines, anything else as it came. */
export function readablePayload(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}

/** The request body: the portal's form, which knows neither channel nor urgency. */
export function toMendedAppeal(draft: Draft): AppealInput {
  const appeal = toTicketInput(draft, undefined)
  delete appeal.channel
  delete appeal.urgency
  return appeal
}

/** The stable code at the head of an error, and what follows it. */
export function causeOf(error: string): { code: string; rest: string } {
  const [, code = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(error) ?? []
  return { code, rest: rest.trim() }
}
