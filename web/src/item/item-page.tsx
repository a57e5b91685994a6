/** One recording: heard, seen, cleaned, read, cut, saved, erased. */

import { Tabs } from '@base-ui/react/tabs'
import type { TimeRange } from '@sotto/media/words'
import { ListMusic, Pencil, Trash2 } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api, type Item } from '../api/api.ts'
import { library, refreshItem, refreshLibrary } from '../api/library.ts'
import { codeOf, sentenceOf } from '../api/problem.ts'
import { useStore } from '../api/store.ts'
import { DubPanel } from '../dub/dub-panel.tsx'
import { useSession } from '../session/session.tsx'
import { SharePanel } from '../share/share-panel.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText, useTitle } from '../text/text.tsx'
import type { Draft } from '../words/draft.ts'
import { WordsSection } from '../words/words-section.tsx'
import { CleanPanel } from './clean-panel.tsx'
import { ClipPanel } from './clip-panel.tsx'
import { type ClipRange, withFrom, withTo } from './clip-range.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { ExtractPanel } from './extract-panel.tsx'
import { FactsPanel } from './facts-panel.tsx'
import { JobNote, latestJob } from './job-note.tsx'
import { JoinPanel } from './join-panel.tsx'
import { MadeFrom } from './made-from.tsx'
import { MixPanel } from './mix-panel.tsx'
import { Player } from './player.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { SavePanel } from './save-panel.tsx'
import { TranscribePanel } from './transcribe-panel.tsx'
import './item.css'

type Tool = 'words' | 'clean' | 'mix' | 'dub' | 'clip' | 'join' | 'extract' | 'save' | 'share' | 'facts'

/** The page of `/items/:id`. */
export function ItemPage({ id }: { id: string }) {
  const t = useText()
  const { phase } = useSession()
  const item = useStore(library)?.find((one) => one.id === id)
  const [error, setError] = useState<unknown>(null)
  // held here: the item leaves the library the moment it is erased, its certificate is still to be read
  const [erasing, setErasing] = useState<Item | null>(null)
  const [, go] = useLocation()
  useTitle(item?.name ?? t.app.title)
  useEffect(() => {
    if (phase !== 'person') return
    // the whole library, for lineage; then this item with all that is newest
    const asked = library.get() ? refreshItem(id) : refreshLibrary().then(() => refreshItem(id))
    asked.then(() => setError(null), setError)
  }, [id, phase])
  const gone = phase === 'nobody' || codeOf(error) === 'not_found'
  // the dialogue keeps its place whatever the page shows, or it would begin anew and lose its certificate
  return (
    <>
      {item ? (
        <ItemView item={item} onErase={() => setErasing(item)} />
      ) : erasing ? null : gone ? (
        <NotFoundPage />
      ) : (
        <div className="page narrow stack">
          <ProblemNote error={error} lead={t.item.loadFailed} again={() => location.reload()} />
          {error ? null : <p className="soft">{t.app.loading}</p>}
        </div>
      )}
      {erasing ? <EraseDialog item={erasing} onClose={() => setErasing(null)} onErased={() => go('/')} /> : null}
    </>
  )
}

function ItemView({ item, onErase }: { item: Item; onErase(): void }) {
  const t = useText()
  const format = useFormat()
  const [renaming, setRenaming] = useState(false)
  const facts = [
    t.item.media[item.media],
    ...(item.duration === null ? [] : [format.clock(item.duration)]),
    format.bytes(item.bytes),
    format.moment(item.created_at),
    ...(item.erase_at ? [t.item.erasesAt(format.day(item.erase_at))] : []),
  ]
  return (
    <div className="page item-page">
      <header className="item-head">
        <h1>{item.name}</h1>
        <p className="small soft numbers">
          {facts.join(' · ')}
          {item.made_from ? (
            <>
              {' · '}
              <MadeFrom made={item.made_from} />
            </>
          ) : null}
        </p>
        <div className="row">
          {item.state === 'ready' ? (
            <Link href={`/items/${item.id}/timeline`} className="button small">
              <ListMusic aria-hidden />
              {t.timeline.open}
            </Link>
          ) : null}
          <button type="button" className="button small" onClick={() => setRenaming(true)}>
            <Pencil aria-hidden />
            {t.item.rename}
          </button>
          <button type="button" className="button small" onClick={onErase}>
            <Trash2 aria-hidden />
            {t.item.erase}
          </button>
        </div>
      </header>
      {item.state === 'preparing' ? (
        <div className="stack tight">
          <p className="soft">{t.item.preparing}</p>
          <JobNote job={latestJob(item.jobs, ['prepare'])} />
        </div>
      ) : item.state === 'unreadable' ? (
        <p className="problem" role="alert">
          {t.item.unreadable} {sentenceOf(item.problem, t)}
        </p>
      ) : (
        <Workbench item={item} duration={item.duration ?? 0} />
      )}
      {renaming ? <RenameDialog item={item} onClose={() => setRenaming(false)} /> : null}
    </div>
  )
}

const NO_CUTS: readonly TimeRange[] = []

function Workbench({ item, duration }: { item: Item; duration: number }) {
  const t = useText()
  const media = useRef<HTMLMediaElement | null>(null)
  const [tool, setTool] = useState<Tool>(() => (item.transcript === 'none' && !item.made_from ? 'clean' : 'words'))
  const [clip, setClip] = useState<ClipRange>({ from: 0, to: duration })
  const [cuts, setCuts] = useState(NO_CUTS)
  const [order, setOrder] = useState(NO_CUTS)
  const flush = useRef<() => Promise<void>>(() => Promise.resolve())
  const onDraft = useCallback((draft: Draft, save: () => Promise<void>) => {
    setCuts(draft.cuts)
    setOrder(draft.order)
    flush.current = save
  }, [])

  // keys of the page, where no field or control wants them
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const player = media.current
      const target = event.target as HTMLElement
      if (!player || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (target.closest('input, select, textarea, button, a, [role="group"], [role="tab"], [role="dialog"], summary'))
        return
      if (event.key === ' ') player.paused ? player.play().catch(() => undefined) : player.pause()
      else if (event.key === 'ArrowLeft') player.currentTime -= 5
      else if (event.key === 'ArrowRight') player.currentTime += 5
      else if (event.key === '[') {
        setTool('clip')
        setClip((range) => withFrom(range, player.currentTime, duration))
      } else if (event.key === ']') {
        setTool('clip')
        setClip((range) => withTo(range, player.currentTime, duration))
      } else return
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [duration])

  // a new transcript replaces the old one: what was corrected of the old one is put aside, its cuts (in time) stay
  const putAside = async () => {
    await flush.current().catch(() => undefined)
    const edit = await api.call('GET /api/items/:id/edit', { params: { id: item.id } })
    if (edit.segments)
      await api.call('PUT /api/items/:id/edit', { params: { id: item.id }, body: { ...edit, segments: null } })
  }
  const sounds = item.streams.some((stream) => stream.type === 'audio')
  const tools: readonly (readonly [Tool, string])[] = [
    ['clean', t.clean.heading],
    ['words', t.words.heading],
    ...(sounds ? ([['mix', t.mix.heading]] as const) : []),
    ...(sounds ? ([['dub', t.dub.heading]] as const) : []),
    ['clip', t.clip.heading],
    ...(sounds ? ([['join', t.saving.splitJoin]] as const) : []),
    ...(item.media === 'video' ? ([['extract', t.extract.heading]] as const) : []),
    ['save', t.download.heading],
    ['share', t.share.heading],
    ['facts', t.item.facts],
  ]
  const panel = {
    words: <TranscribePanel item={item} onBefore={putAside} />,
    clean: <CleanPanel item={item} onCompare={() => media.current?.pause()} />,
    mix: <MixPanel item={item} media={media} />,
    dub: <DubPanel item={item} media={media} />,
    join: <JoinPanel item={item} duration={duration} media={media} />,
    clip: <ClipPanel item={item} duration={duration} range={clip} onRange={setClip} media={media} />,
    extract: <ExtractPanel item={item} />,
    save: <SavePanel item={item} onBeforeWords={() => flush.current()} />,
    share: <SharePanel item={item} />,
    facts: <FactsPanel item={item} />,
  }
  return (
    <>
      <Player
        item={item}
        duration={duration}
        media={media}
        cuts={cuts}
        order={order}
        clip={tool === 'clip' ? clip : null}
        onClip={setClip}
      />
      <Tabs.Root className="tools" value={tool} onValueChange={(value) => setTool(value as Tool)}>
        <Tabs.List className="tool-tabs" aria-label={t.item.tools}>
          {tools.map(([name, label]) => (
            <Tabs.Tab key={name} value={name} className="tool-tab">
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tools.map(([name]) => (
          <Tabs.Panel key={name} value={name}>
            {panel[name]}
          </Tabs.Panel>
        ))}
      </Tabs.Root>
      {sounds ? <WordsSection item={item} duration={duration} media={media} onDraft={onDraft} /> : null}
    </>
  )
}
