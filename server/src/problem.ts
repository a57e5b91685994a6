/**
 * Everything that can be answered instead of what was asked: one catalogue, code -> status, clause and the sentence
 * in each language; answered as problem details (RFC 9457). A code never changes its meaning. No sentence ever holds
 * anything of a person, and no answer holds a stack, a message of a library or an id of another's thing.
 */
import type { MediaErrorCode } from '@sotto/media'
import type { RefusalCode } from '@sotto/policy'

/** One entry: HTTP status, the sentence a person reads in English and Chinese, and the clause where a promise refuses. */
export interface Entry {
  readonly status: number
  readonly en: string
  readonly zh: string
  readonly clause?: string
}

/** The catalogue. */
export const problems = {
  // The request itself
  bad_request: { status: 400, en: 'The request is not understood.', zh: '无法理解该请求。' },
  not_found: { status: 404, en: 'There is nothing here.', zh: '这里没有内容。' },
  method_not_allowed: { status: 405, en: 'This cannot be done here.', zh: '此处不支持该操作。' },
  too_large: { status: 413, en: 'This is larger than what is accepted here.', zh: '内容超过此处允许的大小。' },
  unsupported_type: { status: 415, en: 'This kind of content is not accepted here.', zh: '此处不接受这种类型的内容。' },
  range_not_satisfiable: { status: 416, en: 'The asked range is outside of the file.', zh: '请求的范围超出文件。' },

  // Doors
  host_not_allowed: { status: 421, en: 'This studio does not answer to that name.', zh: '本工作室不使用该地址名。' },
  foreign_origin: { status: 403, en: 'Another site may not act here for you.', zh: '其他网站不能在此代您操作。' },
  request_header_missing: {
    status: 403,
    en: 'A change must carry the header sotto-request.',
    zh: '更改请求必须带有 sotto-request 标头。',
  },
  winding_down: {
    status: 403,
    en: 'This studio is ending its service and takes in nothing new. What you have can be taken away until the last day.',
    zh: '本工作室即将终止服务，不再接收新内容。您已有的内容在最后一天之前都可以带走。',
    clause: 'C155',
  },
  guests_off: { status: 403, en: 'This studio admits no guests; please sign in.', zh: '本工作室不接待访客，请登录。' },
  codes_off: {
    status: 403,
    en: 'Signing in by phone number is off: the host has set up no way to send codes.',
    zh: '无法使用手机号登录：托管方未设置验证码发送方式。',
  },
  sms_failed: { status: 502, en: 'The code could not be sent. Please try again.', zh: '验证码发送失败，请重试。' },

  // Who you are
  sign_in_needed: { status: 401, en: 'Please begin or sign in first.', zh: '请先开始使用或登录。' },
  step_up_needed: {
    status: 403,
    en: 'Please confirm once more who you are.',
    zh: '请再次确认您的身份。',
    clause: 'C76',
  },
  notice_changed: {
    status: 409,
    en: 'The privacy notice has changed since it was shown. Please read the current one.',
    zh: '隐私政策在展示之后已有更新，请阅读当前版本。',
    clause: 'C4',
  },
  number_invalid: { status: 422, en: 'This is not a phone number that can be reached.', zh: '手机号码无效。' },
  not_a_copy: {
    status: 422,
    en: 'This file is no whole archive of a studio.',
    zh: '此文件不是工作室的完整归档。',
  },
  number_taken: {
    status: 409,
    en: 'This number belongs to another account here.',
    zh: '该手机号属于此处的另一个账户。',
  },
  no_number: {
    status: 409,
    en: 'This account has no number yet that could be changed.',
    zh: '该账户还没有可更换的手机号。',
  },
  code_wrong: { status: 422, en: 'That is not the code.', zh: '验证码不正确。' },
  code_spent: {
    status: 410,
    en: 'This code is used up or too old. Please ask for a new one.',
    zh: '验证码已使用或已过期，请重新获取。',
  },
  try_later: { status: 429, en: 'Too many tries. Please wait a little.', zh: '尝试次数过多，请稍后再试。' },
  merge_needed: {
    status: 409,
    en: 'There is an account already. Shall what you made here move into it?',
    zh: '已有账户存在。是否将您在此创建的内容并入该账户？',
  },
  signed_in_already: {
    status: 409,
    en: 'You are signed in to another account. Please sign out first.',
    zh: '您已登录另一账户，请先退出。',
  },
  sign_in_refused: { status: 401, en: 'Name or password is not right.', zh: '名称或密码不正确。' },
  totp_needed: {
    status: 401,
    en: 'Please add the code of your authenticator app.',
    zh: '请输入身份验证器中的动态码。',
  },
  totp_wrong: { status: 422, en: 'That is not the current code of your app.', zh: '动态码不正确。' },
  totp_not_begun: { status: 409, en: 'No second step is being set up.', zh: '尚未开始设置第二步验证。' },
  totp_set_already: { status: 409, en: 'The second step is set up already.', zh: '第二步验证已经设置。' },
  password_weak: { status: 422, en: 'This password is too easy to guess.', zh: '该密码过于容易猜到。', clause: 'C180' },
  handle_invalid: {
    status: 422,
    en: 'A name must have a letter and cannot be a phone number.',
    zh: '名称须包含字母，且不能是手机号码。',
  },
  handle_taken: { status: 409, en: 'This name is taken.', zh: '该名称已被使用。' },
  avatar_invalid: {
    status: 422,
    en: 'The picture must be a PNG, JPEG or WebP of at most 64 KiB.',
    zh: '图片须为 PNG、JPEG 或 WebP 格式，且不超过 64 KiB。',
  },

  // What the policy says
  refused_by_policy: {
    status: 403,
    en: 'The privacy policy does not allow this.',
    zh: '隐私政策不允许此操作。',
  },
  consent_needed: {
    status: 403,
    en: 'This needs your consent first; see Privacy Settings.',
    zh: '此操作需要您先同意，请查看隐私设置。',
  },
  consent_withdrawn: {
    status: 403,
    en: 'You have switched this off in Privacy Settings.',
    zh: '您已在隐私设置中将其关闭。',
  },
  consent_renew: {
    status: 403,
    en: 'This has grown since you agreed to it; please look at it again in Privacy Settings.',
    zh: '自您同意后，此项内容已有扩展，请在隐私设置中重新确认。',
  },
  share_gone: { status: 410, en: 'There is nothing here any more.', zh: '此处已没有内容。', clause: 'C204' },
  share_password: { status: 401, en: 'This link has a password.', zh: '此链接设有密码。' },
  share_unwarned: {
    status: 409,
    en: 'Please look once more at what you are about to share.',
    zh: '请再次确认您将要分享的内容。',
    clause: 'C59',
  },
  held_by_law: {
    status: 409,
    en: 'A law makes the studio keep this for a while; Privacy Settings says which, and until when.',
    zh: '法律要求工作室在一段时间内保存此内容；隐私设置中列明依据及期限。',
    clause: 'C154',
  },
  request_ended: { status: 409, en: 'This request has ended already.', zh: '该请求已经结束。' },
  adults_only: { status: 403, en: 'This is for adults only.', zh: '此功能仅限成年人使用。' },
  objected: { status: 403, en: 'You have objected to this use.', zh: '您已反对此项使用。' },
  account_frozen: { status: 403, en: 'This account is frozen.', zh: '该账户已被冻结。' },
  guardian_needed: {
    status: 403,
    en: 'A parent or guardian must agree to this first.',
    zh: '此操作须先经监护人同意。',
  },

  // Items, words, work
  upload_too_large: {
    status: 413,
    en: 'The file is larger than this studio accepts.',
    zh: '文件超过本工作室允许的大小。',
  },
  call_agreement_missing: {
    status: 403,
    en: 'A call is taken only with what the other side agreed to: how, when, and what they were told.',
    zh: '只有附上对方同意的方式、时间和被告知的内容，才能接收通话录音。',
    clause: 'C53',
  },
  item_not_ready: { status: 409, en: 'This is still being prepared.', zh: '内容仍在准备中。' },
  words_missing: { status: 404, en: 'There are no words yet.', zh: '还没有文字。' },
  peaks_missing: { status: 404, en: 'The waveform is not drawn yet.', zh: '波形尚未生成。' },
  edit_conflict: {
    status: 409,
    en: 'This was changed elsewhere meanwhile. Please load it again.',
    zh: '内容已在别处更改，请重新加载。',
  },
  too_many_jobs: { status: 429, en: 'Enough work is waiting already.', zh: '等待中的任务过多。' },
  too_many_versions: {
    status: 409,
    en: 'There are 200 versions already. Erase one you do not need.',
    zh: '已有 200 个版本。请先删除不需要的。',
  },
  sample_missing: { status: 503, en: 'The sample recording is not installed.', zh: '示例录音未安装。' },
  interrupted: { status: 500, en: 'The work was interrupted too often.', zh: '任务多次中断。' },

  // Media (each error code of `@sotto/media`)
  media_unreadable: {
    status: 422,
    en: 'This file cannot be read as sound or video.',
    zh: '无法将此文件识别为音频或视频。',
  },
  media_no_audio: { status: 422, en: 'There is no sound in it.', zh: '其中没有声音。' },
  media_too_long: { status: 422, en: 'It is longer than this studio handles.', zh: '时长超过本工作室的处理上限。' },
  media_too_many_streams: { status: 422, en: 'It has too many tracks.', zh: '轨道过多。' },
  media_too_large_picture: { status: 422, en: 'Its picture is too large.', zh: '画面尺寸过大。' },
  media_unsupported_picture: {
    status: 422,
    en: 'Pictures of this format cannot be read here. Please save it as JPEG first.',
    zh: '此处无法读取这种图片格式，请先另存为 JPEG。',
  },
  face_gone: {
    status: 410,
    en: 'The points were given out once, or their time is over. Nothing of them is left here.',
    zh: '特征点只给出一次，或已过时限。此处已无任何留存。',
    clause: 'C267',
  },
  attestation_objected: {
    status: 409,
    en: 'A person shown in this material objected. It is not used here any more.',
    zh: '此材料中的人已提出反对，此处不再使用该材料。',
    clause: 'C60',
  },
  face_none: { status: 422, en: 'No face that can be used was found.', zh: '未找到可用的人脸。' },
  media_limit: { status: 422, en: 'The work met a limit of this studio.', zh: '处理达到本工作室的限制。' },
  engine_missing: { status: 503, en: 'The engine for this is not installed.', zh: '未安装所需的处理引擎。' },
  translation_missing: {
    status: 503,
    en: 'Nothing here translates these languages yet. The page says which model would, how large it is and how it comes here; all that was made so far stays.',
    zh: '此处暂不能翻译这两种语言。页面会说明需要哪个模型、多大、如何取得；已完成的内容都会保留。',
  },
  fetch_off: {
    status: 403,
    en: 'The host of this studio has switched fetching models off.',
    zh: '本工作室的托管方已关闭模型下载。',
  },
  voice_unknown: { status: 422, en: 'There is no such voice for this language.', zh: '该语言没有这种声音。' },
  text_empty: { status: 422, en: 'There is nothing to speak yet.', zh: '还没有可以朗读的内容。' },
  text_too_long: {
    status: 422,
    en: 'The text is longer than 200,000 characters. Please part it into several.',
    zh: '文本超过 20 万个字符，请分成几份。',
  },
  download_failed: {
    status: 502,
    en: 'The model could not be fetched. What has come stays: try again.',
    zh: '模型下载失败。已下载的部分会保留，请重试。',
  },
  engine_crashed: { status: 500, en: 'The engine failed on this file.', zh: '处理引擎在此文件上出错。' },
  cancelled: { status: 409, en: 'It was cancelled.', zh: '已取消。' },
  media_bad_request: { status: 422, en: 'This cannot be done with this file.', zh: '无法对此文件执行该操作。' },
  seal_broken: {
    status: 500,
    en: 'The stored file is damaged and was not opened.',
    zh: '存储的文件已损坏，未被打开。',
  },

  // The machine
  storage_full: {
    status: 507,
    en: 'The disk of this studio is full. Nothing was lost.',
    zh: '本工作室磁盘已满，没有内容丢失。',
  },
  database_unavailable: {
    status: 503,
    en: 'The studio cannot reach its database just now.',
    zh: '工作室暂时无法连接数据库。',
  },
  closing: { status: 503, en: 'The studio is shutting down.', zh: '工作室正在关闭。' },
  internal: { status: 500, en: 'Something failed in the studio.', zh: '工作室内部出错。' },
} as const satisfies Record<string, Entry>

/** A code of the catalogue. */
export type ProblemCode = keyof typeof problems

/** What may be added to an answer. `detail` is one of our own sentences, never a library's. */
export interface Extras {
  readonly detail?: string
  readonly clause?: string
  readonly purpose?: string
  /** Seconds. */
  readonly retryAfter?: number
}

/** Thrown to answer with a problem of the catalogue. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly extras: Extras
  constructor(code: ProblemCode, extras: Extras = {}) {
    super(code)
    this.code = code
    this.extras = extras
  }
}

/** Languages a problem is answered in. */
export type ProblemLocale = 'en' | 'zh-CN'

/** The body of a problem answer (`application/problem+json`). */
export function problemBody(problem: Problem, locale: ProblemLocale): Record<string, unknown> {
  const entry: Entry = problems[problem.code]
  const { detail, purpose, retryAfter } = problem.extras
  const clause = problem.extras.clause ?? entry.clause
  return {
    type: `urn:sotto:problem:${problem.code}`,
    title: locale === 'zh-CN' ? entry.zh : entry.en,
    status: entry.status,
    ...(detail === undefined ? {} : { detail }),
    code: problem.code,
    ...(clause === undefined ? {} : { clause }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(retryAfter === undefined ? {} : { retry_after: retryAfter }),
  }
}

/** The catalogue's code for each error of the media engine. Complete by type: a new media error does not compile without one. */
export const mediaProblems = {
  'unreadable-media': 'media_unreadable',
  'no-audio': 'media_no_audio',
  'too-long': 'media_too_long',
  'too-many-streams': 'media_too_many_streams',
  'too-large-picture': 'media_too_large_picture',
  'unsupported-picture': 'media_unsupported_picture',
  'no-face': 'face_none',
  limit: 'media_limit',
  'download-failed': 'download_failed',
  'engine-missing': 'engine_missing',
  'engine-crashed': 'engine_crashed',
  cancelled: 'cancelled',
  'bad-request': 'media_bad_request',
  'seal-broken': 'seal_broken',
  'sink-seek': 'engine_crashed',
  'write-failed': 'storage_full',
} as const satisfies Record<MediaErrorCode, ProblemCode>

/**
 * The catalogue's code for each refusal of the policy. Another's data and erased data are answered like what never
 * existed.
 */
export const policyProblems = {
  undeclared: 'refused_by_policy',
  erased: 'not_found',
  other_subject: 'not_found',
  other_actor: 'refused_by_policy',
  frozen: 'account_frozen',
  objected: 'objected',
  setting_off: 'consent_withdrawn',
  minor: 'adults_only',
  no_consent: 'consent_needed',
  refused: 'consent_needed',
  withdrawn: 'consent_withdrawn',
  scope_widened: 'consent_renew',
  no_guardian: 'guardian_needed',
} as const satisfies Record<RefusalCode, ProblemCode>

/** Codes by which Node, PostgreSQL and Fastify name what the catalogue names too. */
const foreignCodes: Readonly<Record<string, ProblemCode>> = {
  ...mediaProblems,
  ...policyProblems,
  ENOSPC: 'storage_full',
  EDQUOT: 'storage_full',
  '53100': 'storage_full',
  ECONNREFUSED: 'database_unavailable',
  ECONNRESET: 'database_unavailable',
  '57P01': 'database_unavailable',
  '57P03': 'database_unavailable',
  '53300': 'database_unavailable',
  '08006': 'database_unavailable',
  '08001': 'database_unavailable',
  conflict: 'edit_conflict',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_BAD_URL: 'bad_request',
  FST_ERR_VALIDATION: 'bad_request',
}

/** How `pg` says without any code that the database went away or does not answer. */
const LOST_CONNECTION = /^(Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after)/

/** What a library means that says only a status (a file outside of the pages' folder: 403). */
const foreignStatuses: Readonly<Record<number, ProblemCode>> = {
  400: 'bad_request',
  403: 'not_found',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  415: 'unsupported_type',
  416: 'range_not_satisfiable',
}

/**
 * The problem behind whatever was thrown: a `Problem` as it is; an error with a code of the policy (which brings its
 * `clause` and `purpose`), of the media engine, the disk, the database, Fastify or the catalogue by that code, or a
 * library's status; all else `internal`.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  const given = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const code = typeof given.code === 'string' ? given.code : ''
  const known = Object.hasOwn(foreignCodes, code) ? foreignCodes[code] : undefined
  // What is answered as not there says nothing more: not even which clause hides it.
  if (known === 'not_found') return new Problem('not_found')
  const extras = {
    ...(typeof given.clause === 'string' ? { clause: given.clause } : {}),
    ...(typeof given.purpose === 'string' ? { purpose: given.purpose } : {}),
  }
  if (known) return new Problem(known, extras)
  if (Object.hasOwn(problems, code)) return new Problem(code as ProblemCode, extras)
  if (LOST_CONNECTION.test(String(given.message))) return new Problem('database_unavailable')
  return new Problem(foreignStatuses[Number(given.statusCode)] ?? 'internal')
}
