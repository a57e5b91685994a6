/** The live preview: the camera, asked for at the press, into the template, in this page; nothing is kept until the person takes a picture. */
import type { Pixels } from '@sotto/media/face/pixels'
import { Camera, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../text/text.tsx'
import type { FaceEngine } from './engine.ts'
import type { LiveOptions } from './face-worker.ts'
import { drawn, smallTarget, type Target } from './pictures.ts'

/** Longest side of what is looked at and of what is shown, pixels: enough for a preview, little enough for thirty a second. */
const size = { camera: 480, shown: 540 } as const

/** `onTaken` gets what the camera sees, in full. */
export function LivePreview(props: {
  engine: FaceEngine
  target: Target
  options: LiveOptions
  onTaken(pixels: Pixels): void
  onClose(): void
}) {
  const t = useText()
  const { engine, target } = props
  const holder = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const options = useRef(props.options)
  options.current = props.options
  const [state, setState] = useState<'asking' | 'refused' | 'live' | 'broken'>('asking')
  const [seen, setSeen] = useState(true)
  const [rate, setRate] = useState(0)
  const [took, setTook] = useState(0)

  useEffect(() => {
    let stream: MediaStream | null = null
    let gone = false
    // A canvas can be given to the thread once only: each preview has its own.
    const canvas = document.createElement('canvas')
    canvas.setAttribute('role', 'img')
    canvas.setAttribute('aria-label', t.face.livePicture)
    holder.current?.replaceChildren(canvas)
    const run = async () => {
      const small = smallTarget(target, size.shown)
      const points = small.points[0]
      if (points === undefined) return
      await engine.live(canvas.transferControlToOffscreen(), small.pixels, points, small.over)
      let since = performance.now()
      let count = 0
      while (!gone) {
        const element = video.current
        if (element === null || element.readyState < 2) {
          await new Promise((next) => setTimeout(next, 30))
          continue
        }
        const scale = Math.min(1, size.camera / Math.max(element.videoWidth, element.videoHeight))
        const frame = await createImageBitmap(element, {
          resizeWidth: Math.round(element.videoWidth * scale),
          resizeHeight: Math.round(element.videoHeight * scale),
        })
        const look = await engine.look(frame, options.current)
        if (gone) return
        setSeen(look.seen)
        count++
        const now = performance.now()
        if (now - since > 1000) {
          setRate((1000 * count) / (now - since))
          setTook(look.took)
          since = now
          count = 0
        }
      }
    }
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 720 } } })
      .then(async (given) => {
        stream = given
        if (gone) {
          for (const track of given.getTracks()) track.stop()
          return
        }
        const element = video.current
        if (element !== null) {
          element.srcObject = given
          await element.play()
        }
        setState('live')
        await run().catch(() => gone || setState('broken'))
      })
      .catch(() => gone || setState('refused'))
    return () => {
      gone = true
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [engine, target, t])

  return (
    <div className="stack face-live">
      {state === 'refused' ? <p role="alert">{t.face.cameraRefused}</p> : null}
      {state === 'broken' ? <p role="alert">{t.face.unavailable}</p> : null}
      <video ref={video} hidden muted playsInline />
      <div ref={holder} />
      <p role="status" className="small">
        {state === 'live' ? (seen ? t.face.liveRuns : t.face.noFace) : ''}
      </p>
      <p className="tiny soft numbers" data-rate={rate.toFixed(1)} data-took={took.toFixed(1)}>
        {rate > 0 ? t.face.liveRate(Math.round(rate)) : ' '}
      </p>
      <div className="row">
        <button
          type="button"
          className="button primary"
          disabled={state !== 'live' || !seen}
          onClick={() => {
            const element = video.current
            if (element !== null) props.onTaken(drawn(element, element.videoWidth, element.videoHeight))
          }}
        >
          <Camera aria-hidden />
          {t.face.take}
        </button>
        <button type="button" className="button" onClick={props.onClose}>
          <X aria-hidden />
          {t.face.liveEnd}
        </button>
      </div>
    </div>
  )
}
