/** C9, C166, C215, C245 and DESIGN 3: decisions, against a rule stated independently of the table. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONSENT_STATES, type ConsentState } from '../consent/status.ts'
import {
  type ActorRole,
  type AgeBand,
  type Basis,
  categoryMask,
  compileDecisions,
  consentScope,
  type Decision,
  type DecisionRequest,
  decide,
  type PolicyDocument,
  type PurposeId,
  policy,
  REFUSALS,
  type SubjectState,
  scopeOf,
} from '../index.ts'
import { maskMaker } from './category-mask.ts'

const PEOPLE = ['ann', 'bo', 'cy'] as const
const AGES: readonly (AgeBand | undefined)[] = [undefined, 'under_14', '14_17', 'adult']
const STATES: readonly (SubjectState | undefined)[] = [undefined, 'active', 'frozen', 'erased']
const document: PolicyDocument = policy

/** Everything that must hold, one sentence each, said without the table. */
function mayOpen(doc: PolicyDocument, request: Request): boolean {
  const purpose = doc.purposes[request.purpose]
  if (purpose === undefined) return false
  const kept = Object.entries(doc.categories).filter(([id, c]) => id.startsWith('user.') && c.collected === undefined)
  const uses = purpose.uses === 'every_category' ? kept.map(([id]) => id) : purpose.uses
  const standing = request.consents?.purposes[request.purpose]
  const actor: ActorRole = request.by === 'job' || request.by === 'operator' ? request.by : 'subject'
  const kind = request.kind === undefined ? undefined : doc.kinds[request.kind]
  const child = request.ageBand === 'under_14'
  return [
    request.kind === undefined ||
      (kind !== undefined && Object.values(kind.fields).some((f) => uses.includes(f.category))),
    (request.categories ?? []).every((category) => uses.includes(category)),
    request.state !== 'erased',
    request.state !== 'frozen' || purpose.while_frozen === true,
    purpose.by.includes(actor),
    actor !== 'subject' || request.by === request.subject,
    purpose.setting === undefined || request.settings?.[purpose.setting] !== false,
    purpose.basis !== 'consent' ||
      (standing?.state === 'given' &&
        standing.scope === scopeOf(doc, request.purpose) &&
        request.consents?.subject === request.subject),
    purpose.guardian !== true ||
      !child ||
      (standing?.guardian === true && request.consents?.subject === request.subject),
    request.ageBand === 'adult' ||
      !/^(marketing|personalize|third_party_sharing|train_ai_system)(\.|$)/.test(purpose.use),
  ].every(Boolean)
}

interface Request {
  purpose: string
  kind?: string
  categories?: string[]
  subject: string
  by: string
  ageBand?: AgeBand | undefined
  state?: SubjectState
  settings?: Record<string, boolean>
  consents?: {
    subject: string
    purposes: Record<string, { state: (typeof CONSENT_STATES)[number]; scope: string; guardian?: boolean }>
  }
}

function requests(doc: PolicyDocument): fc.Arbitrary<Request> {
  const purposes = [...Object.keys(doc.purposes), 'sell']
  const likely = <T>(value: T, others: readonly T[]): fc.Arbitrary<T> =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
  return fc.record({ purpose: fc.constantFrom(...purposes), subject: fc.constantFrom(...PEOPLE) }).chain((base) =>
    fc
      .record(
        {
          kind: fc.constantFrom(...Object.keys(doc.kinds), 'diary'),
          categories: fc.array(fc.constantFrom(...Object.keys(doc.categories), 'user.shoe_size'), { maxLength: 3 }),
          by: likely<string>(base.subject, ['job', 'operator', ...PEOPLE]),
          ageBand: fc.constantFrom(...AGES),
          state: likely<SubjectState | undefined>(undefined, STATES),
          settings: fc.dictionary(fc.constantFrom(...Object.keys(doc.settings), 'none'), fc.boolean(), { maxKeys: 3 }),
          consents: fc.record({
            subject: likely<string>(base.subject, PEOPLE),
            purposes: fc
              .record(
                {
                  state: likely<(typeof CONSENT_STATES)[number]>('given', CONSENT_STATES),
                  scope: likely(scopeOf(doc, base.purpose), ['', 'nonsense', '[]']),
                  guardian: fc.boolean(),
                },
                { requiredKeys: ['state', 'scope'] },
              )
              .map((standing) => ({ [base.purpose]: standing })),
          }),
        },
        { requiredKeys: ['by'] },
      )
      .map((rest): Request => {
        const { state, ...others } = rest
        return { ...base, ...others, ...(state === undefined ? {} : { state }) }
      }),
  )
}

/** Any word of the policy language may come: the table takes strings. */
const ask = (request: Request): Decision => decide(request as DecisionRequest)

describe('the policy of the studio', () => {
  test('decides as the rule says', () => {
    let allowed = 0
    const property = fc.property(requests(document), (request) => {
      const decision = ask(request)
      if (decision.allow) allowed += 1
      expect(decision.allow).toBe(mayOpen(document, request))
    })
    fc.assert(property, { numRuns: 20_000 })
    // A rule that refuses everything would agree as well: many of the requests must really have been allowed.
    expect(allowed).toBeGreaterThan(1_000)
  })

  test('never opens the data of another person', () => {
    const property = fc.property(requests(document), (request) => {
      fc.pre(!['job', 'operator', request.subject].includes(request.by))
      expect(ask(request).allow).toBe(false)
    })
    fc.assert(property, { numRuns: 3_000 })
  })

  test("one person's consent opens nothing of another's", () => {
    for (const purpose of ['record_sound', 'transcribe', 'denoise'] as const) {
      const consents = {
        subject: 'bo',
        purposes: { [purpose]: { state: 'given', scope: consentScope(purpose) } },
      } as const
      const decision = decide({ purpose, subject: 'ann', by: 'ann', consents })
      expect(decision).toMatchObject({ allow: false, refusal: { code: 'other_subject' } })
      expect(decide({ purpose, subject: 'bo', by: 'bo', consents })).toMatchObject({ allow: true, basis: 'consent' })
    }
  })

  test('C176: the host and its staff open requests that were put to them, and nothing else', () => {
    for (const purpose of Object.keys(policy.purposes) as PurposeId[]) {
      const decision = decide({ purpose, subject: 'ann', by: 'operator' })
      expect(decision.allow).toBe(purpose === 'answer_requests')
      if (decision.allow) expect(decision.categories).toEqual(['user.rights_request'])
    }
  })

  test('the rights of a person are for that person alone', () => {
    expect(decide({ purpose: 'own_rights', kind: 'transcript', subject: 'ann', by: 'ann' }).allow).toBe(true)
    expect(decide({ purpose: 'own_rights', subject: 'ann', by: 'job' }).allow).toBe(false)
    expect(decide({ purpose: 'own_rights', subject: 'ann', by: 'bo' }).allow).toBe(false)
  })

  test('what is never collected opens for no purpose', () => {
    for (const purpose of Object.keys(policy.purposes) as PurposeId[]) {
      for (const category of ['user.biometric.voice', 'user.location'] as const) {
        const decision = decide({ purpose, subject: 'ann', by: 'ann', categories: [category] })
        expect(decision).toMatchObject({ allow: false, refusal: { code: 'undeclared' } })
      }
    }
  })

  test('the points and the picture of a face open for the face effect alone (C265), and only with its own consent', () => {
    for (const category of ['user.biometric.face_points', 'user.biometric.face_picture'] as const)
      for (const purpose of Object.keys(policy.purposes) as PurposeId[]) {
        const consents: ConsentState = {
          subject: 'ann',
          purposes: { face_effect: { state: 'given', scope: consentScope('face_effect') } },
        }
        const asked = { purpose, subject: 'ann', by: 'ann', categories: [category] } as const
        expect(decide({ ...asked, consents }).allow, purpose).toBe(purpose === 'face_effect')
        expect(decide(asked).allow, purpose).toBe(false)
      }
  })

  test('each refusal has its own code, and its clause', () => {
    const given = (extra = {}): ConsentState => ({
      subject: 'ann',
      purposes: { transcribe: { state: 'given', scope: consentScope('transcribe'), ...extra } },
    })
    const base = { purpose: 'transcribe', subject: 'ann', by: 'ann' } as const
    const cases: readonly [DecisionRequest, keyof typeof REFUSALS][] = [
      [{ ...base, purpose: 'sell' as 'transcribe' }, 'undeclared'],
      [{ ...base, purpose: 'constructor' as 'transcribe' }, 'undeclared'],
      [{ ...base, purpose: '__proto__' as 'transcribe' }, 'undeclared'],
      [{ ...base, kind: 'account', consents: given() }, 'undeclared'],
      [{ ...base, categories: ['user.name'], consents: given() }, 'undeclared'],
      [{ ...base, state: 'erased', consents: given() }, 'erased'],
      [{ ...base, by: 'bo', consents: given() }, 'other_subject'],
      [{ ...base, by: 'operator', consents: given() }, 'other_actor'],
      [{ ...base, state: 'frozen', consents: given() }, 'frozen'],
      [{ ...base, settings: { transcribing: false }, consents: given() }, 'setting_off'],
      [base, 'no_consent'],
      [{ ...base, consents: given({ state: 'requested' }) }, 'no_consent'],
      [{ ...base, consents: given({ state: 'expired' }) }, 'no_consent'],
      [{ ...base, consents: given({ state: 'refused' }) }, 'refused'],
      [{ ...base, consents: given({ state: 'withdrawn' }) }, 'withdrawn'],
      [{ ...base, consents: given({ scope: scopeOf(policy, 'denoise') }) }, 'scope_widened'],
      [{ ...base, ageBand: 'under_14', consents: given() }, 'no_guardian'],
    ]
    for (const [request, code] of cases) {
      const purpose = request.purpose
      expect(decide(request)).toEqual({ allow: false, refusal: { code, clause: REFUSALS[code], purpose } })
    }
    expect(decide({ ...base, ageBand: 'under_14', consents: given({ guardian: true }) }).allow).toBe(true)
  })

  test('C46: with a kind, exactly the categories that the purpose uses of it are opened', () => {
    expect(decide({ purpose: 'sign_in', kind: 'account', subject: 'ann', by: 'job' })).toMatchObject({
      categories: ['user.account.username'],
    })
  })

  test('a set of categories decides as the list of them does', () => {
    const ids = fc.subarray(Object.keys(policy.categories) as (keyof typeof policy.categories)[])
    const purposes = fc.constantFrom(...(Object.keys(policy.purposes) as PurposeId[]))
    const property = fc.property(purposes, ids, (purpose, categories) => {
      const base = { purpose, subject: 'ann', by: 'ann' } as const
      expect(decide({ ...base, categories: categoryMask(categories) })).toEqual(decide({ ...base, categories }))
    })
    fc.assert(property, { numRuns: 2_000 })
  })
})

/** Any policy at all, with more categories than fit in one machine word. */
const documents: fc.Arbitrary<PolicyDocument> = fc
  .record({
    purposes: fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.record(
        {
          use: fc.constantFrom('essential.service', 'marketing.advertising', 'personalize', 'marketingless'),
          basis: fc.constantFrom<Basis>('consent', 'contract', 'legitimate_interest'),
          uses: fc.uniqueArray(
            fc.nat(69).map((n) => `user.c${n}`),
            { maxLength: 40 },
          ),
          keep: fc.constant('account' as const),
          by: fc.subarray<ActorRole>(['subject', 'job', 'operator'], { minLength: 1 }),
          guardian: fc.constant(true as const),
          setting: fc.constant('on'),
          while_frozen: fc.constant(true as const),
        },
        { requiredKeys: ['use', 'basis', 'uses', 'keep', 'by'] },
      ),
    ),
    kinds: fc.dictionary(
      fc.constantFrom('k', 'l'),
      fc.dictionary(
        fc.constantFrom('f', 'g'),
        fc.nat(69).map((n) => ({ category: `user.c${n}`, type: 'text' as const })),
      ),
    ),
  })
  .map(({ purposes, kinds }) => ({
    ...document,
    purposes,
    settings: { on: { control: 'switch', default: true, purposes: [], permissions: [] } },
    categories: Object.fromEntries(
      Array.from({ length: 70 }, (_, n) => [`user.c${n}`, { grade: 3, mask: 'none', source: 'extension' }] as const),
    ),
    kinds: Object.fromEntries(
      Object.entries(kinds).map(([id, fields]) => [
        id,
        { place: 'record', key: 'person', held_for: 'a', source: 'subject', fields },
      ]),
    ),
  }))

describe('any policy', () => {
  test('decides as the rule says', () => {
    const cases = documents.chain((doc) =>
      fc.tuple(fc.constant(doc), fc.array(requests(doc), { minLength: 5, maxLength: 5 })),
    )
    const property = fc.property(cases, ([doc, asked]) => {
      const decideHere = compileDecisions(doc)
      const setOf = maskMaker(Object.keys(doc.categories))
      for (const request of asked) {
        expect(decideHere(request).allow).toBe(mayOpen(doc, request))
        const set = setOf(request.categories ?? [])
        if (set !== undefined) expect(decideHere({ ...request, categories: set })).toEqual(decideHere(request))
      }
    })
    fc.assert(property, { numRuns: 1_000 })
  })
})
