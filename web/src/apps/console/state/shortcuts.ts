/** What a key means. Where: on every page, in a list, on a ticket, or in a form. */
export type Command =
  | 'help'
  | 'new'
  | 'search'
  | 'next'
  | 'previous'
  | 'open'
  | 'back'
  | 'act'
  | 'refresh'
  | 'newcomers'
  | 'submit'
  | 'nextDraft'
  | 'suggestions'
  | 'palette'
  | 'mark'
  | 'markAll'
  | 'bulk'
  | 'callBack'
  | 'allSeen'
  | 'toggleReady'
  | 'takeBreak'
  | 'holdCall'
  | 'transferCall'
  | 'joinCall'
  | 'hangUp'
  | 'answerCall'
  | 'muteCall'

export interface Shortcut {
  keys: string
  command: Command
  place: 'all' | 'call' | 'list' | 'ticket' | 'form' | 'missed'
  /** Works while writing; everything else is a single character and keeps quiet there. */
  whileWriting?: boolean
}

export const shortcuts: readonly Shortcut[] = [
  { keys: 'Ctrl+k', command: 'palette', place: 'all', whileWriting: true },
  { keys: 'Alt+r', command: 'toggleReady', place: 'all', whileWriting: true },
  { keys: 'Alt+b', command: 'takeBreak', place: 'all', whileWriting: true },
  { keys: 'Alt+a', command: 'answerCall', place: 'call', whileWriting: true },
  { keys: 'Alt+m', command: 'muteCall', place: 'call', whileWriting: true },
  { keys: 'Alt+h', command: 'holdCall', place: 'call', whileWriting: true },
  { keys: 'Alt+t', command: 'transferCall', place: 'call', whileWriting: true },
  { keys: 'Alt+j', command: 'joinCall', place: 'call', whileWriting: true },
  { keys: 'Alt+x', command: 'hangUp', place: 'call', whileWriting: true },
  { keys: '?', command: 'help', place: 'all' },
  { keys: 'n', command: 'new', place: 'all' },
  { keys: '/', command: 'search', place: 'list' },
  { keys: 'j', command: 'next', place: 'list' },
  { keys: 'k', command: 'previous', place: 'list' },
  { keys: 'Enter', command: 'open', place: 'list' },
  { keys: 'x', command: 'mark', place: 'list' },
  { keys: 'X', command: 'markAll', place: 'list' },
  { keys: 'b', command: 'bulk', place: 'list' },
  { keys: '.', command: 'newcomers', place: 'list' },
  { keys: 'r', command: 'refresh', place: 'list' },
  { keys: 'j', command: 'next', place: 'ticket' },
  { keys: 'k', command: 'previous', place: 'ticket' },
  { keys: 'a', command: 'act', place: 'ticket' },
  { keys: 'u', command: 'back', place: 'ticket' },
  { keys: 'c', command: 'callBack', place: 'missed' },
  { keys: 'm', command: 'allSeen', place: 'missed' },
  { keys: 'Ctrl+Enter', command: 'submit', place: 'form', whileWriting: true },
  { keys: 'Alt+PageDown', command: 'nextDraft', place: 'form', whileWriting: true },
  { keys: 'Alt+k', command: 'suggestions', place: 'form', whileWriting: true },
]

interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  keyCode: number
}

interface Where {
  writing: boolean
  /** The focus is on something that has its own use for Enter. */
  onControl: boolean
  /** WCAG 2.1.4: character keys can be turned off. */
  characterKeys: boolean
}

function spelled(event: Pressed): string {
  const ctrl = event.ctrlKey || event.metaKey
  return `${ctrl ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.key}`
}

/** The command of a key press here, if it has one. An input method's keys never do. */
export function commandOf(event: Pressed, where: Where): Command | undefined {
  if (event.isComposing || event.keyCode === 229) return undefined
  const keys = spelled(event)
  const found = shortcuts.find((one) => one.keys === keys)
  if (!found) return undefined
  if (found.whileWriting) return found.command
  if (where.writing) return undefined
  if (found.keys === 'Enter') return where.onControl ? undefined : found.command
  return where.characterKeys ? found.command : undefined
}
