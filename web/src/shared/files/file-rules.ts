import type { components } from '../api/schema'

export type Attachment = components['schemas']['Attachment']
export type OwnAttachment = components['schemas']['OwnAttachment']
export type FileKind = components['schemas']['FileKind']

/** What the server takes unless its operator says otherwise; it has the last word. */
export const mostBytes = 10 * 1024 * 1024

/** Longest side the server keeps: more pixels would only make the way longer. */
export const longestSide = 2560
/** A picture below it is sent as it is. */
const smallPicture = 1024 * 1024

const pictures = new Set(['jpg', 'jpeg', 'jfif', 'png', 'webp'])
const others = new Set('pdf docx xlsx txt m4a mp4 aac mp3 amr ogg oga opus webm'.split(' '))

/** For the browser's own dialog; telephones turn HEIC into JPEG because of it. */
export const acceptPictures = 'image/jpeg,image/png,image/webp'
export const accept = [acceptPictures, ...[...others].map((one) => `.${one}`)].join(',')

const extension = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

interface Named {
  name: string
  type: string
  size: number
}

export const isPicture = ({ name, type }: Named): boolean =>
  pictures.has(extension(name)) || (extension(name) === '' && /^image\/(jpeg|png|webp)$/.test(type))

export const wantsShrinking = (file: Named, always = false): boolean =>
  isPicture(file) && (always || file.size > smallPicture)

export type FileFault = 'fault.empty' | 'fault.large' | 'fault.type' | 'fault.many'

/** What is said before anything is sent. A large picture is no fault: it is made smaller. */
export function faultOf(file: Named): FileFault | undefined {
  if (file.size === 0) return 'fault.empty'
  if (isPicture(file)) return undefined
  const known = others.has(extension(file.name))
  if (!known) return 'fault.type'
  return file.size > mostBytes ? 'fault.large' : undefined
}

/** 1.4 MB, 230 KB: as people know sizes from their telephones. */
export function sizeText(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)} MB`
  return `${Math.max(1, Math.round(bytes / 1024))} KB`
}

/** Shown on the page; the rest is handed to the system. */
export const isShown = (kind: FileKind): boolean => kind === 'image' || isAudio(kind)
/** No browser plays AMR. */
export const isAudio = (kind: FileKind): boolean => ['m4a', 'ogg', 'webm', 'mp3'].includes(kind)
