/** ISO 639-1 and its ISO 639-2/T, which MP4 and Matroska name a track's language by. */
const pairs =
  'af afr ar ara az aze be bel bg bul bn ben bs bos ca cat cs ces cy cym da dan de deu el ell en eng eo epo es spa et est eu eus fa fas fi fin fr fra ga gle gl glg gu guj he heb hi hin hr hrv hu hun hy hye id ind is isl it ita ja jpn jw jav ka kat kk kaz kn kan ko kor ky kir la lat lb ltz lo lao lt lit lv lav mk mkd ml mal mn mon mr mar ms msa mt mlt my mya nb nob ne nep nl nld nn nno no nor pa pan pl pol pt por ro ron ru rus sd snd si sin sk slk sl slv sn sna so som sq sqi sr srp su sun sv swe sw swa ta tam te tel tg tgk th tha tl tgl tr tur tt tat uk ukr ur urd uz uzb vi vie yi yid yo yor zh zho'.split(
    ' ',
  )

/** The code of three letters for one of two; anything else as it is. */
export function trackLanguage(code: string): string {
  const at = code.length === 2 ? pairs.indexOf(code) : -1
  return at < 0 ? code : (pairs[at + 1] as string) // every code of two letters has its one of three behind it
}
