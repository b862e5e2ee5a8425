import { longestSide, wantsShrinking } from './file-rules'

const quality = 0.85

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

/**
 * A large photograph made smaller before it is sent, for a bad connection's sake. Whatever stands in the way (an old
 * browser, a picture it cannot open) leaves the file as it is: the server draws it anew anyway.
 */
export async function shrunk(file: File): Promise<Blob> {
  if (!wantsShrinking(file)) return file
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const canvas = document.createElement('canvas')
    Object.assign(canvas, fitted(picture.width, picture.height))
    const pen = canvas.getContext('2d')
    if (!pen) return file
    // What is transparent is white there too.
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const small = await new Promise<Blob | null>((done) =>
      canvas.toBlob(done, 'image/jpeg', quality),
    )
    return small && small.size < file.size ? small : file
  } catch {
    return file
  }
}
