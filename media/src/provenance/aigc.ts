/**
 * The implicit label of GB 45438-2025 (annex E): who made a synthetic file, and its number. It goes into XMP under the
 * name TC260 uses, as JSON.
 */
export interface AigcLabel {
  /** 1: made by AI. */
  readonly Label: '1'
  /** Name or code of who made it: the host of the studio. */
  readonly ContentProducer: string
  /** Number of this file, given by the producer. */
  readonly ProduceID: string
  readonly ReservedCode1: string
  readonly ContentPropagator: string
  readonly PropagateID: string
  readonly ReservedCode2: string
}

/** The label of a file made here. @param id a random number that says nothing of the person */
export function aigcLabel(producer: string, id: string): AigcLabel {
  return {
    Label: '1',
    ContentProducer: producer,
    ProduceID: id,
    ReservedCode1: '',
    ContentPropagator: producer,
    PropagateID: id,
    ReservedCode2: '',
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&')

/** The XMP packet with the label, and with IPTC's digital source type for those who read that. */
export function aigcXmp(label: AigcLabel): string {
  return (
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" ' +
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ' +
    'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic" ' +
    `TC260:AIGC="${escaped(JSON.stringify(label))}"/>` +
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
  )
}

/** The label in an XMP packet, or none. */
export function readAigc(xmp: string): AigcLabel | undefined {
  const found = /TC260:AIGC="([^"]*)"/.exec(xmp)?.[1] ?? /<TC260:AIGC>([\s\S]*?)<\/TC260:AIGC>/.exec(xmp)?.[1]
  return found === undefined ? undefined : parseAigc(unescaped(found))
}

/** The label as JSON, as it stands in a film's tag `AIGC`, or none. */
export function parseAigc(json: string): AigcLabel | undefined {
  try {
    const label = JSON.parse(json) as AigcLabel
    return typeof label === 'object' && label !== null && typeof label.Label === 'string' ? label : undefined
  } catch {
    return undefined
  }
}
