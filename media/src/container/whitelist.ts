/**
 * What libav may open. A file decides nothing by its name: playlists (hls, dash), concat scripts, image sequences and
 * every network or file protocol stay closed, or a user's file could read the host's files (SSRF by playlist).
 */
export const containers = [
  'aac',
  'aiff',
  'amr',
  'asf',
  'au',
  'avi',
  'caf',
  'flac',
  'matroska',
  'mov',
  'mp3',
  'mpegts',
  'ogg',
  'w64',
  'wav',
  'webm',
].join(',')

/** No protocol at all: bytes come through our own I/O callbacks. libav reads an empty list as "any", a space as none. */
export const protocols = 'none'

const sound = [
  'aac',
  'ac3',
  'adpcm_ima_qt',
  'adpcm_ima_wav',
  'adpcm_ms',
  'alac',
  'amrnb',
  'amrwb',
  'eac3',
  'flac',
  'gsm',
  'gsm_ms',
  'libopus',
  'mp2',
  'mp2float',
  'mp3',
  'mp3float',
  'opus',
  'pcm_alaw',
  'pcm_f32be',
  'pcm_f32le',
  'pcm_f64be',
  'pcm_f64le',
  'pcm_mulaw',
  'pcm_s16be',
  'pcm_s16le',
  'pcm_s24be',
  'pcm_s24le',
  'pcm_s32be',
  'pcm_s32le',
  'pcm_s8',
  'pcm_u8',
  'vorbis',
  'wmapro',
  'wmav1',
  'wmav2',
  'wmavoice',
]

/** Pictures are looked at only to learn their size and rate, and to cut again at a frame. */
const picture = ['av1', 'h263', 'h264', 'hevc', 'libdav1d', 'mjpeg', 'mpeg2video', 'mpeg4', 'png', 'vp8', 'vp9']

/** Decoders that may be opened. */
export const codecs = [...sound, ...picture].join(',')

/** May this decoder turn packets into sound? */
export function isSoundDecoder(name: string | null): boolean {
  return name !== null && sound.includes(name)
}
