import { mount } from '@vue/test-utils'
import { effectScope, ref } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import PresenceNote from '../components/PresenceNote.vue'
import { forgetColleagues, grouped, hearColleagues, speakThrough, usePresence } from './presence'

const told = (people: unknown, over: object = {}) =>
  hearColleagues('presence', { ticket_no: 'WN1', people, ...over })

const zhang = { name: '张三', role: 'dispatcher', doing: 'viewing' }
const li = { name: '李四', role: 'agent', doing: 'editing' }

afterEach(() => {
  speakThrough(undefined)
  forgetColleagues()
})

describe('15: colleagues at a ticket', () => {
  it('15: the page says where its person is and that a form is open, and when he has gone', () => {
    const said: unknown[] = []
    const scope = effectScope()
    const [ticket, editing] = [ref<string>(), ref(false)]
    scope.run(() =>
      usePresence(
        () => ticket.value,
        () => editing.value,
      ),
    )
    speakThrough((place) => said.push(place))
    ticket.value = 'WN1'
    return Promise.resolve()
      .then(() => (editing.value = true))
      .then(() => Promise.resolve())
      .then(() => scope.stop())
      .then(() =>
        expect(said).toEqual([
          undefined,
          { ticket: 'WN1', doing: 'viewing' },
          { ticket: 'WN1', doing: 'editing' },
          undefined,
        ]),
      )
  })

  it('15: shows who edits and who reads, in words', () => {
    const scope = effectScope()
    const here = scope.run(() =>
      usePresence(
        () => 'WN1',
        () => false,
      ),
    )
    told([li, zhang], { count: 4 })
    const note = mount(PresenceNote, { props: { here: here?.value } })
    expect(note.text()).toMatch(/李四 正在编辑\s*张三 正在查看\s*另有 2 人/)
    expect(note.attributes('role')).toBe('status')
    scope.stop()
  })

  it('15: takes nothing for another ticket and nothing that is no colleague', () => {
    const scope = effectScope()
    const here = scope.run(() =>
      usePresence(
        () => 'WN2',
        () => false,
      ),
    )
    told([li])
    expect(here?.value).toBeUndefined()
    told([li, { name: 7 }, null, { ...li, doing: 'dancing' }], { ticket_no: 'WN2' })
    expect(here?.value?.people).toEqual([li])
    told('nobody', { ticket_no: 'WN2' })
    expect(here?.value?.people).toEqual([li])
    hearColleagues('notice', { ticket_no: 'WN2', people: [] })
    expect(here?.value?.people).toEqual([li])
    forgetColleagues()
    expect(grouped(here?.value)).toEqual({ editing: [], viewing: [], more: 0 })
    scope.stop()
  })
})
