import type { paths } from '@/shared/api/schema'

type Get = paths['/exports/{table}']['get']['parameters']

/** What a file holds: a table and the question it answers. */
export interface Taken {
  table: Get['path']['table']
  query?: Omit<NonNullable<Get['query']>, 'format'>
}
