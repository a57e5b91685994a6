/** The words in which changes of a policy are told, in each language. */
import type { Locale } from './texts.ts'

/** Parts of a policy that can change: the sections of the document, and the host. */
export const CHANGING = [
  'categories',
  'kinds',
  'purposes',
  'recipients',
  'permissions',
  'cookies',
  'log',
  'settings',
  'functions',
  'rights',
  'deadlines',
  'exemptions',
  'roles',
  'tables',
  'residency',
  'operator',
] as const

/** The words for changes. */
export interface ChangeTexts {
  readonly sections: Readonly<Record<(typeof CHANGING)[number], string>>
  readonly properties: Readonly<Record<string, string>>
  readonly added: (what: string) => string
  readonly removed: (what: string) => string
  readonly changed: (what: string, before: string, after: string) => string
  readonly of: (section: string, name: string) => string
  readonly property: (of: string, property: string) => string
  readonly list: (of: string, added: string, removed: string) => string
  readonly nothing: string
  readonly yes: string
  readonly no: string
}

const en: ChangeTexts = {
  sections: {
    categories: 'Category of data',
    kinds: 'What is kept',
    purposes: 'Purpose',
    recipients: 'Recipient',
    permissions: 'Permission',
    cookies: 'Kept in the browser',
    log: 'Field of the log',
    settings: 'Setting',
    functions: 'Function',
    rights: 'Right',
    deadlines: 'Clock',
    exemptions: 'Ground without consent',
    roles: 'Role',
    tables: 'Table',
    residency: 'Where it is stored',
    operator: 'Host',
  },
  properties: {
    uses: 'data used',
    use: 'what it is used for',
    basis: 'basis',
    keep: 'how long it stays',
    by: 'who may use it',
    gets: 'what it receives',
    country: 'country',
    within: 'time',
    fields: 'fields',
    setting: 'switch',
    default: 'at first',
    purposes: 'purposes',
    permissions: 'permissions',
    needed: 'asked for',
    citation: 'law',
    legal_name: 'name',
    officer: 'responsible for data protection',
    contact: 'contact',
    address: 'address',
    authority: 'supervisory authority',
    recipients: 'recipients set up',
  },
  added: (what) => `New: ${what}`,
  removed: (what) => `No longer: ${what}`,
  changed: (what, before, after) => `${what}: ${before} became ${after}`,
  of: (section, name) => `${section} “${name}”`,
  property: (of, property) => `${of}, ${property}`,
  list: (of, added, removed) =>
    `${of}: ${[added === '' ? '' : `now also ${added}`, removed === '' ? '' : `no longer ${removed}`].filter(Boolean).join('; ')}`,
  nothing: 'nothing',
  yes: 'yes',
  no: 'no',
}

const zh: ChangeTexts = {
  sections: {
    categories: '数据类别',
    kinds: '保存的内容',
    purposes: '目的',
    recipients: '接收方',
    permissions: '权限',
    cookies: '保存在浏览器里的内容',
    log: '日志字段',
    settings: '设置',
    functions: '功能',
    rights: '权利',
    deadlines: '时限',
    exemptions: '无需同意的情形',
    roles: '角色',
    tables: '数据表',
    residency: '存放地点',
    operator: '托管方',
  },
  properties: {
    uses: '使用的数据',
    use: '用途',
    basis: '依据',
    keep: '保存多久',
    by: '谁可以使用',
    gets: '收到的内容',
    country: '国家',
    within: '时间',
    fields: '字段',
    setting: '开关',
    default: '初始状态',
    purposes: '目的',
    permissions: '权限',
    needed: '是否索取',
    citation: '法律',
    legal_name: '名称',
    officer: '数据保护负责人',
    contact: '联系方式',
    address: '地址',
    authority: '监管机构',
    recipients: '已设置的接收方',
  },
  added: (what) => `新增：${what}`,
  removed: (what) => `不再有：${what}`,
  changed: (what, before, after) => `${what}：由${before}改为${after}`,
  of: (section, name) => `${section}“${name}”`,
  property: (of, property) => `${of}的${property}`,
  list: (of, added, removed) =>
    `${of}：${[added === '' ? '' : `新增${added}`, removed === '' ? '' : `不再包括${removed}`].filter(Boolean).join('；')}`,
  nothing: '无',
  yes: '是',
  no: '否',
}

const catalogue: Readonly<Record<Locale, ChangeTexts>> = { en, 'zh-CN': zh }

/** The words for changes in one language. */
export function changeTextsOf(locale: Locale): ChangeTexts {
  return catalogue[locale]
}
