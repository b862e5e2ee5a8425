import { expect, it } from 'vitest'
import { checkFault, isUscc, tidyUscc } from './uscc'

// Printed on licences that anybody can look up.
const real = ['91110000802100433B', '914403001922038216', '91440300708461136T']

it('the check character of real codes is right', () => {
  for (const code of real) expect([code, checkFault(code)]).toEqual([code, undefined])
})

it('one wrong character is found, and what it should be is told', () => {
  expect(checkFault('91110000802100433C')).toEqual({ is: 'C', should: 'B' })
  expect(checkFault('91110000802100434B')?.is).toBe('B')
})

it('what is no code at all has another fault', () => {
  expect(isUscc('9111000080210043')).toBe(false)
  expect(checkFault('9111000080210043')).toBeUndefined()
  expect(isUscc('9111000080210O433B')).toBe(false)
})

it('blanks, hyphens and small letters are how people copy it', () => {
  expect(tidyUscc(' 9111-0000 8021-0043 3b ')).toBe('91110000802100433B')
})
