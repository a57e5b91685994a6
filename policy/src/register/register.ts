/**
 * The control register: each sentence of the notice with the rule it is printed from and the clauses it keeps (C169).
 * Tests and evidence of a clause are found outside of the policy, which knows of no files.
 */
import type { PolicyDocument } from '../language/document.ts'
import type { Block, Line, Notice } from '../notice/notice.ts'

/** A part or section of the notice with what stands behind it. */
export interface Registered {
  /** Its anchor in the notice. */
  readonly id: string
  readonly title: string
  /** As the notice prints them, emphasis and code kept. */
  readonly sentences: readonly Line[]
  /** Where in the policy document it comes from, e.g. `purposes.denoise`. */
  readonly rule: string
  readonly clauses: readonly number[]
}

/** Parts and sections that stand in every notice: rule and clauses. */
const SECTIONS: Readonly<Record<string, readonly [rule: string, clauses: readonly number[]]>> = {
  short: ['document', [1, 3, 5, 8]],
  collection: ['purposes', [3, 5, 9, 10]],
  categories: ['categories', [3, 5, 170]],
  'in-memory': ['categories', [9, 35]],
  never: ['categories', [37, 38, 63, 69, 105, 263]],
  switches: ['settings', [23, 40, 85, 201]],
  permissions: ['permissions', [46, 56, 58, 79, 80, 82, 83, 84]],
  exemptions: ['exemptions', [89, 90, 91, 92, 97, 98, 99]],
  browser: ['cookies', [100, 101, 104, 106, 110]],
  entries: ['cookies', [100, 103, 109]],
  sharing: ['recipients', [111, 112, 126, 132, 133]],
  recipients: ['recipients', [113, 119, 126, 232]],
  keeping: ['kinds', [153, 211]],
  retention: ['kinds', [153, 154]],
  protection: ['document', [162, 163, 164, 166, 192]],
  log: ['log', [35]],
  incidents: ['deadlines', [189, 191]],
  clocks: ['deadlines', [153, 156, 209, 218, 260]],
  rights: ['rights', [197, 221]],
  'rights-list': ['rights', [87, 88, 194, 197, 207, 210, 212, 214, 215]],
  third_parties: ['recipients', [108, 235, 241]],
  minors: ['purposes', [244, 245, 246]],
  changes: ['document', [1, 17, 248, 249, 250, 251, 252, 253, 254, 255, 256, 257]],
  contact: ['operator', [2, 258, 259, 260]],
}

/** Clauses of single purposes, beside those that hold for all. */
const PURPOSES: Readonly<Record<string, readonly number[]>> = {
  sign_in: [20, 21, 167, 193, 196],
  account: [22, 30, 31, 32, 213],
  deliver_code: [111],
  edit_media: [50],
  record_sound: [83],
  record_calls: [53],
  transcribe: [47],
  denoise: [48],
  recognise_device: [37, 81],
  background: [36],
  security: [73, 76, 77],
  prove: [4, 16, 78, 173, 176],
}

/** What holds for whatever has a basis. */
const ALWAYS = [9, 17] as const
const ON_CONSENT = [18, 86, 87, 88, 201, 202] as const

function sentencesOf(blocks: readonly Block[]): Line[] {
  return blocks.flatMap((block): readonly Line[] => {
    if (block.type === 'paragraph') return [block.line]
    if (block.type === 'list') return block.lines
    return block.rows.map(({ label, line }) => [{ text: `${label}: ` }, ...line])
  })
}

function behind(document: PolicyDocument, id: string): readonly [rule: string, clauses: readonly number[]] {
  const purpose = /^purpose-(.+)$/.exec(id)?.[1]
  if (purpose !== undefined && Object.hasOwn(document.purposes, purpose)) {
    const consent = document.purposes[purpose]?.basis === 'consent'
    return [`purposes.${purpose}`, [...ALWAYS, ...(consent ? ON_CONSENT : []), ...(PURPOSES[purpose] ?? [])]]
  }
  const recipient = /^recipient-(.+)$/.exec(id)?.[1]
  if (recipient !== undefined) return [`recipients.${recipient}`, [111, 112, 132, 133, 232]]
  return Object.hasOwn(SECTIONS, id) ? (SECTIONS[id] ?? ['document', []]) : ['document', []]
}

/** Everything a notice says, with what stands behind it, in the order of the notice. */
export function registerOf(document: PolicyDocument, notice: Notice): readonly Registered[] {
  const made = (id: string, title: string, sentences: readonly Line[]): Registered => {
    const [rule, clauses] = behind(document, id)
    return { id, title, sentences, rule, clauses: [...clauses].sort((a, b) => a - b) }
  }
  return [
    made('short', notice.short.title, notice.short.lines),
    ...notice.parts.flatMap((part) => [
      made(part.id, `${part.number} ${part.title}`, sentencesOf(part.blocks)),
      ...part.sections.map((one) => made(one.id, `${one.number} ${one.title}`, sentencesOf(one.blocks))),
    ]),
  ].filter(({ sentences }) => sentences.length > 0)
}
