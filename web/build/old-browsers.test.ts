import { describe, expect, it } from 'vitest'
import { newerNames, newerRules, withLonghands } from './old-browsers'

describe('what is newer than the oldest browser of the portal', () => {
  it('is found in calls', () => {
    expect(newerNames('const a = [1].at(-1); structuredClone(a); new WeakRef(a)')).toEqual([
      'WeakRef',
      'at',
      'structuredClone',
    ])
    expect(newerNames('a.replace(/x/g, "y"); Object.keys(a).flat()')).toEqual([])
  })

  it('may be used where it is asked for first, and where it only stands in', () => {
    expect(newerNames('typeof crypto.randomUUID == "function" && crypto.randomUUID()')).toEqual([])
    expect(newerNames('const list = { toSorted() { return this.raw.toSorted() } }')).toEqual([])
  })

  it('is no syntax of after 2020', () => {
    expect(() => newerNames('a ??= 1')).toThrow(SyntaxError)
    expect(() => newerNames('class A { x = 1 }')).toThrow(SyntaxError)
    expect(newerNames('a?.b ?? import.meta.url')).toEqual([])
  })

  it('is found in style sheets where layout rests on it', () => {
    expect(newerRules('.a{inset:0}')).toEqual(['inset:'])
    expect(newerRules('.a{color:red;& .b{color:red}}')).toHaveLength(1)
    expect(newerRules('@media (width < 40rem){.a{color:red}}')).toHaveLength(1)
    expect(
      newerRules('.a{padding-inline-start:1px;max-height:100dvh}.b:has(.a){color:red}'),
    ).toEqual([])
  })
})

it('both sides at once are written as two', () => {
  expect(withLonghands('.a { padding-inline: var(--a); margin-block: 0 calc(1px + 2px)}')).toBe(
    '.a { padding-inline-start: var(--a); padding-inline-end: var(--a); margin-block-start: 0; margin-block-end: calc(1px + 2px)}',
  )
  expect(withLonghands('.a{scroll-padding-block:5rem}')).toBe('.a{scroll-padding-block:5rem}')
})
