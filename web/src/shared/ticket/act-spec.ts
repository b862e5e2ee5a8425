import type { Action, ActInput } from './types'

type Name = Exclude<keyof ActInput, 'co_unit_ids'>

/** How a field is asked for; the form component knows one control per kind. */
export type Kind =
  | 'line'
  | 'area'
  | 'choice'
  | 'reason'
  | 'unit'
  | 'official'
  | 'number'
  | 'moment'
  | 'day'
  | 'topic'
  | 'division'
  | 'ticket'
  /** Several units, by number, with commas between. */
  | 'units'
  /** The steps of a plan, as JSON text. */
  | 'milestones'
  /** One of the ticket's own that the asker may report. */
  | 'milestone'
  /** The article an answer rests on, and its version: one control for both. */
  | 'article'

export interface FieldSpec {
  name: Name
  kind: Kind
  required?: boolean
  least?: number
  limit?: number
  /** `choice`: codes and the group of their labels; `reason`: which list of the reference. */
  codes?: readonly string[]
  group?: string
  /** Only asked when earlier answers make sense of it. */
  when?: (values: Values) => boolean
}

/** What the form holds, by field name: always texts. */
export type Values = Partial<Record<Name, string>>

const reason = (over: Partial<FieldSpec> = {}): FieldSpec => ({
  name: 'reason',
  kind: 'area',
  limit: 1000,
  ...over,
})
const needed = { required: true, least: 2 } as const
const unit: FieldSpec = { name: 'unit_id', kind: 'unit', required: true }
const official: FieldSpec = { name: 'official_id', kind: 'official' }

const reply: FieldSpec = {
  name: 'result_text',
  kind: 'area',
  required: true,
  least: 5,
  limit: 4000,
}

const solved: FieldSpec = {
  name: 'solved',
  kind: 'choice',
  codes: ['yes', 'partly', 'no'],
  group: 'solved',
  required: true,
}
const satisfaction: FieldSpec = {
  name: 'satisfaction',
  kind: 'choice',
  codes: [
    'very_satisfied',
    'satisfied',
    'basically_satisfied',
    'dissatisfied',
    'very_dissatisfied',
  ],
  group: 'satisfaction',
  required: true,
}

const agreed = (values: Values): boolean => values.mediation_outcome === 'agreed'
const reached = (values: Values): boolean => values.reached === 'true'
const discontent = (values: Values): boolean =>
  reached(values) &&
  (values.solved === 'no' ||
    values.satisfaction === 'dissatisfied' ||
    values.satisfaction === 'very_dissatisfied')

const regrading: readonly FieldSpec[] = [
  {
    name: 'type',
    kind: 'choice',
    codes: ['consult', 'help', 'complaint', 'report', 'suggestion', 'praise'],
    group: 'type',
  },
  { name: 'topic', kind: 'topic' },
  { name: 'urgency', kind: 'choice', codes: ['normal', 'urgent', 'critical'], group: 'urgency' },
  { name: 'division', kind: 'division' },
]

/** What each act asks for, as its guards in ticketing/lifecycle demand. */
export const actSpecs: Readonly<Record<Action, readonly FieldSpec[]>> = {
  complete: [
    { name: 'content', kind: 'area', required: true, least: 5, limit: 4000 },
    { name: 'title', kind: 'line', limit: 40 },
    ...regrading,
  ],
  decline: [
    { name: 'reason_code', kind: 'reason', group: 'decline_reasons', required: true },
    reason(needed),
  ],
  close_on_call: [
    { name: 'article_id', kind: 'article' },
    { name: 'article_version', kind: 'article' },
    { name: 'result_text', kind: 'area', required: true, least: 5, limit: 4000 },
    { ...solved, required: false },
    { ...satisfaction, required: false },
  ],
  merge: [{ name: 'parent_ticket_no', kind: 'ticket', required: true }, reason()],
  dispatch: [unit, official, reason()],
  sign_for: [],
  return_ticket: [
    { name: 'reason_code', kind: 'reason', group: 'return_reasons', required: true },
    { name: 'basis', kind: 'area', required: true, least: 2, limit: 500 },
    { name: 'suggested_unit_id', kind: 'unit' },
    reason(),
  ],
  approve_return: [{ ...unit, required: false }, official, reason()],
  refuse_return: [reason(needed)],
  designate: [unit, official, reason(needed)],
  reassign: [{ ...official, required: true }, reason()],
  add_co_unit: [unit, reason(needed)],
  first_contact: [
    {
      name: 'contact_way',
      kind: 'choice',
      codes: ['phone', 'on_site', 'message', 'meeting'],
      group: 'contact',
      required: true,
    },
    { name: 'contact_result', kind: 'area', required: true, least: 2, limit: 1000 },
  ],
  ask_extension: [{ name: 'extension_days', kind: 'number', required: true }, reason(needed)],
  approve_extension: [reason()],
  refuse_extension: [reason(needed)],
  suspend: [
    { name: 'reason_code', kind: 'reason', group: 'suspend_reasons', required: true },
    reason(needed),
    { name: 'basis', kind: 'line', required: true, least: 2, limit: 500 },
    { name: 'review_on', kind: 'day', required: true },
  ],
  resume: [reason(needed)],
  submit_result: [
    {
      name: 'outcome',
      kind: 'choice',
      codes: ['solved', 'partly', 'explained', 'unsolvable'],
      group: 'outcome',
      required: true,
    },
    { name: 'result_text', kind: 'area', required: true, least: 5, limit: 4000 },
    { name: 'told_at', kind: 'moment' },
    { name: 'basis', kind: 'area', limit: 500 },
  ],
  review_pass: [reason()],
  review_fail: [reason(needed)],
  callback: [
    { name: 'reached', kind: 'choice', codes: ['true', 'false'], group: 'yesno', required: true },
    { ...solved, when: reached },
    { ...satisfaction, when: reached },
    {
      name: 'reasonable',
      kind: 'choice',
      codes: ['true', 'false'],
      group: 'yesno',
      required: true,
      when: discontent,
    },
    reason({ limit: 500 }),
  ],
  reopen: [reason(needed)],
  withdraw: [reason()],
  urge: [reason()],
  supervise: [
    {
      name: 'level',
      kind: 'choice',
      codes: ['1', '2', '3', '4'],
      group: 'level',
      required: true,
    },
    reason(needed),
    { name: 'answer_by', kind: 'day' },
  ],
  answer_supervision: [reply],
  answer_co_unit: [reply],
  hard_case: [reason(needed)],
  plan_hard_case: [
    { name: 'held_on', kind: 'day', required: true },
    { name: 'unit_ids', kind: 'units', required: true },
    { name: 'conclusion', kind: 'area', required: true, least: 5, limit: 1000 },
    { name: 'basis', kind: 'line', required: true, least: 2, limit: 500 },
    { name: 'milestones', kind: 'milestones', required: true },
  ],
  meet_milestone: [{ name: 'milestone', kind: 'milestone', required: true }, reply],
  refer_to_mediation: [
    {
      name: 'parties_agree',
      kind: 'choice',
      codes: ['true', 'false'],
      group: 'yesno',
      required: true,
    },
    reason(needed),
  ],
  conclude_mediation: [
    {
      name: 'mediation_outcome',
      kind: 'choice',
      codes: ['agreed', 'failed', 'declined'],
      group: 'mediation',
      required: true,
    },
    reply,
    { name: 'keeper', kind: 'line', required: true, least: 2, limit: 60, when: agreed },
    { name: 'keep_by', kind: 'day', required: true, when: agreed },
  ],
  note: [reason(needed)],
  unmerge: [reason(needed)],
  regrade: [...regrading, { name: 'title', kind: 'line', limit: 40 }, reason()],
}

/** The fields to show for what has been answered so far. */
export function askedFields(action: Action, values: Values): readonly FieldSpec[] {
  return actSpecs[action].filter((field) => field.when?.(values) ?? true)
}
