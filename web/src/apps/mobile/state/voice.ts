/** Longest voice note, s: at 32 kbit/s some 1.2 MB. */
export const longestVoice = 300

const kinds = [
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg;codecs=opus', 'ogg'],
] as const

/** What this browser records and the server takes; nothing where it cannot record. */
export function voiceType(): string | undefined {
  const recorder = (globalThis as Partial<typeof globalThis>).MediaRecorder
  if (!recorder || !(navigator as Partial<Navigator>).mediaDevices) return undefined
  return kinds.find(([type]) => recorder.isTypeSupported(type))?.[0]
}

/** A name without what file systems refuse, with the ending of its kind. */
export function fileNameOf(words: string, type: string): string {
  const ending = kinds.find(([kind]) => kind === type)?.[1] ?? 'webm'
  return `${words.replace(/[\\/:*?"<>|]/g, '.')}.${ending}`
}
