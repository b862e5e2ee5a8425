import type { components } from '@/shared/api/schema'
import { labelOf } from '@/shared/ticket/labels'
import { reference } from '@/shared/ticket/reference'
import { t } from '../i18n'
import type { ListFilter } from '../state/list-filter'
import { l } from './i18n'

type ViewFilter = components['schemas']['ViewFilter']

/** What is asked, without what is not: as a view keeps it. */
export function questionOf(filter: ListFilter): ViewFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(
      ([name, value]) => name !== 'sort' && value !== '' && value !== false,
    ),
  )
}

const division = (code: string): string =>
  reference.value?.divisions.find((one) => one.code === code)?.name ?? code

const states = (list: string): string =>
  list
    .split(',')
    .map((state) => (state === 'open' ? t('stateOpen') : labelOf('state', state)))
    .join(l('and'))

/** A question in the words of the filters. */
export function questionWords(filter: ListFilter): readonly string[] {
  const told = (name: string, value: string): string =>
    value === '' ? '' : l('asked', { name, value })
  return [
    told(t('filterState'), filter.state && states(filter.state)),
    told(t('filterUrgency'), filter.urgency && labelOf('urgency', filter.urgency)),
    told(t('filterDivision'), filter.division && division(filter.division)),
    told(t('filterType'), filter.type && labelOf('type', filter.type)),
    told(t('filterTopic'), filter.topic),
    told(t('col.channel'), filter.channel && labelOf('channel', filter.channel)),
    told(t('filterFrom'), filter.from),
    told(t('filterTo'), filter.to),
    told(t('search'), filter.q),
    filter.overdue ? t('onlyOverdue') : '',
    filter.hard_case ? t('hardCase') : '',
    filter.mine ? l('mine') : '',
    filter.helping ? l('helping') : '',
    filter.charged ? l('charged') : '',
    told(t('sort'), t(filter.sort === 'due' ? 'sortDue' : 'sortNewest')),
  ].filter((words) => words !== '')
}
