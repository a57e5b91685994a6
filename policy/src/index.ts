/** @module What the studio promises: the policy document, and everything that follows from it. */

export { AGREEMENT_WAYS, agreementLines, agreementWay, announcement } from './agreement/agreement.ts'
export { type Change, type DiffOptions, diffPolicies, type PolicyDiff, type Severity } from './change/diff.ts'
export { noticeChanges, type SectionChange } from './change/notice-diff.ts'
export { type NoticedScopes, noticedScopes, widenedFor } from './change/noticed.ts'
export { changeInWords } from './change/words.ts'
export { type ConsentEvent, foldConsents, noConsents } from './consent/fold.ts'
export { type ConsentReceipt, receipt, UndeclaredPurposeError } from './consent/receipt.ts'
export { categoriesOf, narrowScope, scopeCovers, scopeOf } from './consent/scope.ts'
export { CONSENT_STATES, type ConsentState, type ConsentStatus, type StandingConsent } from './consent/status.ts'
export type { CategoryMask } from './decision/category-mask.ts'
export { categoryMask, consentScope, type DecisionRequest, decide, readableFields } from './decision/decide.ts'
export { type Decision, REFUSALS, type Refusal, type RefusalCode, type SubjectState } from './decision/decision.ts'
export { compileDecisions, type Decide } from './decision/decision-table.ts'
export { logFault, messageFault, recordFault } from './decision/declared.ts'
export { fieldsReadable, readOnlyFor } from './decision/readers.ts'
export { canonicalJson, contentHash } from './digest/content-hash.ts'
export { HARDWARE_IDENTIFIERS, isHardwareIdentifier } from './document/hardware.ts'
export type { SharedPart } from './document/kinds-rights.ts'
export { policy } from './document/policy.ts'
export type * from './document/types.ts'
export type * from './document/work.ts'
export { checkPolicy } from './language/check-policy.ts'
export { definePolicy } from './language/define-policy.ts'
export type * from './language/document.ts'
export { InvalidPolicyError, type PolicyFault, type PolicyFaultCode } from './language/fault.ts'
export { type Field, type FieldType, type Json, json, type Text, text } from './language/field.ts'
export { fieldsFault } from './language/fields-fault.ts'
export { type IsoDuration, isDuration, isKeep, type Keep } from './language/keep.ts'
export {
  type ActorRole,
  AGE_BANDS,
  type AgeBand,
  type Basis,
  type Grade,
  isClosedToMinors,
  isFaceCategory,
  type MaskName,
} from './language/vocabulary.ts'
export { mask, maskWith } from './mask/mask.ts'
export { noticeHtml } from './notice/html.ts'
export { noticeJson } from './notice/json.ts'
export { noticeMarkdown } from './notice/markdown.ts'
export {
  type Block,
  type Inline,
  type Line,
  linesOf,
  type Notice,
  type Part,
  pairsTold,
  type Section,
} from './notice/notice.ts'
export { notice } from './notice/print.ts'
export { durationInWords, keepInWords } from './notice/words.ts'
export {
  type ConfiguredRecipient,
  NO_OPERATOR,
  type Operator,
  type OperatorFault,
  type Publishable,
  publishable,
} from './operator/operator.ts'
export { contactUri, dataRights, securityTxt } from './operator/well-known.ts'
export { type Registered, registerOf } from './register/register.ts'
export {
  isEnded,
  nextRequestState,
  REQUEST_STATES,
  REQUESTED_RIGHTS,
  type RequestClocks,
  RequestEndedError,
  type RequestEvent,
  type RequestedRight,
  type RequestFacts,
  type RequestState,
  requestClocks,
  verifiedAt,
} from './request/request.ts'
export { addDuration, type Duration, MalformedDurationError, parseDuration } from './retention/duration.ts'
export {
  deadlineAt,
  type KeepSettings,
  keepOf,
  keepUntil,
  keepUntilUnder,
  UndeclaredKindError,
} from './retention/keep-until.ts'
export { MissingTextError, textsOf } from './text/catalogue.ts'
export {
  LOCALES,
  type Locale,
  type NamedText,
  PART_IDS,
  type PartId,
  type PurposeText,
  type Texts,
} from './text/texts.ts'
export { dataMap, type MappedField, type MappedKind } from './views/data-map.ts'
export {
  type ErasureStep,
  erasableCategories,
  erasablePurposes,
  erasureOfCategory,
  erasureOfPurpose,
} from './views/erasable.ts'
export {
  cookieList,
  type ListedCookie,
  type ListedPurpose,
  type ListedRecipient,
  type ListedSetting,
  type Named,
  purposeList,
  recipientList,
  settingsList,
} from './views/lists.ts'
export {
  functionsWithoutPermission,
  functionsWithoutPurpose,
  type PermissionMatrix,
  permissionMatrix,
} from './views/permission-matrix.ts'
export { type PermissionWhole, type PurposeWhole, permissionsOf, purposesOf, switchOf } from './views/purposes.ts'
export { type RightsMatrix, rightsMatrix } from './views/rights-matrix.ts'
