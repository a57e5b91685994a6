/** Numbers as Mandarin says them, in characters. */

const digits = '零一二三四五六七八九'

/** Each digit by itself: years, telephone numbers. */
function spelled(number: string): string {
  return [...number].map((digit) => digits[Number(digit)] ?? digit).join('')
}

/** A number below ten thousand. */
function small(value: number): string {
  let words = ''
  let gap = false
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10
    if (digit === 0) gap = words !== ''
    else {
      if (gap) words += '零'
      gap = false
      words += digits[digit] + name
    }
  }
  return words
}

/** A whole number in words; more than twelve digits are spelled. */
export function chineseNumber(number: string): string {
  const value = number.replace(/^0+(?=\d)/, '')
  if (value === '0') return '零'
  if (value.length > 12 || /^0/.test(number)) return spelled(number)
  let words = ''
  const groups = [Math.floor(Number(value) / 1e8), Math.floor(Number(value) / 1e4) % 1e4, Number(value) % 1e4]
  groups.forEach((group, index) => {
    if (group === 0) return
    if (words !== '' && group < 1000) words += '零'
    words += small(group) + (['亿', '万', ''][index] ?? '')
  })
  return words.replace(/^一十/, '十')
}

/** The text with its numbers, percentages, times and years in characters. */
export function speakNumbers(text: string): string {
  return text
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(/(\d{4})(?=年)/g, (year) => spelled(year))
    .replace(/(\d{1,2}):(\d{2})(?!\d)/g, (_, hour: string, minute: string) =>
      minute === '00'
        ? `${chineseNumber(hour)}点`
        : `${chineseNumber(hour)}点${minute.startsWith('0') ? '零' : ''}${chineseNumber(String(Number(minute)))}分`,
    )
    .replace(/(\d+)(?:\.(\d+))?[%％]/g, (_, whole: string, part?: string) => `百分之${decimal(whole, part)}`)
    .replace(/(\d+)\.(\d+)/g, (_, whole: string, part: string) => decimal(whole, part))
    .replace(/\d+/g, (number) => (number.length > 8 ? spelled(number) : chineseNumber(number)))
}

function decimal(whole: string, part: string | undefined): string {
  return part === undefined ? chineseNumber(whole) : `${chineseNumber(whole)}点${spelled(part)}`
}
