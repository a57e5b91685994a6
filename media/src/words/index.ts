/**
 * Words of a recording: what was heard, corrected, cut by, and written out. Pure data and functions; runs in the
 * browser, the server and the terminal.
 *
 * @module
 */
export { correct, correctTranscript, shareSpan } from './correct.ts'
export { type Cue, cuesOf, transcriptOfCues } from './cue.ts'
export {
  cutOf,
  deleteWords,
  isDeleted,
  keepsOf,
  MAX_PAD,
  mergeRanges,
  restoreWords,
  subtractRanges,
} from './cut.ts'
export { cutTranscript } from './cut-transcript.ts'
export { type EditFile, EditFileError, readEditFile, writeEditFile } from './edit-file.ts'
export { FILLER_LANGUAGES, fillersOf } from './filler.ts'
export { findWords, replaceFound, withMarks } from './find.ts'
export { type History, historyOf, redo, step, undo } from './history.ts'
export { joinWords, segmentOf, splitWords } from './join.ts'
export { heardOf, isInOrder, moveRange, type Order, wholeOrder } from './order.ts'
export { clockOf, type TextParagraph, textParagraphs } from './paragraph.ts'
export { sentencesOf } from './sentence.ts'
export { hesitationsOf, type SilenceOptions, silenceDefaults, silencesOf } from './silence.ts'
export {
  assignSpeaker,
  changeSpeaker,
  joinSpeakers,
  mergeSpeakers,
  newSpeaker,
  SPEAKER_COLOURS,
  type Speaker,
  type Turn,
  turnsOf,
} from './speaker.ts'
export { speechInLevels } from './speech-levels.ts'
export { parseSrt, writeSrt } from './srt.ts'
export { heardTranscript, keptSeconds, toCutTime, toOriginalTime } from './timeline.ts'
export { type Segment, type TimeRange, type Transcript, type Word, type WordRange, wordsOf } from './transcript.ts'
export { parseVtt, writeVtt } from './vtt.ts'
export { WORD_FORMATS, type WordFormat, writeJson, writeText, writeWords } from './write.ts'
