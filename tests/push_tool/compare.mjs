// Opens and verifies with independent implementations what the sender of web pushes makes; see README.md.
import { spawnSync } from 'node:child_process'
import { createECDH, createPublicKey, randomBytes, randomInt, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ece = createRequire(new URL('../../web/package.json', import.meta.url))('http_ece')
const longest = 3993
const origins = ['https://fcm.googleapis.com', 'https://push.example.org:8443', 'http://127.0.0.1:9']

function subscription(index) {
    const browser = createECDH('prime256v1')
    const point = browser.generateKeys()
    const auth = randomBytes(16)
    // The shortest and the longest first.
    const size = index < 2 ? index : index === 2 ? longest : randomInt(longest + 1)
    return { browser, point, auth, message: randomBytes(size), origin: origins[index % 3] }
}

const line = ({ point, auth, message, origin }) =>
    [
        point.toString('base64url'),
        auth.toString('base64url'),
        message.length > 0 ? message.toString('base64url') : '-',
        origin,
    ].join(' ')

function opens({ browser, auth, message }, body) {
    const opened = ece.decrypt(Buffer.from(body, 'base64url'), {
        version: 'aes128gcm',
        privateKey: browser,
        authSecret: auth.toString('base64url'),
    })
    return opened.equals(message)
}

// RFC 8292: the token is signed by the key that goes along with it, for this origin, for less than a day.
function isVouchedFor({ origin }, authorization) {
    const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? []
    const point = Buffer.from(key, 'base64url')
    const [head, claims, signature] = token.split('.')
    const publicKey = createPublicKey({
        format: 'jwk',
        key: {
            kty: 'EC',
            crv: 'P-256',
            x: point.subarray(1, 33).toString('base64url'),
            y: point.subarray(33).toString('base64url'),
        },
    })
    const read = (part) => JSON.parse(Buffer.from(part, 'base64url').toString())
    const { aud, exp, sub } = read(claims)
    const ahead = exp - Date.now() / 1000
    return (
        read(head).alg === 'ES256' &&
        aud === origin &&
        sub === 'mailto:test@example.org' &&
        ahead > 0 &&
        ahead < 86400 &&
        verify(
            'sha256',
            Buffer.from(`${head}.${claims}`),
            { key: publicKey, dsaEncoding: 'ieee-p1363' },
            Buffer.from(signature, 'base64url'),
        )
    )
}

function attempt(test, ...given) {
    try {
        return test(...given)
    } catch {
        return false
    }
}

const folder = mkdtempSync(join(tmpdir(), 'push-oracle-'))
const asked = Array.from({ length: 1000 }, (_, index) => subscription(index))
const said = spawnSync(process.argv[2], ['encrypt', join(folder, 'key.pem')], {
    input: asked.map(line).join('\n') + '\n',
    maxBuffer: 64 * 1024 * 1024,
    encoding: 'utf8',
})
rmSync(folder, { recursive: true })
const answers = said.stdout.split('\n')
let failed = 0
asked.forEach((one, index) => {
    const [body, ...authorization] = (answers[index] ?? '').split(' ')
    const well = attempt(opens, one, body) && attempt(isVouchedFor, one, authorization.join(' '))
    if (!well) {
        failed += 1
        console.log(`FAULT: message ${index}, ${one.message.length} bytes, to ${one.origin}`)
    }
})
console.log(`${asked.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
