import { onMounted, useTemplateRef } from 'vue'

/**
 * For what is asked of whoever has just sent a form. Its heading (`ref="heading"`) takes the focus,
 * so that a second Enter of an impatient hand answers nothing, and it is brought into sight with
 * the answers below it: it stands at the end of a form that may be long.
 */
export function useQuestion(): void {
  const heading = useTemplateRef<HTMLElement>('heading')
  onMounted(() => {
    heading.value?.focus({ preventScroll: true })
    heading.value?.scrollIntoView({ block: 'start' })
  })
}
