/** What counts as this machine itself (RFC 1122 3.2.1.3, RFC 4291 2.5.3, RFC 6761 6.3). */

/** Says whether a host name or literal address (with or without brackets) is loopback. */
export function isLoopbackName(name: string): boolean {
  const host = name.replace(/^\[|\]$/g, '').toLowerCase()
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** Says whether a socket's remote address is loopback, as Node writes it (`::ffff:127.0.0.1` too). */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address))
}
