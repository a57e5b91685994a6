/** Taking a selfie: the camera is asked for at the press (C44), what it sees stays in the page, and the light is judged before the shot. */

import type { Pixels } from '@sotto/media/face/pixels'
import { Camera } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Dialog } from '../shell/dialog.tsx'
import { useText } from '../text/text.tsx'
import type { FaceEngine } from './engine.ts'
import { drawn } from './pictures.ts'

type State = 'asking' | 'refused' | 'live'

/** `onTaken` gets the picture, mirrored back to how others see the person. */
export function CameraDialog(props: { engine: FaceEngine; onTaken(pixels: Pixels): void; onClose(): void }) {
  const t = useText()
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<State>('asking')
  const [advice, setAdvice] = useState<string>('')
  const { engine } = props

  useEffect(() => {
    let stream: MediaStream | null = null
    let gone = false
    const watch = async () => {
      while (!gone) {
        const element = video.current
        if (element !== null && element.videoWidth > 0) {
          const scale = 480 / Math.max(element.videoWidth, element.videoHeight)
          const small = drawn(element, Math.round(element.videoWidth * scale), Math.round(element.videoHeight * scale))
          const { faces, refused } = await engine.find(small, true)
          if (gone) return
          const [face] = faces
          // The camera's own size decides what is small, not that of the look.
          const reasons = face?.quality.reasons.filter((one) => one !== 'small' || face.box.width < 90) ?? []
          setAdvice(
            face === undefined
              ? refused.length > 0
                ? t.face.refused[refused[0]?.reason ?? 'hidden']
                : t.face.noFace
              : faces.length > 1
                ? t.face.several
                : reasons[0] === undefined
                  ? t.face.good
                  : t.face.reasons[reasons[0]],
          )
        }
        await new Promise((next) => setTimeout(next, 200))
      }
    }
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 720 } } })
      .then((given) => {
        if (gone) {
          for (const track of given.getTracks()) track.stop()
          return
        }
        stream = given
        if (video.current !== null) video.current.srcObject = given
        setState('live')
        return watch()
      })
      .catch(() => setState('refused'))
    return () => {
      gone = true
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [engine, t])

  const take = () => {
    const element = video.current
    if (element === null) return
    props.onTaken(drawn(element, element.videoWidth, element.videoHeight))
  }
  return (
    <Dialog open title={t.face.camera} text={t.face.cameraWhy} onClose={props.onClose}>
      {state === 'refused' ? <p role="alert">{t.face.cameraRefused}</p> : null}
      <video ref={video} className="face-video" autoPlay playsInline muted aria-label={t.face.cameraPicture} />
      <p role="status" className="small">
        {advice}
      </p>
      <div className="row">
        <button type="button" className="button primary" disabled={state !== 'live'} onClick={take}>
          <Camera aria-hidden />
          {t.face.take}
        </button>
        <button type="button" className="button" onClick={props.onClose}>
          {t.app.cancel}
        </button>
      </div>
    </Dialog>
  )
}
