import { showToast } from '@/ui/toasts'

const aPlace = /^\/console#(\/.*)$/

/** A notice that comes while the console is open is shown, with the way to what it is about. */
export function toastNotice(
  type: string,
  data: Record<string, unknown>,
  action: string,
  go: (place: string) => void,
): void {
  const { title, body, url } = data
  if (type !== 'notice' || typeof title !== 'string' || typeof body !== 'string') return
  const place = typeof url === 'string' ? aPlace.exec(url)?.[1] : undefined
  showToast({
    text: `${title} · ${body}`,
    tone: data['urgent'] === true ? 'bad' : 'plain',
    lasts: 15_000,
    ...(place !== undefined && { action: { label: action, run: () => go(place) } }),
  })
}
