import { longestSide, wantsShrinking } from './file-rules'

const quality = 0.85

/** How small a picture is to become. */
export interface Aim {
  /** Longest side, px. */
  longest: number
  /** 0: whatever comes out. */
  bytes: number
  /** Drawn anew even when it is small already: nothing but the picture itself goes out. */
  always: boolean
}

const forDesks: Aim = { longest: longestSide, bytes: 0, always: false }
/** For a connection in the field. Drawn anew, it says neither where nor by which phone it was taken. */
export const forPhones: Aim = { longest: 1600, bytes: 400 * 1000, always: true }

/** The size a picture is drawn in: no side above `longest`, the same shape. */
export function fitted(
  width: number,
  height: number,
  longest = longestSide,
): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

type Draw = (width: number, height: number, quality: number) => Promise<Blob | null>

/** Coarser first, then smaller, until it is small enough. */
export async function drawnToFit(
  size: { width: number; height: number },
  aim: Aim,
  draw: Draw,
): Promise<Blob | null> {
  let drawn: Blob | null = null
  for (const shorter of [1, 0.75, 0.5, 0.35]) {
    const { width, height } = fitted(size.width, size.height, Math.round(aim.longest * shorter))
    for (const q of aim.bytes > 0 ? [quality, 0.7, 0.55] : [quality]) {
      drawn = await draw(width, height, q)
      if (drawn && (aim.bytes === 0 || drawn.size <= aim.bytes)) return drawn
    }
  }
  return drawn
}

function drawing(picture: ImageBitmap): Draw {
  return (width, height, q) => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width, height })
    const pen = canvas.getContext('2d')
    if (!pen) return Promise.resolve(null)
    // What is transparent is white there too.
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, width, height)
    pen.drawImage(picture, 0, 0, width, height)
    return new Promise((done) => canvas.toBlob(done, 'image/jpeg', q))
  }
}

/**
 * A large photograph made smaller before it is sent, for a bad connection's sake. Whatever stands in the way (an old
 * browser, a picture it cannot open) leaves the file as it is: the server draws it anew anyway.
 */
export async function shrunk(file: File, aim: Aim = forDesks): Promise<Blob> {
  if (!wantsShrinking(file, aim.always)) return file
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const small = await drawnToFit(picture, aim, drawing(picture))
    picture.close()
    return small && (aim.always || small.size < file.size) ? small : file
  } catch {
    return file
  }
}
