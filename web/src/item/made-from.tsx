/** What a result was made from, with the way there. */
import { Link } from 'wouter'
import type { Item } from '../api/api.ts'
import { useText } from '../text/text.tsx'

/** One phrase. A text that was spoken is no recording: it has no name of an item. */
export function MadeFrom({ made }: { made: NonNullable<Item['made_from']> }) {
  const t = useText()
  if (made.operation === 'save_speech')
    return (
      <>
        {t.made.save_speech} {made.speech ? <Link href={`/speak/${made.speech}`}>{t.speak.fromText}</Link> : null}
      </>
    )
  return (
    <>
      {t.made[made.operation]}{' '}
      {made.name === null ? t.item.sourceErased : <Link href={`/items/${made.item}`}>{made.name}</Link>}
    </>
  )
}
