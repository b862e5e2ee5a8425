import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick } from 'vue'
import { isComposing, isWriting } from '@/shared/composables/ime'
import { setLocale } from '@/shared/i18n/locale'
import { stepRow } from './grid'
import { matching } from './matching'
import { expireToast, removeToast, showToast, toasts } from './toasts'
import UiButton from './UiButton.vue'
import UiCombobox from './UiCombobox.vue'
import UiCountdown from './UiCountdown.vue'
import UiDialog from './UiDialog.vue'
import UiErrorSummary from './UiErrorSummary.vue'
import UiField from './UiField.vue'
import UiMarked from './UiMarked.vue'
import UiTabs from './UiTabs.vue'
import UiToasts from './UiToasts.vue'

const attach = () => ({ attachTo: document.body })

afterEach(() => {
  document.body.replaceChildren()
})

describe('button', () => {
  it('takes no second press while something is under way', async () => {
    const pressed = vi.fn()
    const button = mount(UiButton, { props: { busy: true }, attrs: { onClick: pressed } })
    await button.trigger('click')
    expect(pressed).not.toHaveBeenCalled()
    await button.setProps({ busy: false })
    await button.trigger('click')
    expect(pressed).toHaveBeenCalledOnce()
  })
})

describe('marked text', () => {
  it('puts the hits into mark, and every part in as text', () => {
    const parts = [{ text: '又' }, { text: '停电', hit: true }, { text: ' <b>两天</b>' }]
    const marked = mount({ render: () => h('p', [h(UiMarked, { parts })]) })
    expect(marked.findAll('mark').map((one) => one.text())).toEqual(['停电'])
    expect(marked.find('b').exists()).toBe(false)
    expect(marked.find('p').text()).toBe('又停电 <b>两天</b>')
  })
})

describe('field', () => {
  it('ties label, hint and error to the control', () => {
    const field = mount(UiField, {
      props: {
        id: 'phone',
        label: '电话',
        hint: '手机或座机',
        error: '请输入电话',
        modelValue: '',
      },
    })
    const input = field.get('input')
    expect(field.get('label').attributes('for')).toBe('phone')
    expect(input.attributes('aria-describedby')).toBe('phone-hint phone-error')
    expect(input.attributes('aria-invalid')).toBe('true')
  })

  it('counts characters as a person does and says by how many they are too many', async () => {
    const field = mount(UiField, { props: { label: '内容', limit: 4, modelValue: '𠮷𠮷' } })
    expect(field.text()).toContain('还可输入 2 字')
    await field.setProps({ modelValue: '一二三四五' })
    expect(field.text()).toContain('超出 1 字')
  })
})

describe('error summary', () => {
  it('takes the focus, and leads to the field', async () => {
    const input = document.createElement('input')
    input.id = 'content'
    document.body.append(input)
    const summary = mount(UiErrorSummary, {
      ...attach(),
      props: { errors: [{ id: 'content', text: '请填写内容' }] },
    })
    await nextTick()
    await nextTick()
    expect(document.activeElement).toBe(summary.element)
    await summary.get('a').trigger('click')
    expect(document.activeElement).toBe(input)
  })
})

describe('combobox', () => {
  const options = [
    { value: '610502', label: '临渭区' },
    { value: '610526', label: '蒲城县' },
    { value: '610581', label: '韩城市' },
  ]
  const make = (modelValue = '') =>
    mount(UiCombobox, { ...attach(), props: { label: '区县', options, modelValue } })

  it('chooses with the keyboard', async () => {
    const combo = make()
    const input = combo.get('input')
    await input.setValue('城')
    expect(combo.findAll('[role=option]')).toHaveLength(2)
    await input.trigger('keydown', { key: 'ArrowDown' })
    await input.trigger('keydown', { key: 'ArrowDown' })
    expect(input.attributes('aria-activedescendant')).toBe(
      combo.findAll('[role=option]')[1]?.attributes('id'),
    )
    await input.trigger('keydown', { key: 'Enter' })
    expect(combo.emitted('update:modelValue')).toEqual([['610581']])
    expect((input.element as HTMLInputElement).value).toBe('韩城市')
  })

  it('leaves Enter to the input method while it composes', async () => {
    const combo = make()
    const input = combo.get('input')
    await input.setValue('城')
    await input.trigger('keydown', { key: 'ArrowDown' })
    await input.trigger('keydown', { key: 'Enter', keyCode: 229 })
    expect(combo.emitted('update:modelValue')).toBeUndefined()
  })

  it('goes back to the chosen value when something else was typed', async () => {
    const combo = make('610526')
    const input = combo.get('input')
    await input.setValue('蒲')
    await input.trigger('blur')
    expect((input.element as HTMLInputElement).value).toBe('蒲城县')
  })

  it('asks the server after a pause and shows only the last answer', async () => {
    vi.useFakeTimers()
    const search = vi.fn((text: string) => Promise.resolve([{ value: text, label: `单位${text}` }]))
    const combo = mount(UiCombobox, {
      ...attach(),
      props: { label: '单位', options: [], search, modelValue: '' },
    })
    await combo.get('input').setValue('住')
    await combo.get('input').setValue('住建')
    await vi.advanceTimersByTimeAsync(200)
    expect(search).toHaveBeenCalledTimes(1)
    expect(combo.get('[role=option]').text()).toBe('单位住建')
    vi.useRealTimers()
  })

  it('finds by every word and prefers what begins alike', () => {
    const found = matching(
      [
        { value: '1', label: '渭南市住建局', detail: '市级' },
        { value: '2', label: '住建局', detail: '蒲城' },
      ],
      '住建',
    )
    expect(found.map((option) => option.value)).toEqual(['2', '1'])
    expect(matching([{ value: '1', label: '住建局', detail: '蒲城' }], '住建 韩城')).toEqual([])
  })
})

describe('dialog', () => {
  it('opens as modal, named by its title, and reports its closing', async () => {
    const dialog = mount(UiDialog, { ...attach(), props: { title: '退单', open: true } })
    await nextTick()
    await nextTick()
    const element = dialog.get('dialog')
    expect((element.element as HTMLDialogElement).open).toBe(true)
    expect(dialog.get(`#${element.attributes('aria-labelledby')}`).text()).toBe('退单')
    await dialog.get('.ui-dialog__close').trigger('click')
    expect(dialog.emitted('update:open')?.at(-1)).toEqual([false])
  })

  it('stays on Escape when something could be lost', async () => {
    const dialog = mount(UiDialog, {
      ...attach(),
      props: { title: '退单', open: true, sticky: true },
    })
    const cancel = new Event('cancel', { cancelable: true })
    dialog.get('dialog').element.dispatchEvent(cancel)
    expect(cancel.defaultPrevented).toBe(true)
  })
})

describe('tabs', () => {
  it('moves with the arrows and keeps one tab stop', async () => {
    const tabs = mount(UiTabs, {
      ...attach(),
      props: {
        label: '列表',
        modelValue: 'b',
        tabs: [
          { value: 'a', label: '待签收' },
          { value: 'b', label: '办理中' },
        ],
      },
    })
    await tabs.get('[role=tablist]').trigger('keydown', { key: 'ArrowRight' })
    expect(tabs.emitted('update:modelValue')).toEqual([['a']])
    expect(tabs.findAll('[tabindex="0"]')).toHaveLength(1)
  })
})

describe('toasts', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('does what was announced once the time for undo is over', async () => {
    const onExpire = vi.fn()
    const undo = vi.fn()
    mount(UiToasts, attach())
    showToast({ text: '已签收', lasts: 5000, onExpire, action: { label: '撤销', run: undo } })
    await nextTick()
    await vi.advanceTimersByTimeAsync(4999)
    expect(onExpire).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(onExpire).toHaveBeenCalledOnce()
    expect(undo).not.toHaveBeenCalled()
  })

  it('undoes, and then nothing follows', async () => {
    const onExpire = vi.fn()
    const undo = vi.fn()
    const box = mount(UiToasts, attach())
    showToast({ text: '已签收', lasts: 5000, onExpire, action: { label: '撤销', run: undo } })
    await nextTick()
    await box.get('button').trigger('click')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(undo).toHaveBeenCalledOnce()
    expect(onExpire).not.toHaveBeenCalled()
  })

  it('says again what is said already, in one place', async () => {
    const box = mount(UiToasts, attach())
    showToast({ text: '没有保存', tone: 'bad', lasts: 6000 })
    await nextTick()
    const first = box.get('.ui-toast').element
    await vi.advanceTimersByTimeAsync(5000)
    showToast({ text: '没有保存', tone: 'bad', lasts: 6000 })
    await nextTick()
    expect(box.findAll('.ui-toast')).toHaveLength(1)
    // A new element: the live region speaks of what is added to it.
    expect(box.get('.ui-toast').element).not.toBe(first)
    await vi.advanceTimersByTimeAsync(5000)
    expect(box.findAll('.ui-toast')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1000)
    expect(box.findAll('.ui-toast')).toHaveLength(0)
  })

  it('keeps apart what looks alike and does something of its own', () => {
    const onExpire = vi.fn()
    const run = vi.fn()
    showToast({ text: '已签收', onExpire })
    showToast({ text: '已签收', onExpire })
    showToast({ text: '新通知', action: { label: '查看', run } })
    showToast({ text: '新通知', action: { label: '查看', run } })
    showToast({ text: '新通知' })
    showToast({ text: '新通知', tone: 'ok' })
    expect(toasts.value).toHaveLength(6)
    for (const { id } of toasts.value) removeToast(id)
  })

  it('forgets what was taken away', () => {
    const take = showToast({ text: 'x' })
    take()
    expect(toasts.value).toEqual([])
    expect(removeToast(999)).toBeUndefined()
    expireToast(999)
  })
})

describe('countdown tag', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('14: says in words that it is over and runs on', async () => {
    vi.setSystemTime(Date.parse('2026-11-23T10:00:00Z'))
    const tag = mount(UiCountdown, {
      props: { limit: { due: Date.parse('2026-11-23T08:59:00Z') }, label: '签收' },
    })
    expect(tag.text()).toContain('签收 超 01:01:00')
    await vi.advanceTimersByTimeAsync(2000)
    expect(tag.text()).toContain('超 01:01:02')
    expect(tag.classes()).toContain('ui-countdown--over')
    tag.unmount()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('what is left of a limit', () => {
  const at = Date.parse('2026-11-23T10:00:00Z')
  const left = (hours: number): string => {
    const tag = mount(UiCountdown, { props: { limit: { due: at + hours * 3_600_000 } } })
    const said = tag.text()
    tag.unmount()
    return said
  }
  beforeEach(() => void vi.useFakeTimers({ now: at }))
  afterEach(async () => {
    vi.useRealTimers()
    await setLocale('zh-CN')
  })

  it('is told without hours where none are left beside the days', async () => {
    expect([left(25), left(48)]).toEqual(['剩 1 天 1 小时', '剩 2 天'])
    await setLocale('en')
    expect([left(25), left(24), left(51)]).toEqual([
      '1 day 1 h left',
      '1 day left',
      '2 days 3 h left',
    ])
  })
})

describe('rows and keys', () => {
  it('steps through rows within bounds', () => {
    expect(stepRow('ArrowDown', -1, 3, 10)).toBe(0)
    expect(stepRow('ArrowUp', 0, 3, 10)).toBe(0)
    expect(stepRow('PageDown', 0, 3, 10)).toBe(2)
    expect(stepRow('End', 0, 3, 10)).toBe(2)
    expect(stepRow('x', 0, 3, 10)).toBeUndefined()
    expect(stepRow('ArrowDown', 0, 0, 10)).toBeUndefined()
  })

  it('knows composition by flag and by key code', () => {
    expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true)
    expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true)
    expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false)
  })

  it('knows where somebody writes', () => {
    const box = document.createElement('input')
    expect(isWriting(box)).toBe(true)
    box.type = 'checkbox'
    expect(isWriting(box)).toBe(false)
    expect(isWriting(document.createElement('textarea'))).toBe(true)
    expect(isWriting(document.body)).toBe(false)
  })
})
