/** Tells the person who gave their word for material of their own that somebody shown objected. */
import type { Contract } from '@sotto/server/contract'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { api } from '../api/api.ts'
import { useSession } from '../session/session.tsx'
import { useFormat, useText } from '../text/text.tsx'

/** A word that was given. */
export type Word = z.output<Contract['POST /api/faces/attestations']['answer']>

/** Shown only where there is something to say. */
export function Objections() {
  const t = useText()
  const format = useFormat()
  const session = useSession()
  const [words, setWords] = useState<readonly Word[]>([])
  const known = session.phase === 'person'
  useEffect(() => {
    if (known)
      api.call('GET /api/faces/attestations', {}).then(setWords, () => {
        // Without an answer nothing is said: the server asks again before anything is saved.
      })
  }, [known])
  const objected = words.filter(({ objected_at }) => objected_at !== null)
  if (objected.length === 0) return null
  return (
    <div role="alert" className="problem">
      {objected.map(({ id, attested_at, objected_at }) => (
        <p key={id}>{t.face.objected(format.moment(attested_at), format.moment(objected_at ?? ''))}</p>
      ))}
    </div>
  )
}
