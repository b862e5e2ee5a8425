import type { Change } from './change'
import { c } from './i18n'

/** 上升 1.2 个百分点（向好） */
export function inWords(change: Change | undefined): string {
  if (!change) return c('noCases')
  if (change.direction === 'same') return c('same')
  return c(change.direction, { n: change.points.toFixed(1) })
}

export function verdictOn(change: Change | undefined): string {
  if (!change) return ''
  if (change.small) return c('small')
  return change.good === undefined ? '' : c(change.good ? 'better' : 'worse')
}
