/** The two sides of a call as one stream: the microphone on the left, what the computer plays on the right. */

/** Where a call is held: on this computer (its sound is captured), or in the room (one microphone hears both). */
export type CallPlace = 'computer' | 'room'

/** An open call. `level` is the peak of a side in the last moment, 0 to 1. */
export interface CallSource extends Disposable {
  readonly stream: MediaStream
  readonly sides: readonly ('me' | 'other')[]
  level(side: 'me' | 'other'): number
}

/** The person chose a window or tab and did not share its sound. */
export class NoCallSoundError extends Error {
  override name = 'NoCallSoundError'
}

/** Whether this browser can capture the sound of a tab or of the system: Chromium on a computer can. */
export function canCapture(): boolean {
  const { mediaDevices } = navigator
  return (
    mediaDevices !== undefined &&
    'getDisplayMedia' in mediaDevices &&
    'suppressLocalAudioPlayback' in mediaDevices.getSupportedConstraints()
  )
}

const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: false, autoGainControl: false }

/**
 * Asks for what the place needs. Of a shared screen only the sound is taken; the picture is let go at once.
 * @throws NoCallSoundError, DOMException where it was refused
 */
export async function openCall(place: CallPlace): Promise<CallSource> {
  if (place === 'room') {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false } })
    return joined([{ side: 'me', stream }])
  }
  const other = await navigator.mediaDevices.getDisplayMedia({
    video: true,
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    // The calling tab is another one; its sound goes on being heard.
    selfBrowserSurface: 'exclude',
    systemAudio: 'include',
  } as DisplayMediaStreamOptions)
  for (const track of other.getVideoTracks()) track.stop()
  if (other.getAudioTracks().length === 0) throw new NoCallSoundError('no sound was shared')
  try {
    const me = await navigator.mediaDevices.getUserMedia({ audio: MICROPHONE })
    return joined([
      { side: 'me', stream: me },
      { side: 'other', stream: new MediaStream(other.getAudioTracks()) },
    ])
  } catch (error) {
    for (const track of other.getTracks()) track.stop()
    throw error
  }
}

/** One channel a side; one side alone keeps its own stream. */
export function joined(parts: readonly { readonly side: 'me' | 'other'; readonly stream: MediaStream }[]): CallSource {
  const context = new AudioContext()
  const out = new MediaStreamAudioDestinationNode(context, { channelCount: parts.length })
  const merger = new ChannelMergerNode(context, { numberOfInputs: parts.length })
  const analysers = new Map<string, AnalyserNode>()
  for (const [index, { side, stream }] of parts.entries()) {
    const mono = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' })
    const analyser = new AnalyserNode(context, { fftSize: 2048 })
    context.createMediaStreamSource(stream).connect(mono).connect(analyser)
    mono.connect(merger, 0, index)
    analysers.set(side, analyser)
  }
  merger.connect(out)
  const samples = new Float32Array(2048)
  const end = () => out.stream.getAudioTracks()[0]?.dispatchEvent(new Event('ended'))
  // When either side is cut off the recording ends, as one of a microphone would.
  for (const { stream } of parts) stream.getAudioTracks()[0]?.addEventListener('ended', end)
  return {
    stream: out.stream,
    sides: parts.map(({ side }) => side),
    level(side) {
      analysers.get(side)?.getFloatTimeDomainData(samples)
      return samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)
    },
    [Symbol.dispose]() {
      for (const { stream } of parts)
        for (const track of stream.getTracks()) {
          track.removeEventListener('ended', end)
          track.stop()
        }
      context.close()
    },
  }
}
