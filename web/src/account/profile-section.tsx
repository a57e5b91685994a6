/** Who one is here: handle, name, picture, age band. All but the handle may stay empty (C32). */
import { type FormEvent, useRef, useState } from 'react'
import { api, type Me } from '../api/api.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { avatarOf } from './picture.ts'

const AGES = ['under_14', '14_17', 'adult'] as const

/** A form that saves what was changed. */
export function ProfileSection({ me }: { me: Me }) {
  const t = useText()
  const { take } = useSession()
  const [handle, setHandle] = useState(me.handle)
  const [name, setName] = useState(me.display_name ?? '')
  const [age, setAge] = useState(me.age_band ?? '')
  const [error, setError] = useState<unknown>(null)
  const [note, setNote] = useState('')
  const picture = useRef<HTMLInputElement>(null)
  const save = (body: Parameters<typeof api.call<'PATCH /api/me'>>[1]['body']) => {
    setError(null)
    setNote('')
    api.call('PATCH /api/me', { body }).then((changed) => {
      take(changed)
      setNote(t.my.saved)
    }, setError)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save({
      ...(handle === me.handle ? {} : { handle }),
      display_name: name.trim() === '' ? null : name.trim(),
      age_band: AGES.find((one) => one === age) ?? null,
    })
  }
  const choose = async (file: File | undefined) => {
    if (!file) return
    const avatar = await avatarOf(file)
    if (avatar) save({ avatar })
    else setNote(t.my.avatarTooLarge)
  }
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">{t.my.profile}</h2>
      <div className="row">
        {me.avatar ? <img className="avatar" src={me.avatar} alt={t.my.avatar} /> : null}
        <button type="button" className="button small" onClick={() => picture.current?.click()}>
          {t.my.avatarChoose}
        </button>
        {me.avatar ? (
          <button type="button" className="button small" onClick={() => save({ avatar: null })}>
            {t.my.avatarRemove}
          </button>
        ) : null}
        <input
          ref={picture}
          type="file"
          className="hidden"
          tabIndex={-1}
          accept="image/*"
          aria-label={t.my.avatarChoose}
          onChange={(event) => choose(event.target.files?.[0])}
        />
      </div>
      <form className="stack" onSubmit={submit}>
        <div className="field narrow-field">
          <label className="field">
            <span>{t.my.handle}</span>
            <input
              value={handle}
              pattern="[a-z0-9][a-z0-9_\-]{2,30}"
              required
              aria-describedby="handle-hint"
              autoCapitalize="none"
              onChange={(event) => setHandle(event.target.value)}
            />
          </label>
          <span id="handle-hint" className="tiny soft">
            {t.my.handleHint}
          </span>
        </div>
        <label className="field narrow-field">
          <span>
            {t.my.displayName} <span className="tiny">({t.my.optional})</span>
          </span>
          <input value={name} maxLength={80} autoComplete="name" onChange={(event) => setName(event.target.value)} />
        </label>
        <div className="field narrow-field">
          <label className="field">
            <span>
              {t.my.ageBand} <span className="tiny">({t.my.optional})</span>
            </span>
            <select value={age} aria-describedby="age-hint" onChange={(event) => setAge(event.target.value)}>
              <option value="">{t.my.ageUnset}</option>
              {AGES.map((one) => (
                <option key={one} value={one}>
                  {t.my.ages[one]}
                </option>
              ))}
            </select>
          </label>
          <span id="age-hint" className="tiny soft">
            {t.my.ageHint}
          </span>
        </div>
        <ProblemNote error={error} />
        <div className="row">
          <button type="submit" className="button primary">
            {t.app.save}
          </button>
          <span role="status" className="small soft">
            {note}
          </span>
        </div>
      </form>
    </section>
  )
}
