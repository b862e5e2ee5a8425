import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']
export type Article = Schemas['Article']
export type ArticleText = Schemas['ArticleText']
export type ArticleSummary = Schemas['ArticleSummary']
export type ArticleInput = Schemas['ArticleInput']
export type Standing = Schemas['ArticleStanding']
export type ArticleStep = 'publish' | 'refuse' | 'withdraw' | 'confirm'

/** What the editor holds: texts and lists, as its controls show them. */
export interface ArticleForm {
  title: string
  /** One a line. */
  questions: string
  answer: string
  basis: string
  unitId: string
  topic: string
  divisions: readonly string[]
  validFrom: string
  validTo: string
  open: boolean
}

export const emptyForm = (today: string, unitId = ''): ArticleForm => ({
  title: '',
  questions: '',
  answer: '',
  basis: '',
  unitId,
  topic: '',
  divisions: [],
  validFrom: today,
  validTo: '',
  open: false,
})

export const formOf = (text: ArticleText): ArticleForm => ({
  title: text.title,
  questions: text.questions.join('\n'),
  answer: text.answer,
  basis: text.basis,
  unitId: String(text.unit_id),
  topic: text.topic,
  divisions: text.divisions,
  validFrom: text.valid_from,
  validTo: text.valid_to ?? '',
  open: text.open,
})

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

export const inputOf = (form: ArticleForm): ArticleInput => ({
  title: form.title.trim(),
  questions: lines(form.questions),
  answer: form.answer.trim(),
  basis: form.basis.trim(),
  unit_id: Number(form.unitId),
  topic: form.topic,
  divisions: [...form.divisions],
  valid_from: form.validFrom,
  ...(form.validTo && { valid_to: form.validTo }),
  open: form.open,
})

export type ArticleField =
  | 'title'
  | 'questions'
  | 'answer'
  | 'basis'
  | 'unit_id'
  | 'topic'
  | 'divisions'
  | 'valid_from'
  | 'valid_to'

export interface ArticleFault {
  field: ArticleField
  fault: 'missing' | 'short' | 'long' | 'many' | 'order'
  n?: number
}

const textLimits = [
  ['title', 4, 80],
  ['answer', 5, 4000],
  ['basis', 2, 500],
] as const

const mostQuestions = 20
const longestQuestion = 80

/** What the page can see wrong before the server looks (K1), in the order of the form. */
export function articleFaults(form: ArticleForm): ArticleFault[] {
  const found: ArticleFault[] = []
  for (const [field, least, most] of textLimits) {
    const length = [...form[field].trim()].length
    if (length === 0) found.push({ field, fault: 'missing' })
    else if (length < least) found.push({ field, fault: 'short' })
    else if (length > most) found.push({ field, fault: 'long', n: most })
  }
  const questions = lines(form.questions)
  if (questions.length > mostQuestions)
    found.push({ field: 'questions', fault: 'many', n: mostQuestions })
  if (questions.some((one) => [...one].length > longestQuestion))
    found.push({ field: 'questions', fault: 'long', n: longestQuestion })
  if (form.unitId === '') found.push({ field: 'unit_id', fault: 'missing' })
  if (form.validFrom === '') found.push({ field: 'valid_from', fault: 'missing' })
  if (form.validTo !== '' && form.validTo < form.validFrom)
    found.push({ field: 'valid_to', fault: 'order' })
  return found
}

/** The fields in which a waiting version differs from the one in force. */
export function changedFields(before: ArticleText, after: ArticleText): ReadonlySet<string> {
  const keys = Object.keys({ ...before, ...after }) as (keyof ArticleText)[]
  return new Set(keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])))
}

/**
 * Another was faster: what was not touched here follows him, what was written here stays. Gives the
 * form, and the fields both have written.
 */
export function caughtUp(form: ArticleForm, before: ArticleForm, now: ArticleForm) {
  const next = { ...form }
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other)
  const both: (keyof ArticleForm)[] = []
  for (const key of Object.keys(now) as (keyof ArticleForm)[]) {
    if (!differs(form[key], before[key])) Reflect.set(next, key, now[key])
    else if (differs(now[key], before[key]) && differs(now[key], form[key])) both.push(key)
  }
  return { form: next, both }
}

export type Only = 'all' | 'waiting' | 'overdue' | 'feedback' | 'mine'

export interface ArticleFilter {
  words: string
  topic: string
  standing: '' | Standing
  only: Only
}

/** What the list asks the server for. */
export const queryOf = ({ words, topic, standing, only }: ArticleFilter) => ({
  ...(words.trim() && { q: words.trim() }),
  ...(topic && { topic }),
  ...(standing && { standing }),
  ...(only !== 'all' && { [only]: true }),
})

export const standingTone = (standing: Standing): 'plain' | 'info' | 'ok' | 'warn' | 'bad' =>
  (
    ({ draft: 'plain', coming: 'info', in_force: 'ok', expired: 'warn', withdrawn: 'bad' }) as const
  )[standing]
