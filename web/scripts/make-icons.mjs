// Draws the mark as PNG icons: the sun over the Wei river, on the brand's blue. Same geometry as
// public/icons/mark.svg. Run `npm run icons` after a change; the results are committed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'

const brand = [0x17, 0x49, 0x5a]
const paper = [0xf5, 0xf4, 0xef]
const sun = [0xe0, 0x5a, 0x43]
const supersample = 4

const wave = (x, base) => base + 0.035 * Math.sin((x - 0.12) * Math.PI * 3.4)

/** Colour at a point of the unit square; undefined is transparent. */
function colourAt(x, y, { corner, inset }) {
    const dx = Math.max(corner - x, x - (1 - corner), 0)
    const dy = Math.max(corner - y, y - (1 - corner), 0)
    if (Math.hypot(dx, dy) > corner && corner > 0) return undefined
    const u = (x - inset) / (1 - 2 * inset)
    const v = (y - inset) / (1 - 2 * inset)
    const inside = u > 0.14 && u < 0.86
    for (const base of [0.6, 0.74]) if (inside && Math.abs(v - wave(u, base)) < 0.042) return paper
    if (Math.hypot(u - 0.5, v - 0.36) < 0.145) return sun
    return brand
}

function draw(size, shape) {
    const rows = Buffer.alloc(size * (size * 4 + 1))
    for (let py = 0; py < size; py++) {
        for (let px = 0; px < size; px++) {
            const sum = [0, 0, 0, 0]
            for (let s = 0; s < supersample ** 2; s++) {
                const x = (px + ((s % supersample) + 0.5) / supersample) / size
                const y = (py + (Math.floor(s / supersample) + 0.5) / supersample) / size
                const colour = colourAt(x, y, shape)
                if (!colour) continue
                colour.forEach((part, i) => (sum[i] += part))
                sum[3] += 1
            }
            const at = py * (size * 4 + 1) + 1 + px * 4
            for (let i = 0; i < 3; i++) rows[at + i] = sum[3] ? Math.round(sum[i] / sum[3]) : 0
            rows[at + 3] = Math.round((sum[3] / supersample ** 2) * 255)
        }
    }
    return rows
}

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), body.length + 4)
    return out
}

function png(size, shape) {
    const header = Buffer.alloc(13)
    header.writeUInt32BE(size, 0)
    header.writeUInt32BE(size, 4)
    header.set([8, 6, 0, 0, 0], 8)
    return Buffer.concat([
        Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
        chunk('IHDR', header),
        chunk('IDAT', deflateSync(draw(size, shape), { level: 9 })),
        chunk('IEND', Buffer.alloc(0)),
    ])
}

const out = fileURLToPath(new URL('../public/icons/', import.meta.url))
mkdirSync(out, { recursive: true })
const rounded = { corner: 0.2, inset: 0 }
// A maskable icon may lose everything outside a circle of 80 %: square, with the mark drawn in.
const maskable = { corner: 0, inset: 0.14 }
writeFileSync(`${out}icon-192.png`, png(192, rounded))
writeFileSync(`${out}icon-512.png`, png(512, rounded))
writeFileSync(`${out}icon-maskable-512.png`, png(512, maskable))
