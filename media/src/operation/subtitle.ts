import {
  AV_CODEC_ID_MOV_TEXT,
  AV_CODEC_ID_SUBRIP,
  AV_CODEC_ID_WEBVTT,
  AV_NOPTS_VALUE,
  AVMEDIA_TYPE_SUBTITLE,
} from 'node-av/constants'
import { Dictionary, Packet, Rational } from 'node-av/lib'
import { shownStart } from '../container/copy.ts'
import type { FilmFormat } from '../container/film.ts'
import { Input } from '../container/input.ts'
import { trackLanguage } from '../container/language-code.ts'
import { Output } from '../container/output.ts'
import { probe } from '../container/probe.ts'
import type { ByteSink } from '../container/sink.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError, EngineCrashedError, throwIfCancelled } from '../error.ts'
import { defaultLimits } from '../limits.ts'
import { carriedLabel } from '../synthesis/label.ts'
import type { Cue } from '../words/cue.ts'
import { progressOf, type Work, type Written } from './operation.ts'

/** Subtitles for a film. */
export interface SubtitleOptions {
  /** Seconds on the film's shown clock; in order. */
  readonly cues: readonly Cue[]
  /** For the menu of the player. */
  readonly language?: string
  /** The same in other languages: a track each, after the first. */
  readonly more?: readonly { readonly cues: readonly Cue[]; readonly language?: string }[]
}

const homes: Readonly<Record<string, { format: FilmFormat; muxer: string; codec: typeof AV_CODEC_ID_SUBRIP }>> = {
  mp4: { format: 'mp4', muxer: 'mp4', codec: AV_CODEC_ID_MOV_TEXT },
  mov: { format: 'mov', muxer: 'mov', codec: AV_CODEC_ID_MOV_TEXT },
  webm: { format: 'webm', muxer: 'webm', codec: AV_CODEC_ID_WEBVTT },
  mkv: { format: 'mkv', muxer: 'matroska', codec: AV_CODEC_ID_SUBRIP },
}

/** Milliseconds. */
const clock = { num: 1, den: 1000 } as const

/** A sample description of timed text (3GPP TS 26.245, 5.16): white, centred at the bottom, 18 points, sans. */
function timedTextHeader(): Buffer {
  const font = 'Sans-Serif'
  const header = Buffer.alloc(43 + font.length)
  header.writeInt8(1, 4)
  header.writeInt8(-1, 5)
  header.writeUInt16BE(1, 22)
  header.writeUInt8(18, 25)
  header.writeUInt32BE(0xffff_ffff, 26)
  header.writeUInt32BE(13 + font.length, 30)
  header.write('ftab', 34, 'latin1')
  header.writeUInt16BE(1, 38)
  header.writeUInt16BE(1, 40)
  header.writeUInt8(font.length, 42)
  header.write(font, 43, 'latin1')
  return header
}

/**
 * The film with its words as a track of subtitles that a player turns on and off. Pictures and sound are copied, packet
 * by packet; subtitles that were in it are left out.
 * @throws BadRequestError where there is no picture, or the container takes no subtitles
 */
export async function subtitle(
  source: ByteSource,
  sink: ByteSink,
  options: SubtitleOptions,
  work: Work = {},
): Promise<Written> {
  const limits = work.limits ?? defaultLimits
  const { container, duration } = await probe(source, work)
  const home = homes[container]
  if (home === undefined) throw new BadRequestError(`subtitles do not go into ${container}`)
  using input = Input.open(source, limits)
  const [picture, sound] = [input.best('video'), input.best('audio')]
  if (picture === undefined) throw new BadRequestError('the file holds no picture')
  const chosen = sound === undefined ? [picture] : [picture, sound]
  const zero = shownStart(input, chosen)
  input.select(chosen)
  using output = new Output(sink, home.muxer, limits.outputBytes)
  const copies = new Map<number, { index: number; num: number; den: number; shift: bigint }>()
  for (const stream of chosen) {
    const made = output.format.newStream(null)
    if (stream.codecpar.copy(made.codecpar) < 0) throw new EngineCrashedError('cannot copy the header of a stream')
    made.codecpar.codecTag = 0
    made.timeBase = stream.timeBase
    const { num, den } = stream.timeBase
    copies.set(stream.index, { index: made.index, num, den, shift: BigInt(Math.round((zero * den) / num)) })
  }
  const tracks = [options, ...(options.more ?? [])].map(({ cues, language }) => {
    const track = output.format.newStream(null)
    track.timeBase = new Rational(clock.num, clock.den)
    track.codecpar.codecType = AVMEDIA_TYPE_SUBTITLE
    track.codecpar.codecId = home.codec
    if (home.codec === AV_CODEC_ID_MOV_TEXT) track.codecpar.extradata = timedTextHeader()
    if (language !== undefined) track.metadata = Dictionary.fromObject({ language: trackLanguage(language) })
    return { index: track.index, cues: [...cues] }
  })
  output.tag(carriedLabel(input.format.metadata?.get('comment')))
  output.begin()

  const report = progressOf(work, 'write', duration)
  using packet = new Packet()
  packet.alloc()
  const cuesUntil = (seconds: number): void => {
    for (const { index, cues } of tracks)
      for (let cue = cues[0]; cue !== undefined && cue.start <= seconds; cue = cues[0]) {
        cues.shift()
        writeCue(output, index, cue, home.codec)
      }
  }
  for (let packets = 1; input.read(packet); packets++) {
    const copy = copies.get(packet.streamIndex)
    if (copy === undefined || packet.dts === AV_NOPTS_VALUE || packet.pts === AV_NOPTS_VALUE) {
      packet.unref()
      continue
    }
    const at = (Number(packet.dts) * copy.num) / copy.den - zero
    cuesUntil(at)
    packet.pts -= copy.shift
    packet.dts -= copy.shift
    packet.streamIndex = copy.index
    output.write(packet, copy)
    report(at)
    if (packets % 2048 === 0) {
      await new Promise(setImmediate)
      throwIfCancelled(work.signal)
    }
  }
  cuesUntil(Number.POSITIVE_INFINITY)
  output.end()
  return { format: home.format, duration }
}

function writeCue(output: Output, stream: number, cue: Cue, codec: typeof AV_CODEC_ID_SUBRIP): void {
  const text = Buffer.from(cue.lines.join('\n'), 'utf8')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(Math.min(text.length, 0xffff))
  using packet = new Packet()
  packet.alloc()
  packet.data = codec === AV_CODEC_ID_MOV_TEXT ? Buffer.concat([length, text]) : text
  packet.streamIndex = stream
  packet.pts = BigInt(Math.round(cue.start * clock.den))
  packet.dts = packet.pts
  packet.duration = BigInt(Math.max(1, Math.round((cue.end - cue.start) * clock.den)))
  packet.isKeyframe = true
  output.write(packet, clock)
}
