/** What can happen to a file on its way in, as a pure table of states. */

/** Where a file stands. `sent` and `size` in bytes. */
export interface Upload {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly sent: number
  readonly state: 'waiting' | 'sending' | 'paused' | 'failed' | 'done'
  /** What went wrong, while `failed`: a problem code. */
  readonly problem: string | null
  /** The new item, once `done`. */
  readonly item: string | null
}

/** What happened. */
export type UploadEvent =
  | { readonly type: 'started' }
  | { readonly type: 'progress'; readonly sent: number }
  | { readonly type: 'paused' }
  | { readonly type: 'queued' }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'done'; readonly item: string }

/** The upload after what happened. Events that do not fit its state (a late progress after a pause) change nothing. */
export function stepUpload(upload: Upload, event: UploadEvent): Upload {
  switch (event.type) {
    case 'started':
      return upload.state === 'waiting' ? { ...upload, state: 'sending', problem: null } : upload
    case 'progress':
      return upload.state === 'sending' ? { ...upload, sent: Math.min(event.sent, upload.size) } : upload
    case 'paused':
      return upload.state === 'sending' || upload.state === 'waiting' ? { ...upload, state: 'paused' } : upload
    case 'queued':
      return upload.state === 'paused' || upload.state === 'failed'
        ? { ...upload, state: 'waiting', problem: null }
        : upload
    case 'failed':
      return upload.state === 'done' ? upload : { ...upload, state: 'failed', problem: event.problem }
    case 'done':
      return { ...upload, state: 'done', sent: upload.size, problem: null, item: event.item }
  }
}

/** The uploads that may start now, oldest first, so that at most `parallel` are on their way at once. */
export function startable(uploads: readonly Upload[], parallel: number): Upload[] {
  const free = parallel - uploads.filter((upload) => upload.state === 'sending').length
  return uploads.filter((upload) => upload.state === 'waiting').slice(0, Math.max(0, free))
}
