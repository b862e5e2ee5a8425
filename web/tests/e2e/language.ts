import type { Page } from 'playwright-core'

// Fields that carry the words of people and the names of things; every other text of the server is
// to come in the asker's language. What a notice says (body) is in the language its receiver chose for notices.
const dataFields =
  /(^|_)name$|^(title|content|topic|category|place|wanted|address|industry|result_text|result_basis|basis|words|phrases|reason|note|source|contact_result|label|answer|questions?|remark|reply|body|duties|functions)$/

function collect(value: unknown, field: string, into: Set<string>): void {
  if (typeof value === 'string') {
    if (dataFields.test(field)) into.add(value.trim())
  } else if (Array.isArray(value)) {
    for (const one of value) collect(one, field, into)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) collect(inner, name, into)
  }
}

/** What the server sent as data to a page; some of it may not have been read yet. */
export interface Data {
  texts: ReadonlySet<string>
  reading: ReadonlySet<Promise<void>>
}

/** From now on. */
export function watchData(page: Page): Data {
  const texts = new Set<string>()
  const reading = new Set<Promise<void>>()
  page.on('response', (response) => {
    if (!response.headers()['content-type']?.startsWith('application/json')) return
    const read = response.json().then(
      (body) => collect(body, '', texts),
      () => undefined, // the page went on before the body came
    )
    reading.add(read)
    void read.then(() => reading.delete(read))
  })
  return { texts, reading }
}

/** Chinese on an English page, but for the language switch and what is data. */
export async function untranslated(page: Page, data: Data): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const seen: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent || parent.closest('script, style, [lang|="zh"]')) continue
      if (parent.checkVisibility()) seen.push(node.textContent?.trim() ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
      for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
        seen.push(element.getAttribute(name) ?? '')
    return seen
  })
  const chinese = /\p{Script=Han}/u
  await Promise.all(data.reading)
  const known = [...data.texts]
    .filter((one) => chinese.test(one))
    .sort((a, b) => b.length - a.length)
  return texts.filter(
    (text) =>
      chinese.test(text) &&
      chinese.test(known.reduce((rest, one) => rest.replaceAll(one, ''), text)),
  )
}
