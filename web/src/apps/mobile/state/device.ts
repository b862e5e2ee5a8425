import { newKey } from '@/shared/api/idempotency'
import { setDevice } from '@/shared/api/client'

const storageKey = 'qp.device'
const shape = /^(\w{8})-?(\w{4})-?(\w{4})-?(\w{4})-?(\w{12})$/

/** The name this phone has given itself; a wiped one takes a new one. */
let id = ''

function recall(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined
  } catch {
    return undefined // storage switched off: the name lasts for the visit
  }
}

export function deviceId(): string {
  if (id) return id
  id = recall() ?? newKey().replace(shape, '$1-$2-$3-$4-$5')
  try {
    localStorage.setItem(storageKey, id)
  } catch {
    // see recall()
  }
  setDevice(id)
  return id
}

export function forgetDevice(): void {
  id = ''
  setDevice(undefined)
  try {
    localStorage.removeItem(storageKey)
  } catch {
    // see recall()
  }
}

const systems = [
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const
const browsers = [
  ['WeCom', /wxwork/],
  ['WeChat', /MicroMessenger/],
  ['DingTalk', /DingTalk/],
  ['Edge', /Edg\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrome\//],
  ['Safari', /Safari\//],
] as const

/** "Android · Chrome": by which its owner knows it in the list. */
export function deviceName(agent: string): string {
  const found = [systems, browsers].map((list) => list.find(([, mark]) => mark.test(agent))?.[0])
  return found.filter((one) => one !== undefined).join(' · ') || 'Browser'
}
