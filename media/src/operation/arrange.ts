import type { ByteSink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import type { Loudness } from '../loudness/meter.ts'
import { type Arrangement, arrangementLength, checkArrangement } from '../mix/arrangement.ts'
import { openSources, render } from '../mix/render.ts'
import { speechOf } from '../mix/speech-look.ts'
import { master } from './master.ts'
import type { Work, Written } from './operation.ts'

/** Several tracks to be made one sound. */
export interface ArrangeOptions extends Arrangement {
  readonly format: SoundFormat
  /** Integrated loudness to reach, LUFS. */
  readonly loudness?: number
}

/**
 * Plays the tracks together into one file. No true peak passes -1 dBTP.
 * @param sources what the clips name by number
 * @throws BadRequestError where the arrangement makes no sense
 */
export async function arrange(
  sources: readonly ByteSource[],
  sink: ByteSink,
  options: ArrangeOptions,
  work: Work = {},
): Promise<Written & { readonly after: Loudness }> {
  const { format, loudness } = options
  checkArrangement(options, sources.length)
  const seconds = arrangementLength(options)
  if (seconds === 0) throw new BadRequestError('nothing is played')
  const opened = await openSources(sources, work)
  const speech = await speechOf(options, opened, work)
  const done = await master(
    () => render(options, opened, speech, work),
    sink,
    {
      format,
      sample: format === 'wav' || format === 'flac' ? 's24' : 's16',
      ...(loudness === undefined ? {} : { loudness }),
    },
    seconds,
    work,
  )
  return { format, ...done }
}
