import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { RouterLinkStub } from '@vue/test-utils'
import type { AuditEntry } from '../state/audit'
import AuditTable from './AuditTable.vue'

const permitted = vi.hoisted(() => new Set<string>())
vi.mock('@/shared/api/session', async (original) => ({
  ...(await original()),
  may: (permission: string) => permitted.has(permission),
}))

const hearing: AuditEntry = {
  ...{ seq: '7', at: '2026-11-27T04:00:00.000Z', role: 'agent', user_name: '李敏' },
  ...{ action: 'recording.hear', object: 'call:41', success: true },
}

function table(entries: readonly AuditEntry[]): VueWrapper {
  return mount(AuditTable, {
    props: { entries },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })
}

describe('A18: the audit of who heard a call', () => {
  afterEach(() => permitted.clear())

  it('lets whoever may hear recordings hear what was heard, fetching nothing before he does', async () => {
    permitted.add('recording.hear')
    const shown = table([hearing])
    expect(shown.find('audio').exists()).toBe(false)
    const button = shown.get('button')
    expect(button.attributes('aria-label')).toContain('41')
    await button.trigger('click')
    await flushPromises()
    await vi.waitFor(() => expect(shown.find('audio').exists()).toBe(true))
    expect(shown.get('audio').attributes('src')).toBe('/api/v1/calls/41/recording')
    expect(shown.get('audio').attributes('preload')).toBe('none')
    await button.trigger('click')
    expect(shown.find('audio').exists()).toBe(false)
  })

  it('offers it to nobody else, and of nothing else', () => {
    expect(table([hearing]).find('button').exists()).toBe(false)
    permitted.add('recording.hear')
    const other = { ...hearing, object: 'ticket:WN1' }
    expect(table([other]).find('button').exists()).toBe(false)
  })
})
