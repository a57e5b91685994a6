/** @module What the policy says about speaking texts, translating and dubbing, in English. */

/** Merged into the sections of `en.ts`. */
export const enSpeech = {
  kinds: {
    speech: {
      name: 'Texts to be spoken',
      what: 'A text that you have spoken, or the translation of a recording, sentence by sentence, with the voice and pace you chose.',
    },
    spoken: { name: 'What was spoken', what: 'Which sentences were spoken so far, and where each is to be heard.' },
  },
  purposes: {
    speak: {
      name: 'Speaking text',
      why: 'To speak a text that you type or import, or the translation of a recording, with a synthetic voice. The voices are made by machine and are nobody you know; no voice of yours is copied.',
      without:
        'Without it no text is spoken and no recording is dubbed. Texts and results you already have stay yours, and all else still works.',
    },
    translate: {
      name: 'Translating',
      why: 'To put the words of a recording that you choose into another language, here on this machine. The words as they were said stay beside them.',
      without: 'Without it there are no new translations. Those you already have stay yours, and all else still works.',
    },
  },
  functions: {
    speak_text: 'Have a text spoken',
    translate_words: 'Translate what is said',
    dub: 'Dub a recording in another language',
  },
  settings: {
    speaking: {
      name: 'Speaking text',
      what: 'Off: no text is spoken and nothing is dubbed, and what is under way stops.',
    },
    translating: { name: 'Translating', what: 'Off: no new translation, and one that is under way stops.' },
  },
} as const
