/** A face in a clip: made on this device, or by the server in memory alone; shown, and saved by the person. */
import type { Pixels } from '@sotto/media/face/pixels'
import { ProblemError } from '@sotto/server/client'
import { Film as FilmIcon, Save, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { saveFile } from '../shell/save-file.ts'
import { useFormat, useText } from '../text/text.tsx'
import { ComposeControls } from './compose-controls.tsx'
import type { FaceEngine } from './engine.ts'
import type { ComposeOptions } from './face-worker.ts'
import type { Film } from './pictures.ts'
import { ClipJob } from './server-clip.ts'

interface Made {
  readonly blob: Blob
  readonly address: string
}

/** `from` are the points of the selfie's face; none are needed where the server does it. */
export function ClipResult(props: {
  engine: FaceEngine
  film: Film
  selfie: Pixels | null
  from: Float32Array | undefined
  byServer: boolean
  value: ComposeOptions
  onChange(value: ComposeOptions): void
  /** Throws where material of one's own may not be used any more. */
  mayStill(): Promise<void>
  /** Number for the labels, of material of one's own. */
  code: string | undefined
}) {
  const t = useText()
  const format = useFormat()
  const { engine, film, selfie, from, byServer, value } = props
  const [part, setPart] = useState<number | null>(null)
  const [made, setMade] = useState<Made | null>(null)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState('')
  const job = useRef<ClipJob | null>(null)
  const stopped = useRef(false)
  useEffect(
    () => () => {
      if (made) URL.revokeObjectURL(made.address)
    },
    [made],
  )
  // What was made of another clip or another face is not shown as this one's.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are the reason to forget, not used in it
  useEffect(() => setMade(null), [film, selfie, from])
  useEffect(() => () => void job.current?.cancel(), [])

  const there = byServer && film.template !== undefined
  const ready = selfie !== null && (there || from !== undefined)
  const make = async () => {
    if (selfie === null) return
    stopped.current = false
    setProblem('')
    setSaid('')
    setMade(null)
    setPart(0)
    try {
      await props.mayStill()
      let blob: Blob
      if (there && film.template !== undefined) {
        job.current = await ClipJob.start(selfie, { ...value, template: film.template })
        // Given up while the selfie was on its way: what was begun there is ended.
        if (stopped.current) await job.current.cancel()
        const { film: taken, receipt } = await job.current.finish(setPart)
        blob = taken
        setSaid(t.face.receiptClip(format.moment(receipt.received_at), format.moment(receipt.destroyed_at)))
      } else {
        if (from === undefined) return
        blob = await engine.clip(
          { film: film.bytes, points: film.points, selfie, from, producer: 'Sotto', id: props.code, ...value },
          setPart,
        )
      }
      setMade({ blob, address: URL.createObjectURL(blob) })
    } catch (error) {
      if (stopped.current) setSaid(t.face.clipStopped)
      else if (error instanceof ProblemError) setProblem(error.problem.title)
      else {
        const why = error instanceof Error ? error.message : ''
        setProblem(
          why === 'long' || why === 'noFace' || why === 'codec' ? t.face.clipProblems[why] : t.face.unavailable,
        )
      }
    } finally {
      job.current = null
      setPart(null)
    }
  }
  const stop = () => {
    stopped.current = true
    if (job.current) void job.current.cancel()
    else void engine.stop()
  }
  const kind = made?.blob.type === 'video/mp4' ? 'mp4' : 'webm'
  return (
    <section aria-labelledby="face-clip" className="stack">
      <h2 id="face-clip">{t.face.result}</h2>
      <div className="face-result">
        {made ? (
          // biome-ignore lint/a11y/useMediaCaption: nothing is said in it that is not the clip's own sound
          <video className="face-film" src={made.address} controls playsInline aria-label={t.face.withFaceClip} />
        ) : (
          <p className="soft">{ready ? t.face.clipReady : t.face.clipNeeds}</p>
        )}
        <div className="stack">
          <ComposeControls value={value} onChange={props.onChange} />
          <p className="small soft">{there ? t.face.clipByServer : t.face.clipHere}</p>
          {part === null ? (
            <div className="row">
              <button type="button" className="button primary" disabled={!ready} onClick={make}>
                <FilmIcon aria-hidden />
                {t.face.makeClip}
              </button>
              {made ? (
                <button
                  type="button"
                  className="button"
                  onClick={() => saveFile(made.blob, `${t.face.fileName}.${kind}`)}
                >
                  <Save aria-hidden />
                  {t.face.save(kind.toUpperCase())}
                </button>
              ) : null}
            </div>
          ) : (
            <div className="row">
              <progress aria-label={t.face.makingClip} value={part} max={1} />
              <span className="numbers small">{format.percent(part)}</span>
              <button type="button" className="button" onClick={stop}>
                <X aria-hidden />
                {t.app.cancel}
              </button>
            </div>
          )}
          {made ? <p className="small soft">{kind === 'mp4' ? t.face.labelledClip : t.face.labelledWebm}</p> : null}
          <p role="status" className="small">
            {said}
          </p>
          {problem ? (
            <p className="problem" role="alert">
              {problem}
            </p>
          ) : null}
        </div>
      </div>
    </section>
  )
}
