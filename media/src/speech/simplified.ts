const wide: Readonly<Record<string, string>> = { ',': '，', '.': '。', '?': '？', '!': '！', ':': '：', ';': '；' }

/** The marks Chinese is set with, after Chinese characters. */
function widened(text: string): string {
  return text.replace(/(?<=\p{Script=Han})[,.?!:;]/gu, (mark) => wide[mark] ?? mark)
}

/**
 * Words in simplified characters, whatever mixture the recogniser wrote: Whisper has learnt both and chooses by chance.
 * Converted as one text, because the right character can depend on its neighbours, and given back word by word
 * (OpenCC's tables; one character becomes one character), with the punctuation of Chinese type.
 */
export async function toSimplified(words: readonly string[]): Promise<string[]> {
  const { Converter } = await import('opencc-js/t2cn')
  const convert = Converter({ from: 't', to: 'cn' })
  const whole = [...convert(words.join(''))]
  const lengths = words.map((word) => [...word].length)
  if (whole.length !== lengths.reduce((sum, length) => sum + length, 0))
    return words.map((word) => widened(convert(word)))
  let at = 0
  return lengths.map((length) => {
    at += length
    return widened(whole.slice(at - length, at).join(''))
  })
}
