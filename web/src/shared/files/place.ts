/** Where a photograph was taken, degrees north and east, as the camera wrote it into the file (EXIF 2.32, 4.6.6). */
export interface Place {
  latitude: number
  longitude: number
}

const gpsPointer = 0x8825
const latitudeRef = 1
const latitude = 2
const longitudeRef = 3
const longitude = 4

interface Entry {
  tag: number
  /** Of the value, from the beginning of the TIFF part. */
  at: number
}

class Tiff {
  readonly #little: boolean
  constructor(private readonly view: DataView) {
    this.#little = view.getUint16(0) === 0x4949
  }
  short(at: number): number {
    return this.view.getUint16(at, this.#little)
  }
  long(at: number): number {
    return this.view.getUint32(at, this.#little)
  }
  character(at: number): string {
    return String.fromCharCode(this.view.getUint8(at))
  }
  entries(directory: number): Entry[] {
    return Array.from({ length: this.short(directory) }, (_, n) => {
      const at = directory + 2 + n * 12
      const bytes = this.long(at + 4) * (this.short(at + 2) === 5 ? 8 : 1)
      return { tag: this.short(at), at: bytes > 4 ? this.long(at + 8) : at + 8 }
    })
  }
  /** Degrees, minutes and seconds, each a fraction. */
  degrees(at: number): number {
    const part = (n: number): number => this.long(at + n * 8) / (this.long(at + n * 8 + 4) || 1)
    return part(0) + part(1) / 60 + part(2) / 3600
  }
}

/** The TIFF part of a JPEG file's APP1 segment. */
function tiffIn(bytes: ArrayBuffer): Tiff | undefined {
  const view = new DataView(bytes)
  if (view.getUint16(0) !== 0xffd8) return undefined
  for (let at = 2; view.getUint16(at) !== 0xffda; at += 2 + view.getUint16(at + 2))
    if (view.getUint16(at) === 0xffe1 && view.getUint32(at + 4) === 0x45786966)
      return new Tiff(new DataView(bytes, at + 10))
  return undefined
}

/** Nothing where the file does not say. */
export async function placeOf(file: Blob): Promise<Place | undefined> {
  try {
    // It stands before the picture itself.
    const tiff = tiffIn(await file.slice(0, 256 * 1024).arrayBuffer())
    const pointer = tiff?.entries(tiff.long(4)).find(({ tag }) => tag === gpsPointer)
    if (!tiff || !pointer) return undefined
    const gps = new Map(tiff.entries(tiff.long(pointer.at)).map(({ tag, at }) => [tag, at]))
    const signed = (value: number, ref: number, negative: string): number | undefined => {
      const [at, refAt] = [gps.get(value), gps.get(ref)]
      if (at === undefined || refAt === undefined) return undefined
      return tiff.degrees(at) * (tiff.character(refAt) === negative ? -1 : 1)
    }
    const north = signed(latitude, latitudeRef, 'S')
    const east = signed(longitude, longitudeRef, 'W')
    return north === undefined || east === undefined
      ? undefined
      : { latitude: north, longitude: east }
  } catch {
    return undefined // cut short, or not what it says it is
  }
}

/** `墙角.jpg` → `墙角 (N34.49960 E109.46840).jpg`: a name is all of it that the server keeps. */
export function namedByPlace(name: string, place: Place): string {
  const part = (value: number, plus: string, minus: string): string =>
    (value < 0 ? minus : plus) + Math.abs(value).toFixed(5)
  const where = `(${part(place.latitude, 'N', 'S')} ${part(place.longitude, 'E', 'W')})`
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? `${name} ${where}` : `${name.slice(0, dot)} ${where}${name.slice(dot)}`
}
