/** Texts of calls, in Simplified Chinese. */
import type { call as en } from './en-call.ts'

/** The same as in English. */
export const call: typeof en = {
  button: '通话',
  title: '通话',
  lead: '先征得对方同意。在您声明对方已同意之前，不会录制任何声音。',
  why: '红色标记显示期间，双方的声音都会被录下，并连同同意记录一起保存为通话。',
  where: '通话在哪里进行？',
  places: { computer: '在这台电脑上', room: '在我身边的电话上', file: '我已有录音' },
  placeHints: {
    computer: '选择播放对方声音的标签页或屏幕，并共享其声音；双方各占一轨',
    room: '请打开免提：麦克风同时听到双方，合为一轨',
    file: '带入一个或多个文件',
  },
  cannotCapture: '此浏览器无法录制电脑播放的声音；电脑上的 Chrome 和 Edge 可以',
  other: '您对对方的称呼（可不填）',
  pick: '从我的联系人中选',
  way: '对方如何表示同意？',
  ways: {
    read: '我把下面这段话读给对方听，对方表示同意',
    announced: '我把下面这段话播放给对方听，对方表示同意',
    asked: '我用自己的话询问',
    written: '对方已书面同意',
  },
  told: '对方被告知了什么？',
  announcement: '告知内容',
  synthetic: '由合成语音朗读。请在对方能听到的地方播放。',
  when: '对方何时同意？',
  attest: '已告知对方将被录音及其用途，对方表示同意。',
  receipt: '这会作为凭证与录音一起保存，并写在转写文字中。',
  start: '开始通话录音',
  chooseFile: '选择录音',
  me: '我',
  otherSide: '对方',
  noSound: '没有共享声音。请选择一个标签页或整个屏幕，并勾选共享声音。',
  name: (when) => `通话 ${when}`,
  nameWith: (other, when) => `与${other}的通话，${when}`,
  agreement: '对方所同意的内容',
  save: '保存凭证',
  rename: '更正称呼',
}
