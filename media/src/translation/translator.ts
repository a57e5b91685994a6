import { EngineMissingError } from '../error.ts'

/** How one language gets into another. */
export interface Pair {
  readonly from: string
  readonly to: string
  readonly route: 'direct' | 'pivot'
  /** `ready`: its models are here; `downloadable`: they can be fetched or imported. */
  readonly state: 'ready' | 'downloadable'
  /** Models it needs that are not here, and their size in bytes. */
  readonly missing: readonly string[]
  readonly bytes: number
  /** A model of the host's own is on the way: nobody has rated it. */
  readonly unrated: boolean
}

/** Turns texts of one language into another. */
export interface Translator extends AsyncDisposable {
  /** Every pair there is a way for. */
  pairs(): Promise<readonly Pair[]>
  /**
   * One text for each, in order.
   * @throws PairUnavailableError @throws CancelledError @throws EngineCrashedError
   */
  translate(
    texts: readonly string[],
    options: { readonly from: string; readonly to: string; readonly signal?: AbortSignal | undefined },
  ): Promise<string[]>
}

/** Nothing here translates these languages. The message says what would. */
export class PairUnavailableError extends EngineMissingError {
  constructor(from: string, to: string, pair: Pair | undefined) {
    const what = `no translation from ${from} to ${to} is installed`
    const ways = pair?.missing.map((id) => `sotto models get ${id}`).join(' && ')
    super(
      pair
        ? `${what}: ${ways} (${Math.round(pair.bytes / 1e6)} MB from Mozilla), or import it from a folder or tar`
        : `${what}, and there is no model for it`,
    )
  }
}
