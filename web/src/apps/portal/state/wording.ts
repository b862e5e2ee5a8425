import { f } from '../texts/form'
import type { AppealType } from './draft'

export const types: readonly AppealType[] = [
  'help',
  'consult',
  'complaint',
  'suggestion',
  'report',
  'praise',
]

export const typeText = (type: AppealType): string => f(`type.${type}`)
export const typeHint = (type: AppealType): string => f(`type.${type}Hint`)
