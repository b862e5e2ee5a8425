import type { English } from '@/shared/i18n/messages'
import type zh from './industry.zh'

export default {
  A: 'A Agriculture, forestry, animal husbandry, fishery',
  B: 'B Mining',
  C: 'C Manufacturing',
  D: 'D Electricity, heat, gas and water supply',
  E: 'E Construction',
  F: 'F Wholesale and retail trade',
  G: 'G Transport, storage and post',
  H: 'H Hotels and catering',
  I: 'I Information, software and IT services',
  J: 'J Finance',
  K: 'K Real estate',
  L: 'L Leasing and business services',
  M: 'M Research and technical services',
  N: 'N Water, environment and public facilities',
  O: 'O Household, repair and other services',
  P: 'P Education',
  Q: 'Q Health and social work',
  R: 'R Culture, sport and entertainment',
  S: 'S Public administration and social organisations',
  T: 'T International organisations',
} satisfies English<typeof zh>
