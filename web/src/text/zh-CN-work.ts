/** 任务的简体中文文字：正在做什么、由什么制成、进行到哪一步。 */

/** 正在做什么。 */
export const operation = {
  prepare: '读取文件',
  transcribe: '转写',
  denoise: '降噪',
  cut: '剪辑',
  clip: '截取',
  extract: '提取声音',
  convert: '转换格式',
  mix: '正在混音',
  arrange: '正在合成',
  subtitle: '正在添加字幕',
  speak: '朗读',
  translate: '翻译',
  save_speech: '朗读并保存',
  dub: '配音',
}

/** 结果由什么制成。 */
export const made = {
  prepare: '读取自',
  transcribe: '转写自',
  denoise: '降噪自',
  cut: '剪辑自',
  clip: '截取自',
  extract: '提取自',
  convert: '转换自',
  mix: '混音自',
  arrange: '合成自',
  subtitle: '加字幕自',
  speak: '朗读自',
  translate: '译自',
  save_speech: '合成语音，朗读自文本',
  dub: '合成语音配音自',
}

/** 任务进行到哪一步。 */
export const stage = {
  start: '开始',
  read: '读取中',
  model: '载入模型',
  peaks: '绘制波形',
  measure: '正在测量响度',
  write: '正在写入',
  speak: '正在朗读',
  translate: '正在翻译',
}
