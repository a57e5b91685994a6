import { type ByteSink, MemorySink } from '../container/sink.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import type { Limits } from '../limits.ts'
import { activity } from '../operation/activity.ts'
import { clip } from '../operation/clip.ts'
import { convert } from '../operation/convert.ts'
import { cut } from '../operation/cut.ts'
import { extract } from '../operation/extract.ts'
import { info } from '../operation/info.ts'
import { loudness } from '../operation/loudness.ts'
import type { Work } from '../operation/operation.ts'
import { peaks, writePeaks } from '../operation/peaks.ts'
import type { SpokenSegment } from '../operation/speak.ts'
import type { MediaEvent, MediaResult, MediaTask } from './task.ts'

/** Does one task in this process. The child's main program calls it; tests and benchmarks may, too. */
export async function perform(
  task: MediaTask,
  given: ByteSource | undefined,
  sink: ByteSink | undefined,
  options: {
    readonly limits: Limits
    readonly further?: readonly ByteSource[]
    readonly signal?: AbortSignal
    readonly on: (event: MediaEvent) => void
  },
): Promise<MediaResult> {
  const { on, limits, signal } = options
  const work: Work = {
    limits,
    onProgress: (progress) => on({ type: 'progress', ...progress }),
    ...(signal === undefined ? {} : { signal }),
  }
  const out = (): ByteSink => {
    if (sink === undefined) throw new BadRequestError(`${task.kind} needs an output`)
    return sink
  }
  if (task.kind === 'speak') {
    const { speak } = await import('../operation/speak.ts')
    const before = [...(given === undefined ? [] : [given]), ...(options.further ?? [])]
    return speak(before, out(), task, { ...work, onSegment: (segment) => on({ type: 'spoken', segment }) })
  }
  if (task.kind === 'translate') {
    const { translate } = await import('../operation/translate.ts')
    return translate(given, task, { ...(signal === undefined ? {} : { signal }), limits }, on)
  }
  if (task.kind === 'mix' || task.kind === 'arrange' || task.kind === 'stretch') {
    // Made sounds alone need no input.
    const sources = [...(given === undefined ? [] : [given]), ...(options.further ?? [])]
    const memory = sink === undefined ? new MemorySink() : undefined
    const into = memory ?? out()
    const made =
      task.kind === 'mix'
        ? await (await import('../operation/mix.ts')).mix(sources, into, task, work)
        : task.kind === 'arrange'
          ? await (await import('../operation/arrange.ts')).arrange(sources, into, task, work)
          : await (await import('../operation/stretch.ts')).stretch(sources, into, task, work)
    return memory === undefined ? made : { ...made, bytes: memory.bytes }
  }
  if (given === undefined) throw new BadRequestError(`${task.kind} needs an input`)
  const source = given
  switch (task.kind) {
    case 'info':
      return info(source, work)
    case 'loudness':
      return loudness(source, work)
    case 'peaks': {
      const drawn = await peaks(source, work)
      const bytes = writePeaks(drawn)
      if (sink === undefined) return { duration: drawn.duration, bytes }
      sink.write(0, bytes)
      sink.end()
      return { duration: drawn.duration }
    }
    case 'clip':
      return clip(source, out(), task, work)
    case 'cut':
      return cut(source, out(), task, work)
    case 'activity':
      return activity(source, work)
    case 'subtitle':
      return (await import('../operation/subtitle.ts')).subtitle(source, out(), task, work)
    case 'extract':
      return extract(source, out(), task, work)
    case 'convert':
      return convert(source, out(), task, work)
    case 'denoise': {
      // Loaded only here: their engines cost a second and a hundred megabytes that no other task needs.
      const { denoise } = await import('../operation/denoise.ts')
      return denoise(source, out(), { ...task, ...(signal === undefined ? {} : { signal }) }, on)
    }
    case 'dub': {
      const { dub } = await import('../operation/dub.ts')
      const told = { ...work, onSegment: (segment: SpokenSegment) => on({ type: 'spoken', segment }) }
      return dub(source, out(), task, told, options.further)
    }
    case 'transcribe': {
      const { transcribe } = await import('../operation/transcribe.ts')
      return transcribe(source, { ...task, ...(signal === undefined ? {} : { signal }) }, on)
    }
    case 'face_points': {
      const { facePoints } = await import('../operation/face-points.ts')
      return facePoints(source, work)
    }
    case 'face_swap': {
      const { faceSwap } = await import('../operation/face-swap.ts')
      return faceSwap(source, out(), task, work)
    }
    case 'face_clip': {
      const [{ faceClip }, { readAll }] = await Promise.all([
        import('../operation/face-clip.ts'),
        import('../picture/read-all.ts'),
      ])
      return faceClip(readAll(source), options.further?.[0], out(), task, work)
    }
    case 'verify': {
      const { verifyFile } = await import('../operation/verify.ts')
      return verifyFile(source, work)
    }
  }
}
