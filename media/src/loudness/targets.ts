/** Loudness targets people ask for by name, LUFS (integrated): AES TD1008 for spoken podcasts, EBU R 128 for broadcast, and what music services play at. */
export const loudnessTargets = { podcast: -16, broadcast: -23, music: -14 } as const
/** Name of a target. */
export type LoudnessTarget = keyof typeof loudnessTargets

/** No true peak of a result is higher, dBTP (EBU R 128). */
export const TRUE_PEAK_CEILING = -1
