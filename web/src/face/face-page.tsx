/** Faces: a template, a selfie, the result; all of it in this page's memory (C268: the application composes on the device). */
import type { Face } from '@sotto/media/face/find'
import type { Pixels } from '@sotto/media/face/pixels'
import type { Template } from '@sotto/media/face/template'
import { ProblemError } from '@sotto/server/client'
import { Camera, FileImage, Film as FilmIcon, Save, Video } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api/api.ts'
import { useConsent } from '../consent/use-consent.tsx'
import { useSession } from '../session/session.tsx'
import { saveFile } from '../shell/save-file.ts'
import { useFormat, useSpeech, useText, useTitle } from '../text/text.tsx'
import { CameraDialog } from './camera-dialog.tsx'
import { ClipResult } from './clip-result.tsx'
import { ComposeControls } from './compose-controls.tsx'
import { FaceEngine } from './engine.ts'
import type { ComposeOptions } from './face-worker.ts'
import { FilePick } from './file-pick.tsx'
import { LivePreview } from './live-preview.tsx'
import { Objections, type Word } from './objections.tsx'
import { type Film, gallery, NoPictureError, openClip, openTemplate, pixelsOf, show, type Target } from './pictures.ts'
import { pointsByServer, type Receipt } from './server-points.ts'
import { TemplateGallery } from './template-gallery.tsx'
import './face.css'

interface Selfie {
  readonly pixels: Pixels
  readonly faces: readonly Face[]
}

/** The page. */
export function FacePage() {
  const t = useText()
  const format = useFormat()
  const { locale } = useSpeech()
  const session = useSession()
  const consent = useConsent('faces')
  useTitle(t.face.title)
  const engine = useMemo(() => new FaceEngine(), [])
  useEffect(() => () => engine[Symbol.dispose](), [engine])
  const [templates, setTemplates] = useState<readonly Template[] | null>(null)
  const [chosen, setChosen] = useState<Template | 'own' | null>(null)
  const [target, setTarget] = useState<Target | null>(null)
  const [selfie, setSelfie] = useState<Selfie | null>(null)
  /** For each face of the target the face of the selfie that goes there; -1 leaves it. */
  const [map, setMap] = useState<readonly number[]>([0])
  const [camera, setCamera] = useState(false)
  const [byServer, setByServer] = useState(false)
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const [agreed, setAgreed] = useState(false)
  const [how, setHow] = useState<ComposeOptions>({ strength: 1, mouth: 'auto', relight: true })
  const [film, setFilm] = useState<Film | null>(null)
  const [live, setLive] = useState(false)
  const [word, setWord] = useState<Word | null>(null)
  const [before, setBefore] = useState(false)
  const [result, setResult] = useState<Pixels | null>(null)
  const [busy, setBusy] = useState('')
  const [problem, setProblem] = useState('')
  const canvas = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    gallery().then(setTemplates, () => setTemplates([]))
  }, [])

  /** Runs one step; what goes wrong is said in words. */
  const step = async (what: string, work: () => Promise<void>) => {
    setProblem('')
    setBusy(what)
    try {
      await work()
    } catch (error) {
      setProblem(
        error instanceof NoPictureError
          ? t.face.noPicture
          : error instanceof ProblemError
            ? error.problem.title
            : t.face.unavailable,
      )
    } finally {
      setBusy('')
    }
  }
  const choose = (template: Template) =>
    step(t.face.loading, async () => {
      if (template.kind === 'clip') {
        setFilm(await openClip(template))
        setTarget(null)
        setLive(false)
      } else {
        setTarget(await openTemplate(template))
        setFilm(null)
        // A selfie that was meant for the server's clip has no points here.
        setSelfie((old) => (old?.faces.length === 0 ? null : old))
      }
      setMap([0])
      setHow((old) => ({ ...old, mouth: template.mouth }))
      setChosen(template)
    })
  /** Own material needs a word for the people in it, kept on the server: who gave it, when, in which words. */
  const giveWord = async (): Promise<boolean> => {
    if (!(await session.ensure()) || !(await consent.ensure())) return false
    setWord(await api.call('POST /api/faces/attestations', { body: { version: '1', locale } }))
    return true
  }
  const chooseOwnFilm = (file: File) =>
    step(t.face.loading, async () => {
      if (!(await giveWord())) return
      if (!(await giveWord())) return
      setFilm({ bytes: await file.arrayBuffer() })
      setTarget(null)
      setLive(false)
      setMap([0])
      setHow((old) => ({ ...old, mouth: 'auto' }))
      setChosen('own')
    })
  const chooseOwn = (file: File) =>
    step(t.face.looking, async () => {
      const pixels = await pixelsOf(file)
      if (!(await giveWord())) return
      const { faces } = await engine.find(pixels)
      if (faces.length === 0) return setProblem(t.face.noFaceInTemplate)
      if (!(await giveWord())) return
      setTarget({ pixels, points: faces.map(({ points }) => points) })
      setMap(faces.map((_, i) => (i === 0 ? 0 : -1)))
      setHow((old) => ({ ...old, mouth: 'auto' }))
      setFilm(null)
      setChosen('own')
    })
  const take = async (pixels: Pixels) => {
    setReceipt(null)
    if (byServer && (!(await session.ensure()) || !(await consent.ensure()))) return
    await step(byServer ? t.face.asking : t.face.looking, async () => {
      let faces: readonly Face[] = []
      if (byServer && film?.template !== undefined) {
        // The server finds the face when it makes the clip.
      } else if (byServer) {
        try {
          const said = await pointsByServer(pixels)
          faces = said.faces
          setReceipt(said.receipt)
        } catch (error) {
          return setProblem(error instanceof ProblemError ? error.problem.title : t.face.unavailable)
        }
      } else {
        const found = await engine.find(pixels)
        faces = found.faces
        const [first] = found.refused
        if (faces.length === 0) return setProblem(first === undefined ? t.face.noFace : t.face.refused[first.reason])
      }
      setSelfie({ pixels, faces })
      setMap((old) => old.map((from) => (from >= faces.length ? 0 : from)))
    })
  }

  useEffect(() => {
    if (target === null || selfie === null) return setResult(null)
    let gone = false
    const exchanges = map.flatMap((from, to) => {
      const [face, points] = [selfie.faces[from], target.points[to]]
      return face === undefined || points === undefined ? [] : [{ from: face.points, to: points }]
    })
    engine.swap({ selfie: selfie.pixels, target: target.pixels, over: target.over, exchanges, ...how }).then(
      (pixels) => gone || setResult(pixels),
      () => gone || setProblem(t.face.unavailable),
    )
    return () => {
      gone = true
    }
  }, [engine, target, selfie, map, how, t])

  useEffect(() => {
    const shown = before || result === null ? target?.pixels : result
    if (shown !== undefined && canvas.current !== null) show(shown, canvas.current)
  }, [before, result, target])

  const mayUseCamera = async () => {
    // Nobody's switch is asked where nobody is: then the browser's own question is the only one.
    return session.phase !== 'person' || (await consent.ensure())
  }
  const openCamera = async () => {
    if (await mayUseCamera()) setCamera(true)
  }
  const openLive = async () => {
    if (await mayUseCamera()) setLive(true)
  }
  /** Own material whose people objected is not used any more. */
  const mayStill = async () => {
    if (chosen === 'own' && word !== null)
      await api.call('POST /api/faces/attestations/:id/use', { params: { id: word.id } })
  }
  const save = (kind: 'png' | 'jpg' | 'webp') => {
    if (result === null) return
    step(t.face.saving, async () => {
      await mayStill()
      const file = await engine.save(result, kind, 'Sotto', chosen === 'own' ? word?.code : undefined)
      saveFile(file, `${t.face.fileName}.${kind}`)
    })
  }
  const reasons = [...new Set(map.flatMap((from) => selfie?.faces[from]?.quality.reasons ?? []))]
  const credit = chosen === null || chosen === 'own' ? null : chosen
  return (
    <div className="page face-page">
      <header>
        <h1>{t.face.title}</h1>
        <p className="soft">{t.face.lead}</p>
        <p className="small with-icon">{byServer ? t.face.hereAndThere : t.face.here}</p>
      </header>
      {templates?.length === 0 ? <p role="alert">{t.face.unavailable}</p> : null}
      <p role="status" className="small face-status">
        {busy}
      </p>
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      <section aria-labelledby="face-template" className="stack">
        <h2 id="face-template">{t.face.template}</h2>
        <TemplateGallery templates={templates ?? []} chosen={credit?.id} onChoose={choose} />
        <div className="stack tight">
          <label className="with-icon small">
            <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />
            {t.face.attest}
          </label>
          <p className="soft small">{t.face.attestKept}</p>
          <Objections />
          <div className="row">
            <FilePick
              label={t.face.ownTemplate}
              disabled={!agreed}
              onFile={chooseOwn}
              icon={<FileImage aria-hidden />}
            />
            <FilePick
              label={t.face.ownFilm}
              disabled={!agreed}
              accept="video/*"
              onFile={chooseOwnFilm}
              icon={<FilmIcon aria-hidden />}
            />
          </div>
        </div>
      </section>
      <section aria-labelledby="face-selfie" className="stack">
        <h2 id="face-selfie">{t.face.selfie}</h2>
        <p className="soft small">{t.face.guidance}</p>
        <label className="with-icon small">
          <input type="checkbox" checked={byServer} onChange={(event) => setByServer(event.target.checked)} />
          {t.face.byServer}
        </label>
        {byServer ? <p className="soft small">{t.face.byServerWhat}</p> : null}
        <div className="row">
          <button type="button" className="button" onClick={openCamera}>
            <Camera aria-hidden />
            {t.face.camera}
          </button>
          <FilePick
            label={t.face.choosePicture}
            onFile={(file) =>
              pixelsOf(file).then(take, () => {
                setProblem(t.face.noPicture)
              })
            }
            icon={<FileImage aria-hidden />}
          />
          {target && !byServer ? (
            <button
              type="button"
              className="button"
              aria-pressed={live}
              onClick={() => (live ? setLive(false) : openLive())}
            >
              <Video aria-hidden />
              {t.face.live}
            </button>
          ) : null}
        </div>
        {selfie && selfie.faces.length > 0 ? (
          <p className="small" role="status">
            {t.face.found(selfie.faces.length)}{' '}
            {reasons.length === 0 ? t.face.good : reasons.map((one) => t.face.reasons[one]).join(' ')}
          </p>
        ) : null}
        {receipt ? (
          <p className="small" role="status">
            {t.face.receipt(
              format.moment(receipt.received_at),
              receipt.destroyed_at ? format.moment(receipt.destroyed_at) : '',
            )}
          </p>
        ) : null}
        {selfie && film && selfie.faces.length > 1 ? (
          <label className="field">
            <span>{t.face.goesIntoClip}</span>
            <select value={map[0] ?? 0} onChange={(event) => setMap([Number(event.target.value)])}>
              {selfie.faces.map((face, from) => (
                <option key={face.box.x} value={from}>
                  {t.face.faceNumber(from + 1)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {selfie && target && (selfie.faces.length > 1 || target.points.length > 1)
          ? target.points.map((points, to) => (
              <label className="field" key={points.slice(0, 3).join()}>
                <span>{t.face.goesTo(to + 1)}</span>
                <select value={map[to] ?? -1} onChange={(event) => setMap(map.with(to, Number(event.target.value)))}>
                  <option value={-1}>{t.face.leave}</option>
                  {selfie.faces.map((face, from) => (
                    <option key={face.box.x} value={from}>
                      {t.face.faceNumber(from + 1)}
                    </option>
                  ))}
                </select>
              </label>
            ))
          : null}
      </section>
      {film ? (
        <ClipResult
          engine={engine}
          film={film}
          selfie={selfie?.pixels ?? null}
          from={selfie?.faces[map[0] ?? 0]?.points}
          byServer={byServer}
          value={how}
          onChange={setHow}
          mayStill={mayStill}
          code={chosen === 'own' ? word?.code : undefined}
        />
      ) : null}
      {target ? (
        <section aria-labelledby="face-result" className="stack">
          <h2 id="face-result">{t.face.result}</h2>
          <div className="face-result">
            {live ? (
              <LivePreview
                engine={engine}
                target={target}
                options={{ ...how, before }}
                onClose={() => setLive(false)}
                onTaken={(pixels) => {
                  setLive(false)
                  take(pixels)
                }}
              />
            ) : null}
            <canvas
              ref={canvas}
              role="img"
              hidden={live}
              aria-label={result === null || before ? t.face.templateAlone : t.face.withFace}
            />
            <div className="stack">
              <label className="with-icon">
                <input type="checkbox" checked={before} onChange={(event) => setBefore(event.target.checked)} />
                {t.face.before}
              </label>
              <ComposeControls value={how} onChange={setHow} />
              <p className="small soft">{t.face.labelled}</p>
              <div className="row">
                {(['jpg', 'png', 'webp'] as const).map((kind) => (
                  <button
                    key={kind}
                    type="button"
                    className={kind === 'jpg' ? 'button primary' : 'button'}
                    disabled={result === null || busy !== ''}
                    onClick={() => save(kind)}
                  >
                    <Save aria-hidden />
                    {t.face.save(kind.toUpperCase())}
                  </button>
                ))}
              </div>
              <p className="small">
                <Link href="/verify">{t.face.toVerify}</Link>
              </p>
            </div>
          </div>
        </section>
      ) : null}
      {consent.dialog}
      {camera ? (
        <CameraDialog
          engine={engine}
          onClose={() => setCamera(false)}
          onTaken={(pixels) => {
            setCamera(false)
            take(pixels)
          }}
        />
      ) : null}
    </div>
  )
}
