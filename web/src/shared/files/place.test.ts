// @vitest-environment node -- its Blob gives its bytes
import { describe, expect, it } from 'vitest'
import { namedByPlace, placeOf } from './place'

type Fraction = readonly [number, number]
interface Gps {
  north: readonly Fraction[]
  northRef: string
  east: readonly Fraction[]
  eastRef: string
}

const xian: Gps = {
  north: [
    [34, 1],
    [29, 1],
    [5856, 100],
  ],
  northRef: 'N',
  east: [
    [109, 1],
    [28, 1],
    [624, 100],
  ],
  eastRef: 'E',
}

/** The beginning of a photograph as a camera writes it: SOI, APP0, APP1 with EXIF, then the picture. */
function jpeg(gps: Gps | undefined, little: boolean): Blob {
  const tiff = new DataView(new ArrayBuffer(200))
  const short = (at: number, value: number) => tiff.setUint16(at, value, little)
  const long = (at: number, value: number) => tiff.setUint32(at, value, little)
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    short(at, tag)
    short(at + 2, type)
    long(at + 4, count)
    long(at + 8, value)
  }
  short(0, little ? 0x4949 : 0x4d4d)
  short(2, 42)
  long(4, 8)
  short(8, 1)
  if (gps) entry(10, 0x8825, 4, 1, 26)
  short(26, 4)
  const ref = (at: number, tag: number, letter: string) => {
    entry(at, tag, 2, 2, 0)
    tiff.setUint8(at + 8, letter.charCodeAt(0))
  }
  const fractions = (at: number, tag: number, to: number, parts: readonly Fraction[]) => {
    entry(at, tag, 5, 3, to)
    parts.forEach(([top, below], n) => {
      long(to + n * 8, top)
      long(to + n * 8 + 4, below)
    })
  }
  if (gps) {
    ref(28, 1, gps.northRef)
    fractions(40, 2, 80, gps.north)
    ref(52, 3, gps.eastRef)
    fractions(64, 4, 104, gps.east)
  }
  const app0 = new Uint8Array([0xff, 0xe0, 0, 4, 0, 0])
  const length = 2 + 6 + tiff.byteLength
  const head = [0xff, 0xe1, length >> 8, length & 255, 0x45, 0x78, 0x69, 0x66, 0, 0]
  const rest = new Uint8Array([0xff, 0xda, 0, 2])
  return new Blob([new Uint8Array([0xff, 0xd8]), app0, new Uint8Array(head), tiff.buffer, rest])
}

describe('25: where a photograph was taken', () => {
  it.each([true, false])('25: is read in either byte order (little: %s)', async (little) => {
    const place = await placeOf(jpeg(xian, little))
    expect(place?.latitude).toBeCloseTo(34.4996, 4)
    expect(place?.longitude).toBeCloseTo(109.4684, 4)
  })

  it('25: south and west are negative', async () => {
    const place = await placeOf(jpeg({ ...xian, northRef: 'S', eastRef: 'W' }, true))
    expect(place?.latitude).toBeCloseTo(-34.4996, 4)
    expect(place?.longitude).toBeCloseTo(-109.4684, 4)
  })

  it('25: is unknown where the file does not say, is cut short or is no photograph', async () => {
    const whole = jpeg(xian, true)
    expect(await placeOf(jpeg(undefined, true))).toBeUndefined()
    expect(await placeOf(whole.slice(0, 60))).toBeUndefined()
    expect(await placeOf(new Blob(['%PDF-1.4 …']))).toBeUndefined()
    expect(await placeOf(new Blob([]))).toBeUndefined()
  })

  it('25: goes into the name, before its ending', () => {
    const place = { latitude: 34.4996, longitude: -109.4684 }
    expect(namedByPlace('墙角.jpg', place)).toBe('墙角 (N34.49960 W109.46840).jpg')
    expect(namedByPlace('墙角', place)).toBe('墙角 (N34.49960 W109.46840)')
  })
})
