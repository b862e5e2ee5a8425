/**
 * The initials Chinese words are typed by in a hurry: 待派单 is "dpd". No table of readings: the
 * browser's own pinyin order tells between which two characters a character stands, and each pair
 * bounds one letter. Of the 3755 characters of GB 2312's first level six come out otherwise.
 */
const letters = 'abcdefghjklmnopqrstwxyz'
const firsts = '阿八擦搭讹发嘎哈讥咖垃妈拿哦趴七然撒他挖夕丫匝'

/** Read in two ways in the words of this house: 调解, 重办, 市长, 银行, 曾办. */
const others: Readonly<Record<string, string>> = { 调: 't', 重: 'c', 长: 'c', 行: 'h', 曾: 'c' }

const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin')
const bounds = [...firsts]

const isChinese = (char: string): boolean => /\p{Script=Han}/u.test(char)

/** The letters a character may be typed as; itself when it is not Chinese. */
export function initialsOf(char: string): string {
  if (!isChinese(char)) return char.toLowerCase()
  const at = bounds.findLastIndex((bound) => order.compare(bound, char) <= 0)
  return (letters[at] ?? '') + (others[char] ?? '')
}

/** From which character on the text is written as these initials; -1 when it is not. */
export function initialsAt(text: string, typed: string): number {
  const chars = [...text].filter((char) => !/[\s·（）()“”"、，]/.test(char))
  const wanted = [...typed.toLowerCase()]
  if (wanted.length === 0 || !/^[a-z0-9]+$/i.test(typed)) return -1
  const last = chars.length - wanted.length
  for (let from = 0; from <= last; from++)
    if (
      isChinese(chars[from] ?? '') &&
      wanted.every((letter, at) => initialsOf(chars[from + at] ?? '').includes(letter))
    )
      return from
  return -1
}
