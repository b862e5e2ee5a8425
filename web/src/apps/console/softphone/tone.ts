const hertz = 450
const loudness = 0.06
const secondsOn = 1
const secondsOff = 4
/** No exchange rings longer. */
const longest = 120

/** Rings quietly, one second in five as a line here does, until what it gives back is called. */
export function ring(): () => void {
  const context = new AudioContext()
  const volume = new GainNode(context, { gain: 0 })
  const tone = new OscillatorNode(context, { frequency: hertz })
  tone.connect(volume).connect(context.destination)
  for (let at = 0; at < longest; at += secondsOn + secondsOff) {
    volume.gain.setValueAtTime(loudness, context.currentTime + at)
    volume.gain.setValueAtTime(0, context.currentTime + at + secondsOn)
  }
  tone.start()
  return () => void context.close()
}
