import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { baseUrl, needed } from '../../e2e/environment'

export { baseUrl }

const config = needed('E2E_CONFIG')

export interface Account {
  login: string
  password: string
  role: string
}

export const accounts: readonly Account[] = readFileSync(needed('E2E_ACCOUNTS'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [login = '', password = '', role = ''] = line.split('\t')
    return { login, password, role }
  })

const socketOf = (section: string): string =>
  new RegExp(`^\\[${section}\\][^[]*?^socket = "([^"]*)"`, 'ms').exec(
    readFileSync(config, 'utf8'),
  )?.[1] ?? ''

const socket = socketOf('mysql')
const password = readFileSync(
  join(dirname(config), 'secrets', 'mysql_owner_password'),
  'utf8',
).trim()

/** Rows of the database itself, past the server, as its owner. NULL reads as the word NULL. */
export function rows(sql: string): string[][] {
  const output = execFileSync(
    'mariadb',
    [
      '--no-defaults',
      '--default-character-set=utf8mb4',
      `--socket=${socket}`,
      '--user=hotline_owner',
      '--batch',
      '--skip-column-names',
      'hotline',
      `--execute=${sql}`,
    ],
    {
      env: { ...process.env, MYSQL_PWD: password },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  )
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
}

/** A command to the queue itself, past the server. */
export function redis(...command: string[]): string {
  const args = ['-s', socketOf('redis'), ...command]
  return execFileSync('redis-cli', args, { encoding: 'utf8' }).trim()
}

/** How many rows each table holds that a request could write to. */
export function rowCounts(): Record<string, number> {
  const tables = [
    'ticket',
    'ticket_event',
    'ticket_route',
    'ticket_alias',
    'dead_letter',
    'account',
    'api_token',
    'phone_call',
    'act_key',
  ]
  const sql = tables.map((table) => `SELECT '${table}', COUNT(*) FROM ${table}`).join(' UNION ALL ')
  return Object.fromEntries(rows(sql).map(([table = '', count = '0']) => [table, Number(count)]))
}
