/** 统一社会信用代码 as GB 32100-2015 writes it: no I, O, S, V, Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

export const isUscc = (code: string): boolean => /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)

/** As people copy it from a licence: in small letters, with blanks and hyphens. */
export const tidyUscc = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase()

/** The last character, out of the seventeen before it: weights 3^(i-1) mod 31. */
export function checkCharacter(code: string): string {
  let sum = 0
  let weight = 1
  for (const character of code.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return alphabet[(31 - (sum % 31)) % 31] ?? ''
}

export interface CheckFault {
  is: string
  should: string
}

/**
 * A mistyped code is found by its last character. Such codes have been issued, too, so this is told
 * and turns nobody away; nothing for what is no code at all.
 */
export function checkFault(code: string): CheckFault | undefined {
  if (!isUscc(code)) return undefined
  const should = checkCharacter(code)
  const is = code.slice(-1)
  return is === should ? undefined : { is, should }
}
