import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { until } from '../e2e/api'
import { baseUrl, needed } from '../e2e/environment'

const pidOf = (name: string): number =>
  Number(readFileSync(join(dirname(needed('E2E_CONFIG')), 'run', `${name}.pid`), 'utf8'))

const answers = (): Promise<boolean> =>
  fetch(`${baseUrl}/readyz`, { signal: AbortSignal.timeout(1000) })
    .then(({ ok }) => ok)
    .catch(() => false)

/** Ends the server as a crash does; it stays away until it is let back. */
export function kill(): { isBack: () => Promise<void> } {
  const keeper = pidOf('server.keeper')
  process.kill(keeper, 'SIGSTOP')
  process.kill(pidOf('server'), 'SIGKILL')
  return {
    async isBack() {
      process.kill(keeper, 'SIGCONT')
      await until(answers, (ready) => ready, 30)
    },
  }
}

/** The server hangs, its connections open, until it is let go on. */
export function hang(): { goesOn: () => Promise<void> } {
  const pid = pidOf('server')
  process.kill(pid, 'SIGSTOP')
  return {
    async goesOn() {
      process.kill(pid, 'SIGCONT')
      await until(answers, (ready) => ready, 30)
    },
  }
}
