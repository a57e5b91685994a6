/** The buttons over the tracks: playing, steps, sounds, snapping, how near; and how it stands to what is saved. */
import { CircleQuestionMark, Maximize, Pause, Play, Plus, Redo2, Scissors, Undo2, ZoomIn, ZoomOut } from 'lucide-react'
import { useStore } from '../api/store.ts'
import { useFormat, useText } from '../text/text.tsx'
import type { TimelineAct } from './keys.ts'
import type { Player } from './use-player.ts'
import type { TimelineHandle } from './use-timeline.ts'

/** Each button does what a key does. */
export function Toolbar(props: {
  player: Player
  end: number
  handle: TimelineHandle
  snap: boolean
  canSplit: boolean
  zoomed: boolean
  onAct(act: TimelineAct): void
  onAdd(): void
}) {
  const { player, end, handle, onAct } = props
  const t = useText()
  const format = useFormat()
  const now = useStore(player.playhead)
  const busy = player.state !== 'stopped'
  const label = player.state === 'waiting' ? t.timeline.preparing : busy ? t.timeline.pause : t.timeline.play
  return (
    <div className="tl-bar" role="toolbar" aria-label={t.timeline.toolbar}>
      <button
        type="button"
        className="button icon primary"
        aria-label={label}
        disabled={end === 0}
        onClick={() => onAct({ act: 'play' })}
      >
        {busy ? <Pause aria-hidden /> : <Play aria-hidden />}
      </button>
      <span className="numbers tl-time">
        {format.clock(now, true)} <span className="soft">/ {format.clock(end, true)}</span>
      </span>
      <label className="tl-seek">
        <span className="hidden">{t.timeline.position}</span>
        <input
          type="range"
          min={0}
          max={Math.max(0.01, end)}
          step={0.01}
          value={Math.min(now, end)}
          aria-valuetext={t.timeline.positionOf(format.clock(now, true), format.clock(end, true))}
          onChange={(event) => player.seek(event.target.valueAsNumber)}
        />
      </label>
      <button
        type="button"
        className="button icon small plain"
        aria-label={t.timeline.undo}
        disabled={!handle.canUndo}
        onClick={() => onAct({ act: 'undo' })}
      >
        <Undo2 aria-hidden />
      </button>
      <button
        type="button"
        className="button icon small plain"
        aria-label={t.timeline.redo}
        disabled={!handle.canRedo}
        onClick={() => onAct({ act: 'redo' })}
      >
        <Redo2 aria-hidden />
      </button>
      <button type="button" className="button small" disabled={!props.canSplit} onClick={() => onAct({ act: 'split' })}>
        <Scissors aria-hidden />
        {t.timeline.split}
      </button>
      <button type="button" className="button small" onClick={props.onAdd}>
        <Plus aria-hidden />
        {t.timeline.add}
      </button>
      <label className="choice small" title={t.timeline.snapHint}>
        <input type="checkbox" checked={props.snap} onChange={() => onAct({ act: 'snap' })} />
        <span>{t.timeline.snap}</span>
      </label>
      <span className="push row tl-near">
        <span className="tiny soft" role="status" aria-live="off">
          {t.timeline.saving[handle.saving]}
        </span>
        <button
          type="button"
          className="button icon small plain"
          aria-label={t.timeline.zoomOut}
          onClick={() => onAct({ act: 'zoom', way: -1 })}
        >
          <ZoomOut aria-hidden />
        </button>
        <button
          type="button"
          className="button icon small plain"
          aria-label={t.timeline.zoomIn}
          onClick={() => onAct({ act: 'zoom', way: 1 })}
        >
          <ZoomIn aria-hidden />
        </button>
        <button
          type="button"
          className="button icon small plain"
          aria-label={t.timeline.fit}
          disabled={!props.zoomed}
          onClick={() => onAct({ act: 'fit' })}
        >
          <Maximize aria-hidden />
        </button>
        <button
          type="button"
          className="button icon small plain"
          aria-label={t.timeline.help}
          onClick={() => onAct({ act: 'help' })}
        >
          <CircleQuestionMark aria-hidden />
        </button>
      </span>
    </div>
  )
}
