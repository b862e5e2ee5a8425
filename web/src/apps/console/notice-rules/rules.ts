import type { components } from '@/shared/api/schema'
import { listed, shortMoment } from '@/shared/i18n/format'
import { locale } from '@/shared/i18n/locale'
import { labelOf } from '@/shared/ticket/labels'
import { wordOf } from '../notices/i18n'
import { nr } from './i18n'

type Schemas = components['schemas']
export type NoticeRules = Schemas['NoticeRules']
export type RuleSet = Schemas['NoticeRuleSet']
export type RuleLine = Schemas['NoticeRuleLine']
export type RulesVersion = Schemas['NoticeRulesVersion']
export type Course = Schemas['NoticeCourse']
export type ChangedWay = Schemas['ChangedWay']
export type Occasion = Schemas['Occasion']
export type Standing = Schemas['Standing']
export type Urgency = Schemas['Urgency']
export type Channel = Schemas['NoticeChannel']
type Both = Schemas['BothLanguages']

export const urgencies: readonly Urgency[] = ['normal', 'urgent', 'critical']

export const inLanguage = (text: Both): string => (locale.value === 'en' ? text.en : text.zh)

/** The title officials read is the notice's name. */
export function occasionName(rules: NoticeRules, occasion: string): string {
  const found = rules.occasions.find((one) => one.occasion === occasion)
  return found ? inLanguage(found.title) : occasion
}

export const channelWords = (channels: readonly string[]): string =>
  listed(channels.map((channel) => wordOf('channel', channel)))

/** 打开的页面、手机推送 → 企业微信 → 短信 */
export const waysText = (ways: readonly (readonly string[])[]): string =>
  ways.length === 0 ? nr('noWay') : ways.map(channelWords).join(' → ')

export function caseName(
  rules: NoticeRules,
  { occasion, standing, urgency }: { occasion?: string; standing?: string; urgency?: string },
): string {
  const words = [
    occasion === undefined ? nr('any') : occasionName(rules, occasion),
    standing !== undefined && wordOf('standing', standing),
    urgency !== undefined && labelOf('urgency', urgency),
  ]
  return words.filter(Boolean).join(' · ')
}

export const lineWords = (rules: NoticeRules, line: RuleLine): string =>
  nr('lineText', { what: caseName(rules, line), channels: channelWords(line.without) })

/** What happens, as one sentence a step. */
export function courseWords(course: Course): readonly string[] {
  const steps = course.steps.map(({ at, channels, held }) => {
    const when = shortMoment(at)
    if (held) return nr(channels.length > 0 ? 'stepHeld' : 'stepHeldSilent', { at: when })
    if (channels.length === 0) return nr('stepNone', { at: when })
    return nr('stepAt', { at: when, channels: channelWords(channels) })
  })
  const at = shortMoment(course.ended_at)
  switch (course.ending) {
    case 'handed_on':
      return [...steps, nr('end.handed_on', { at })]
    case 'delivered':
      return [...steps, nr('end.delivered', { at })]
    case 'unreachable':
      return [...steps, nr('end.unreachable', { at })]
    default:
      return [...steps, nr('end.other', { at })]
  }
}

/** The rules' figures as sentences, above the table and in the history. */
export function paceWords(rules: RuleSet): readonly string[] {
  const quiet =
    rules.quiet_from === rules.quiet_to
      ? nr('quietNone')
      : nr('quietText', {
          from: rules.quiet_from,
          to: rules.quiet_to,
          shift: rules.shift_start,
          n: rules.summary_from,
        })
  const pace = nr('paceText', {
    critical: rules.minutes_critical,
    urgent: rules.minutes_urgent,
    normal: rules.minutes_normal,
  })
  return [pace, quiet]
}

/** Lines are kept as the form has them: '' for a condition that is not made. */
export interface LineDraft {
  key: number
  occasion: string
  standing: string
  urgency: string
  without: Channel[]
}
export const figureFields = [
  'minutes_critical',
  'minutes_urgent',
  'minutes_normal',
  'summary_from',
] as const
export const timeFields = ['shift_start', 'quiet_from', 'quiet_to'] as const
export type RulesDraft = Record<
  (typeof figureFields)[number] | (typeof timeFields)[number],
  string
> & {
  lines: LineDraft[]
}

let keys = 0
export const newLine = (line?: RuleLine): LineDraft => ({
  key: ++keys,
  occasion: line?.occasion ?? '',
  standing: line?.standing ?? '',
  urgency: line?.urgency ?? '',
  without: [...(line?.without ?? [])],
})

export const draftOf = (rules: RuleSet): RulesDraft => ({
  minutes_critical: String(rules.minutes_critical),
  minutes_urgent: String(rules.minutes_urgent),
  minutes_normal: String(rules.minutes_normal),
  summary_from: String(rules.summary_from),
  shift_start: rules.shift_start,
  quiet_from: rules.quiet_from,
  quiet_to: rules.quiet_to,
  lines: rules.lines.map(newLine),
})

/** A line nobody has ticked anything in says nothing yet. */
export const ruleSetOf = (draft: RulesDraft): RuleSet => ({
  minutes_critical: Number(draft.minutes_critical),
  minutes_urgent: Number(draft.minutes_urgent),
  minutes_normal: Number(draft.minutes_normal),
  summary_from: Number(draft.summary_from),
  shift_start: draft.shift_start,
  quiet_from: draft.quiet_from,
  quiet_to: draft.quiet_to,
  lines: draft.lines
    .filter(({ without }) => without.length > 0)
    .map(({ occasion, standing, urgency, without }) => ({
      without: [...without],
      ...(occasion !== '' && { occasion: occasion as Occasion }),
      ...(standing !== '' && { standing: standing as Standing }),
      ...(urgency !== '' && { urgency: urgency as Urgency }),
    })),
})

export const standingsOf = (rules: NoticeRules, occasion: string): readonly string[] => {
  const tellings = rules.occasions
    .filter((one) => occasion === '' || one.occasion === occasion)
    .flatMap((one) => one.tellings.map(({ standing }) => standing))
  return [...new Set(tellings)]
}

/** What a version changed of the one before, as sentences. */
export function differences(rules: NoticeRules, newer: RuleSet, older: RuleSet): readonly string[] {
  const figures = [...figureFields, ...timeFields]
    .filter((field) => newer[field] !== older[field])
    .map((field) => `${nr(field)}: ${older[field]} → ${newer[field]}`)
  const words = (set: RuleSet): readonly string[] => set.lines.map((line) => lineWords(rules, line))
  const [now, before] = [words(newer), words(older)]
  return [
    ...figures,
    ...now.filter((line) => !before.includes(line)).map((line) => `＋ ${line}`),
    ...before.filter((line) => !now.includes(line)).map((line) => `－ ${line}`),
  ]
}

/** Words for {no} and {n}, as a phone shows them. */
export const filledIn = (text: string, english: boolean): string =>
  text.replace('{no}', (english ? ' ' : '') + nr('sampleNo')).replace('{n}', '5')

const whole = (text: Both): boolean => text.zh.trim() !== '' && text.en.trim() !== ''

/** Tellings without words in one of the languages. */
export const wordless = (rules: NoticeRules): number =>
  rules.occasions
    .flatMap(({ tellings }) => tellings)
    .filter(({ template }) => !whole(template.title) || !whole(template.body)).length
