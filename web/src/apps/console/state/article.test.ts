import { describe, expect, it } from 'vitest'
import {
  articleFaults,
  changedFields,
  emptyForm,
  caughtUp,
  formOf,
  inputOf,
  queryOf,
  type ArticleForm,
  type ArticleText,
} from './article'

const text: ArticleText = {
  title: '施工许可证怎么办',
  questions: ['许可证几天能下来', '小工程要不要办'],
  answer: '向所在地住建部门申请，七日内办结。',
  basis: '《建筑工程施工许可管理办法》',
  unit_id: 12,
  unit_name: '市住建局',
  topic: '规划建设',
  divisions: [],
  valid_from: '2026-03-01',
  open: true,
}
const form = (over: Partial<ArticleForm> = {}): ArticleForm => ({ ...formOf(text), ...over })
const faults = (over: Partial<ArticleForm>) =>
  articleFaults(form(over)).map(({ field, fault }) => `${field} ${fault}`)

describe('the editor of an article', () => {
  it('gives back what it was given', () => {
    const { unit_name, ...input } = text
    expect(unit_name).toBe('市住建局')
    expect(inputOf(formOf(text))).toEqual(input)
  })

  it('takes question forms one a line and leaves the last day out when there is none', () => {
    expect(inputOf(form({ questions: ' 要办吗 \n\n几天 ' })).questions).toEqual(['要办吗', '几天'])
    expect(inputOf(form())).not.toHaveProperty('valid_to')
    expect(inputOf(form({ validTo: '2026-12-31' })).valid_to).toBe('2026-12-31')
  })

  it.each([
    [{}, []],
    [{ title: '用电' }, ['title short']],
    [{ title: '字'.repeat(81) }, ['title long']],
    [{ answer: ' ' }, ['answer missing']],
    [{ basis: '' }, ['basis missing']],
    [{ unitId: '' }, ['unit_id missing']],
    [{ validFrom: '' }, ['valid_from missing']],
    [{ validTo: '2026-02-28' }, ['valid_to order']],
    [{ questions: Array(21).fill('怎么办').join('\n') }, ['questions many']],
    [{ questions: '字'.repeat(81) }, ['questions long']],
  ])('sees what is wrong with %j', (over, expected) => {
    expect(faults(over)).toEqual(expected)
  })

  it('begins with the own unit and today', () => {
    expect(emptyForm('2026-11-26', '7')).toMatchObject({ validFrom: '2026-11-26', unitId: '7' })
  })
})

describe('a waiting version', () => {
  it('is held against the one in force, field by field', () => {
    const after = { ...text, answer: '五日内办结', questions: [], valid_to: '2027-01-01' }
    expect([...changedFields(text, after)].sort()).toEqual(['answer', 'questions', 'valid_to'])
    expect(changedFields(text, { ...text }).size).toBe(0)
  })
})

describe('the list of articles', () => {
  it('asks only for what was chosen', () => {
    expect(queryOf({ words: ' ', topic: '', standing: '', only: 'all' })).toEqual({})
    expect(queryOf({ words: '退税 ', topic: '税务', standing: 'draft', only: 'waiting' })).toEqual({
      q: '退税',
      topic: '税务',
      standing: 'draft',
      waiting: true,
    })
  })
})

describe('15: an article that another changed meanwhile', () => {
  it('15: what was not touched here follows him, what both wrote stays and is named', () => {
    const before = form()
    const mine = form({ answer: '我写的答复', basis: '我写的依据' })
    const theirs = form({ title: '对方的问题', answer: '对方的答复', divisions: ['610526'] })
    const found = caughtUp(mine, before, theirs)
    expect(found.form).toEqual({ ...theirs, answer: '我写的答复', basis: '我写的依据' })
    expect(found.both).toEqual(['answer'])
  })
})
