import { randomUUID } from 'node:crypto'
import { redis, rows } from '../../api/setup/instance'

/** What no person and no request brings about: done past the server, to the instance of the test. */

/** The handling limit of a ticket has passed. */
export function runOut(ticketNo: string): void {
  rows(
    `UPDATE ticket SET handle_due_at = UTC_TIMESTAMP(3) - INTERVAL 1 HOUR WHERE number = '${ticketNo}'`,
  )
}

/** The units that were asked to help let their time run out: the lead need not wait for them. */
export function coUnitsRunOut(ticketNo: string): void {
  const [[text = '[]'] = []] = rows(`SELECT clocks FROM ticket WHERE number = '${ticketNo}'`)
  const clocks = (JSON.parse(text) as unknown[][]).map((clock) =>
    clock[0] === 13 ? clock.with(4, Date.now() - 60_000) : clock,
  )
  rows(`UPDATE ticket SET clocks = '${JSON.stringify(clocks)}' WHERE number = '${ticketNo}'`)
}

/** ISO 7064 MOD 11,10, as in ticketing/ticket_number.cpp. */
function checkDigit(digits: string): number {
  let carry = 10
  for (const digit of digits) {
    carry = (carry + Number(digit)) % 10 || 10
    carry = (carry * 2) % 11
  }
  return (11 - carry) % 10
}

/** A ticket number as the server gives them out, from a serial it will not use. */
function freshNumber(): string {
  const [[serial = '0'] = []] = rows(
    `START TRANSACTION; UPDATE serial_lease SET next_value = next_value + 1 WHERE name = 'ticket';
     SELECT next_value - 1 FROM serial_lease WHERE name = 'ticket'; COMMIT`,
  )
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
  const digits = day + serial.padStart(6, '0')
  return `WN${digits}${checkDigit(digits)}`
}

/** Puts an appeal that was accepted into the queue with a payload nobody can read; its number. */
export function spoilAppeal(payload: string): string {
  const number = freshNumber()
  const key = randomUUID()
  const entry = { v: '1', no: number, ch: 'web', key, hash: key, by: '', at: String(Date.now()) }
  redis('XADD', 'intake', '*', ...Object.entries(entry).flat(), 'body', payload)
  return number
}
