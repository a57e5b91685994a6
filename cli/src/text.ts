import type { MediaErrorCode } from '@sotto/media'
import type { Language } from './language.ts'

const en = {
  usage: 'usage',
  commands: 'commands',
  unknownCommand: 'there is no command',
  help: 'sotto COMMAND --help says more about one.',
  noInput: 'name the file to read',
  noOutput: 'name the file to write with -o',
  sameFile: 'input and output are the same file; originals are never overwritten',
  cannotRead: 'cannot read',
  cannotWrite: 'cannot write',
  unknownFormat: 'the end of the output name says no format that can be written',
  notSeconds: 'is not a time in seconds',
  nothingToSpeak: 'there is no text to speak',
  noLanguage: 'name the language with --language',
  noTarget: 'name the language to translate into with --to',
  noSource: 'name the language of the text with --from',
  noTranscript: 'this is no transcript:',
  draft: 'note: a draft made by machine; check it against the original',
  flagged: 'note: {count} sentences with numbers, dates or odd lengths: check them',
  notFitting: 'note: {count} sentences are longer than their place and run into the next: shorten them',
  onlyChannels: '--speakers channels: voices are not told apart by themselves; see sotto speakers for naming by hand',
  noSpeaker: 'there is no speaker or segment',
  noSentences: 'this is no translation:',
  noVoice: 'there is no voice for',
  cancelled: 'cancelled',
  failed: 'failed',
  before: 'before',
  after: 'after',
  noBed: 'name a background with --bed: a file, or one of',
  badTimeline: 'this is no timeline:',
  nothingToCut: 'say what to cut: --words, --fillers, --hesitations or --silences',
  badWords: 'is not words as `sotto transcribe --json` writes them',
  nothingFound: 'nothing to cut was found; the output is the whole input',
  fillersUnknown: 'fillers are not known in this language',
  noTemplate: 'there is no template and no file of that name',
  madeByMachine: 'labelled as made by a machine',
  mark: 'mark',
  noLabels: 'no labels found; that proves nothing, labels can be removed',
  unchanged: 'unchanged since it was signed',
  changed: 'changed since it was signed, or damaged',
  hidden:
    'note: the file still holds {seconds} s of picture or sound from before the cut, unseen; --reencode removes it for good',
}
type Text = typeof en

const zh: Text = {
  usage: '用法',
  commands: '命令',
  unknownCommand: '没有这个命令',
  help: '运行 sotto 命令 --help 查看详情。',
  noInput: '请指定要读取的文件',
  noOutput: '请用 -o 指定要写入的文件',
  sameFile: '输入和输出是同一个文件；原始文件永远不会被覆盖',
  cannotRead: '无法读取',
  cannotWrite: '无法写入',
  unknownFormat: '输出文件名的后缀不是可写的格式',
  notSeconds: '不是以秒计的时间',
  nothingToSpeak: '没有可朗读的文字',
  noLanguage: '请用 --language 指定语言',
  noTarget: '请用 --to 指定目标语言',
  noSource: '请用 --from 指定原文语言',
  noTranscript: '这不是转写文件：',
  draft: '注意：这是机器翻译草稿，请对照原文检查',
  flagged: '注意：{count} 句含数字、日期或长度异常，请核对',
  notFitting: '注意：{count} 句比原位置长，与下一句重叠，请缩短',
  onlyChannels: '--speakers channels：不支持自动区分说话人，可用 sotto speakers 手动标注',
  noSpeaker: '没有这个说话人或段落：',
  noSentences: '这不是译文文件：',
  noVoice: '没有可用的语音：',
  cancelled: '已取消',
  failed: '失败',
  before: '之前',
  after: '之后',
  noBed: '请用 --bed 指定背景声：一个文件，或以下之一',
  badTimeline: '这不是时间线文件：',
  nothingToCut: '请说明要剪掉什么：--words、--fillers、--hesitations 或 --silences',
  badWords: '不是 `sotto transcribe --json` 写出的文字',
  nothingFound: '没有找到可剪掉的内容；输出与输入一样长',
  fillersUnknown: '不认识这种语言的语气词',
  noTemplate: '没有这个名称的模板或文件',
  madeByMachine: '带有机器生成标识',
  mark: '标记',
  noLabels: '未发现标识；这不能说明任何问题，标识可能被去除',
  unchanged: '签名后未被更改',
  changed: '签名后被更改或已损坏',
  hidden: '注意：文件里仍保留剪切点之前 {seconds} 秒不可见的画面或声音；加 --reencode 可彻底去除',
}

const zhErrors: Readonly<Record<MediaErrorCode, string>> = {
  'unreadable-media': '这不是可读的媒体文件',
  'no-audio': '文件中没有声音',
  'too-long': '声音超过允许的长度',
  'too-many-streams': '文件中的流太多',
  'too-large-picture': '画面超过允许的大小',
  'unsupported-picture': '这种图片格式无法读取',
  'no-face': '图片中没有可用的人脸',
  limit: '超出了允许的资源限制',
  'engine-missing': '缺少处理引擎或模型',
  'engine-crashed': '处理引擎意外退出',
  cancelled: '已取消',
  'download-failed': '下载失败',
  'bad-request': '无法按要求处理这个文件',
  'seal-broken': '密封文件已损坏或密钥不符',
  'sink-seek': '无法写入密封文件',
  'write-failed': '无法写入输出',
}

/** The command line's own words in a language. */
export function text(language: Language): Text {
  return language === 'zh-CN' ? zh : en
}

/** One line about an error of the media engine. The detail stays as it is: it names limits, models and versions. */
export function mediaErrorLine(code: MediaErrorCode, message: string, language: Language): string {
  return language === 'zh-CN' ? `${zhErrors[code]}（${message}）` : message
}
