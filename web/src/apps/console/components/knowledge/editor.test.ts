import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { emptyForm } from '../../state/article'
import ArticleEditor from './ArticleEditor.vue'

it('a field that is changed is called wrong no more, the others are until the next try', async () => {
  const editor = mount(ArticleEditor, { props: { given: emptyForm('2026-11-27') } })
  const wrong = () =>
    editor
      .findAll('[aria-invalid=true]')
      .map((one) => one.attributes('id')?.replace('article-', ''))
  await editor.get('form').trigger('submit')
  await flushPromises()
  expect(wrong()).toEqual(['title', 'answer', 'basis', 'unit_id'])
  const lines = editor.findAll('.ui-errors li').length
  await editor.get('#article-answer').setValue('向住建部门申请。')
  expect(wrong()).toEqual(['title', 'basis', 'unit_id'])
  await editor.get('#article-valid_from').setValue('2026-12-01')
  expect(wrong()).toEqual(['title', 'basis', 'unit_id'])
  // The summary is of the last try: it does not take the focus from whoever mends.
  expect(editor.findAll('.ui-errors li')).toHaveLength(lines)
  await editor.get('form').trigger('submit')
  expect(wrong()).toEqual(['title', 'basis', 'unit_id'])
  expect(editor.findAll('.ui-errors li')).toHaveLength(3)
})
