import type { Model } from './model.ts'

/*
 * Mozilla's Firefox Translations (MPL-2.0). Sizes and digests are those of the Git LFS pointers in
 * mozilla/firefox-translations-models (commit e7957fc). The list of words that go together (`lex`) of English to Chinese is left
 * out: its digest differs between sources, and the engine works without it.
 */

/** Where Mozilla's repository serves its large files; a host may name a mirror of the same folders. */
export const TRANSLATION_SOURCE =
  'https://media.githubusercontent.com/media/mozilla/firefox-translations-models/main/models'

/** A model that translates one language into another. */
export interface TranslationModel extends Model {
  readonly from: string
  readonly to: string
  /** The host's own: nobody has said how good it is. */
  readonly unrated?: true
  /** Settings of Marian beside those that Mozilla's models need. */
  readonly marian?: Readonly<Record<string, string>>
}

function pair(
  from: string,
  to: string,
  folder: string,
  files: readonly (readonly [string, number, string])[],
): TranslationModel {
  return {
    id: `translate-${from}-${to}`,
    from,
    to,
    licence: 'MPL-2.0',
    languages: [from, to],
    files: files.map(([path, bytes, sha256]) => ({
      path,
      bytes,
      sha256,
      from: { url: `${TRANSLATION_SOURCE}/${folder}/${path}` },
    })),
  }
}

/** Every direction there is a model for; others go through English. */
export const TRANSLATION_MODELS: readonly TranslationModel[] = [
  pair('zh', 'en', 'base/zhen', [
    ['lex.50.50.zhen.s2t.bin.gz', 4824122, 'b1bef5f75f5068877afdb2db0eeb670129165976bfa2af4889928f59c264b7b9'],
    ['model.zhen.intgemm.alphas.bin.gz', 44369188, '820f50dc36b1e25c97208fff0470bae7fda62bd6f371c4c4bf94947a9de58497'],
    ['vocab.zhen.spm.gz', 738862, 'fd0cc08ddcbe480e3be06e6a86cb8aaf75f946263a5d9fc7d2773a197990cfb2'],
  ]),
  pair('en', 'zh', 'base-memory/enzh', [
    ['model.enzh.intgemm.alphas.bin.gz', 33375922, '7f255403b3bb2502f08ac4d5ca397a8a5a13f899d2f2e987a4934e089d241d16'],
    ['srcvocab.enzh.spm.gz', 407784, '7846e3c236388390f4e5d321f8413d67f34c1bab5f066165eeb673bfd07607cc'],
    ['trgvocab.enzh.spm.gz', 425748, '4d641ce165b1f8478ee2ffb5149d2d46fab3779dc8fa1e9b97f9af1d2206c091'],
  ]),
  pair('en', 'es', 'base-memory/enes', [
    ['lex.50.50.enes.s2t.bin.gz', 2265250, '37a067966f28ff0ba430fddb7412bc5b07afa2cd2fd5a46d9ad74045a1a06380'],
    ['model.enes.intgemm.alphas.bin.gz', 22698792, 'fe4025fde24a4d5f80533cfb7acd53d0eb7f194dfc2d8f427f0d4563cfb6ac06'],
    ['vocab.enes.spm.gz', 409312, 'ae2760c04bc6eb5362b16e5c2f145c376bb04bac421c33ba3c0766805e6f03b3'],
  ]),
  pair('es', 'en', 'base-memory/esen', [
    ['lex.50.50.esen.s2t.bin.gz', 2543246, '3d7856bfa3b12804bdc80f12fd828fd9062c462113ab73fbf87c5c3b68420813'],
    ['model.esen.intgemm.alphas.bin.gz', 23288494, '54247f1e057180bca1d404dfd5c12836f65bc96cef7af98e59e55acb8bd093b1'],
    ['vocab.esen.spm.gz', 409312, '1658b529b8858cf2e1e8cef2c4e2d69654d77b5f714ac52205864b336dfeb3ee'],
  ]),
  pair('en', 'fr', 'base-memory/enfr', [
    ['lex.50.50.enfr.s2t.bin.gz', 2297334, '055987f0b585b61c4914fb4469e2392fda0b25d3f7784275974f920e7b631997'],
    ['model.enfr.intgemm.alphas.bin.gz', 23045432, '22cdaf3dc9a1da6e5818b5576737182467f3cd97e6fd6f94e4273eb7b56d1e3f'],
    ['vocab.enfr.spm.gz', 409706, '5dcadaad8191fb4eb7677bce07098a20221dec95976a4db796f3a17cc82b4541'],
  ]),
  pair('fr', 'en', 'base-memory/fren', [
    ['lex.50.50.fren.s2t.bin.gz', 2649934, '395aa7767220e1bcfc085f2b2787ff98005d0075e55451f1e0832885e3d9642a'],
    ['model.fren.intgemm.alphas.bin.gz', 23175075, '06b1eeedd3944260d00a393d12ec7192490c5b7c930b97212faf4d5f5c90a2ee'],
    ['vocab.fren.spm.gz', 409706, '8d15b219ffd32327b4cabf0d94a05a4fecb8923a4f386badbcbe5e86ede453a7'],
  ]),
  pair('en', 'de', 'base-memory/ende', [
    ['lex.50.50.ende.s2t.bin.gz', 2314750, '0370d79cda6fed5dfa8f9b2a0009459bd2766893825bb5b8b5114169d18da6c4'],
    ['model.ende.intgemm.alphas.bin.gz', 22992073, 'e3a74458faba3ab2752ed8355c5e3979f13395279c8fc1bd3f54a3c2316e4975'],
    ['vocab.ende.spm.gz', 413879, '3b2ddbfac73f994f151a8994447d6b3d41ab0d3435da56f79c233f34d03e45c2'],
  ]),
  pair('de', 'en', 'base-memory/deen', [
    ['lex.50.50.deen.s2t.bin.gz', 2626658, '231e9caf62e0e867775d5f4c1f4cfae21e37c70d9bf2bd628fa468aeeb2ba869'],
    ['model.deen.intgemm.alphas.bin.gz', 22403755, '38b245bcfc23f6d61fd98a187436ea1320a38f41896df411b103df3e83f51681'],
    ['vocab.deen.spm.gz', 413879, '88dcd7fdbf20dc60837ce837244d0d55b20f7079f2cbd2ba8e63530632028310'],
  ]),
  pair('en', 'ja', 'base-memory/enja', [
    ['lex.50.50.enja.s2t.bin.gz', 2341409, '7966382f7a9ba15993c67721526921d8901caa0f8add56eff04e4bb327d57c11'],
    ['model.enja.intgemm.alphas.bin.gz', 33052218, '99fc8fc120189930beadacb2eef4b049d0794ac6132d1266340e457c95730368'],
    ['srcvocab.enja.spm.gz', 404352, '12d8ffc83fc0bb61494d95701f6a298bbad5c999a043d4a48a1c1bd61e092167'],
    ['trgvocab.enja.spm.gz', 431278, 'be7fec234b5fc94616276ee6cca69f3a8cbfa6762fdf278dfc6b11eaf669cc48'],
  ]),
  pair('ja', 'en', 'base-memory/jaen', [
    ['lex.50.50.jaen.s2t.bin.gz', 4819610, '438152f5ccd982edb43e88ef51305e3ae7c7b66ee5c20a8fa425e9f1822f9b9b'],
    ['model.jaen.intgemm.alphas.bin.gz', 32577435, 'ae56ffbb5556d8e4240b2f208a7c7a2449a4b627ac9d673981ed29eaadaab79d'],
    ['vocab.jaen.spm.gz', 746616, '12d693f5055525d5cc1e133c8c1b8ed787c77b9bb797400d9a14382ac69c1236'],
  ]),
]
