import { expect, it } from 'vitest'
import { savedAs } from './file-name'

it('a file is saved under its Chinese name', () => {
  const told = `attachment; filename="export.csv"; filename*=UTF-8''%E6%8C%87%E6%A0%87_2026.csv`
  expect(savedAs(told, 'x')).toBe('指标_2026.csv')
})

it('a file without a name, or with one that cannot be read, gets a plain one', () => {
  expect(savedAs(null, 'export.csv')).toBe('export.csv')
  expect(savedAs("attachment; filename*=UTF-8''%E6%8", 'export.csv')).toBe('export.csv')
})
