/** Names of files as they are saved. */

/** A file name for a person's own item: RFC 6266 with the UTF-8 form of RFC 8187. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\/]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`
}

/** The name without a known file ending. */
export function stem(name: string): string {
  return name.replace(/\.(mp3|wav|flac|ogg|opus|oga|m4a|aac|webm|mp4|mov|mkv|amr|3gp|aiff?|wma)$/i, '')
}
