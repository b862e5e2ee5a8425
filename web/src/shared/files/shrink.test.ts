import { describe, expect, it } from 'vitest'
import { wantsShrinking } from './file-rules'
import { drawnToFit, forPhones } from './shrink'

/** A drawing whose bytes follow its pixels and its fineness. */
function easel(bytesPerPixel: number) {
  const drawn: [number, number, number][] = []
  const draw = (width: number, height: number, quality: number) => {
    drawn.push([width, height, quality])
    const size = Math.round(width * height * bytesPerPixel * quality)
    return Promise.resolve({ size } as Blob)
  }
  return { drawn, draw }
}

const photo = { width: 4000, height: 3000 }

describe('25: photos for a connection in the field', () => {
  it('25: have no side above 1600 px and no more than 400 kB', async () => {
    const { drawn, draw } = easel(0.1)
    const made = await drawnToFit(photo, forPhones, draw)
    expect(made?.size).toBeLessThanOrEqual(400_000)
    expect(drawn).toEqual([[1600, 1200, 0.85]])
  })

  it('25: become coarser first, then smaller, until they fit', async () => {
    const { drawn, draw } = easel(0.5)
    const made = await drawnToFit(photo, forPhones, draw)
    expect(made?.size).toBeLessThanOrEqual(400_000)
    expect(drawn.slice(0, 4)).toEqual([
      ...[0.85, 0.7, 0.55].map((quality) => [1600, 1200, quality]),
      [1200, 900, 0.85],
    ])
  })

  it('25: that never fit are sent as small as they became', async () => {
    const { drawn, draw } = easel(50)
    expect((await drawnToFit(photo, forPhones, draw))?.size).toBeGreaterThan(400_000)
    expect(drawn).toHaveLength(12)
  })

  it('25: are drawn anew however small, so that nothing the camera noted goes along', () => {
    const small = { name: 'a.jpg', type: 'image/jpeg', size: 2000 }
    expect(wantsShrinking(small, forPhones.always)).toBe(true)
    expect(wantsShrinking(small)).toBe(false)
    expect(wantsShrinking({ ...small, name: 'a.pdf', type: '' }, true)).toBe(false)
  })
})
