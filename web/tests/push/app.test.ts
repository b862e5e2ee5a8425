import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../api/setup/instance'
import { clientOf, officialOf, submitAppeal, until } from '../e2e/api'
import { baseUrl } from '../e2e/environment'
import { peopleOf, type Account } from '../e2e/people'
import { Firefox } from './firefox'
import { PushService } from './push-service'
import type { Remote } from './remote'

let service: PushService
let firefox: Firefox
let phone: Remote

beforeAll(async () => {
  service = await PushService.start()
  firefox = Firefox.start('about:blank', service.port)
  phone = await firefox.remote()
  await service.connected
})

afterAll(async () => {
  phone.close()
  await firefox.stop()
  service.stop()
})

const appeal = (place: string) => ({
  content: `蒲城县孙镇我公司${place}的路灯线路老化，夜里不亮，请供电公司更换。`,
  division: '610526',
  appellant: { phone: '13991390061', name: '孙立' },
})

/** An official with a phone, whom notices reach at any time of the day. */
async function official(): Promise<Account> {
  const { ticket_no } = await submitAppeal(appeal('东门'))
  const found = await officialOf(ticket_no)
  const client = await clientOf(found.login)
  const wishes = await client.get<object>('/me/notice-preferences')
  const anyTime = { ...wishes, quiet_from: '00:00', quiet_to: '00:00' }
  await client.send('PUT', '/me/notice-preferences', anyTime)
  return found
}

/** A ticket that is given to him. */
async function assign(who: Account): Promise<string> {
  const { ticket_no } = await submitAppeal(appeal('西门'))
  const chosen = await officialOf(ticket_no)
  if (chosen.login === who.login) return ticket_no
  const dispatcher = await clientOf('dispatcher')
  const { unit_name } = await dispatcher.ticket(ticket_no)
  const clerk = await clientOf(peopleOf(unit_name ?? '')?.clerk.login ?? '')
  const { me } = await clientOf(who.login)
  await clerk.act(ticket_no, 'reassign', { official_id: me.user.official_id ?? 0 })
  return ticket_no
}

const shown = `navigator.serviceWorker.ready
  .then((worker) => worker.getNotifications())
  .then((all) => all.map(({ title, tag }) => ({ title, tag })))`

test('an official turns push on in the app, and is shown a ticket he is given while the app is closed', async () => {
  const who = await official()
  await phone.open(`${baseUrl}/mobile`)
  await phone.type('#login-login', who.login)
  await phone.type('#login-password', who.password)
  await phone.press('登录')
  await phone.see(`document.querySelector('.chips')`)
  await phone.ask(`navigator.serviceWorker.ready.then(() => true)`)
  await phone.ask(`(location.hash = '#/notices/settings', true)`)
  await phone.press('打开手机通知')
  await phone.see(`document.body.innerText.includes('这台设备会收到通知')`)
  await phone.open('about:blank')

  const ticketNo = await assign(who)
  await until(
    () => Promise.resolve(service.pushed),
    ([first]) => first !== undefined,
    60,
  )
  // What went through the push service says nothing of the ticket.
  expect(service.pushed[0]?.headers['content-encoding']).toBe('aes128gcm')
  expect(service.pushed[0]?.headers.authorization).toMatch(/^vapid t=/)
  expect(service.pushed[0]?.body.toString('latin1')).not.toContain(ticketNo)

  await phone.open(`${baseUrl}/mobile`)
  const seen = await until(
    () => phone.ask<{ title: string; tag: string }[]>(shown),
    (all) => all.some(({ tag }) => tag === ticketNo),
  )
  expect(seen.find(({ tag }) => tag === ticketNo)?.title).not.toBe('企盼渭来')
  // The worker has told the server so.
  expect(
    rows(
      `SELECT COUNT(*) FROM notice_delivery d JOIN notice n ON n.id = d.notice_id
       JOIN ticket t ON t.id = n.ticket_id WHERE t.number = '${ticketNo}' AND d.shown_at IS NOT NULL`,
    ),
  ).toEqual([['1']])
})
