/** At most one run per `gap` ms: the first at once, those meanwhile as one at the end. */
export function throttle(gap: number, run: () => unknown) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  const rest = (): void => {
    timer = undefined
    if (!again) return
    again = false
    go()
  }
  const go = (): void => {
    void run()
    timer = setTimeout(rest, gap)
  }
  return {
    call(): void {
      if (timer === undefined) go()
      else again = true
    },
    stop(): void {
      clearTimeout(timer)
      timer = undefined
      again = false
    },
  }
}
