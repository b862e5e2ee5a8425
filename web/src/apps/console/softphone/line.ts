import { UA, WebSocketInterface } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { RTCSessionEvent } from 'jssip/lib/UA'
import type { Hears, Line, Session, SignIn } from './telephone'

/** Media stays in the network page and PBX are both in: nobody outside is asked for an address. */
const answering = {
  mediaConstraints: { audio: true, video: false },
  pcConfig: { iceServers: [] },
}
/** The exchange takes that for a telephone that was pressed away (T30). */
const busyHere = { status_code: 486 }

function sessionOf(sip: RTCSession, hears: Hears): Session {
  const voice = new Audio()
  voice.autoplay = true
  const session: Session = {
    answer: () => sip.answer(answering),
    end: () => {
      if (!sip.isEnded()) sip.terminate(sip.isEstablished() ? undefined : busyHere)
    },
    mute: (on) => (on ? sip.mute({ audio: true }) : sip.unmute({ audio: true })),
  }
  const over = () => {
    voice.srcObject = null
    hears.over(session)
  }
  sip.on('peerconnection', ({ peerconnection }) => {
    peerconnection.addEventListener('track', ({ track, streams }) => {
      voice.srcObject = streams[0] ?? new MediaStream([track])
    })
  })
  sip.on('accepted', () => hears.talks(session))
  sip.on('ended', over)
  sip.on('failed', over)
  sip.on('getusermediafailed', () => hears.deaf())
  return session
}

/** A telephone at the exchange. It reconnects by itself as soon as its connection is lost. */
export function openLine({ url, domain, extension, password }: SignIn, told: Hears): Line {
  const ua = new UA({
    sockets: [new WebSocketInterface(url)],
    uri: `sip:${extension}@${domain}`,
    password,
    register_expires: 120,
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 15,
  })
  let closed = false
  const unless = (tell: () => void) => () => {
    if (!closed) tell()
  }
  ua.on('registered', unless(told.registered))
  ua.on('unregistered', unless(told.lost))
  ua.on('disconnected', unless(told.lost))
  ua.on('registrationFailed', ({ response }) => {
    if (!closed) (response ? told.refused : told.lost)()
  })
  ua.on('newRTCSession', ({ session }: RTCSessionEvent) => {
    if (!closed) told.rings(sessionOf(session, told))
  })
  ua.start()
  return {
    close() {
      closed = true
      ua.stop()
    },
  }
}
