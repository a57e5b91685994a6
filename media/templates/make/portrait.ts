/** What a drawn portrait looks like. Every face here is invented: the mean face of the mesh, bent. */
export interface Portrait {
  readonly id: string
  readonly title: { readonly en: string; readonly zh: string }
  readonly skin: string
  readonly lips: string
  readonly iris: string
  readonly brow: string
  readonly hair: { readonly style: HairStyle; readonly colour: string }
  readonly clothes: {
    readonly style: 'round' | 'collar' | 'hood' | 'robe' | 'suit'
    readonly colour: string
    readonly second: string
  }
  readonly ground: {
    readonly style: 'wall' | 'sky' | 'night' | 'garden' | 'window' | 'sunset'
    readonly colour: string
    readonly second: string
  }
  readonly glasses?: string
  readonly hat?: { readonly style: 'crown' | 'beret' | 'straw' | 'space'; readonly colour: string }
  /** 0 young .. 1 old. */
  readonly age: number
  /** Degrees. */
  readonly pose: { readonly yaw: number; readonly pitch: number; readonly roll: number }
  /** Widths and lengths against the mean face, about 1. */
  readonly shape: {
    readonly jaw: number
    readonly length: number
    readonly nose: number
    readonly eyes: number
    readonly lips: number
  }
  /** 0 closed .. 1 wide open; -1..1 corners down or up. */
  readonly mouth: { readonly open: number; readonly smile: number }
  readonly light: {
    readonly from: readonly [number, number, number]
    readonly colour: readonly [number, number, number]
  }
}

/** How hair is drawn. */
export type HairStyle = 'short' | 'bob' | 'long' | 'bun' | 'curls' | 'bald' | 'grey-crop' | 'braids' | 'side'

/** A colour as red, green, blue, 0..255. */
export function rgb(hex: string): [number, number, number] {
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as [number, number, number]
}

/** Towards black (negative) or white. */
export function shade(hex: string, amount: number): string {
  const to = amount < 0 ? 0 : 255
  const part = Math.abs(amount)
  return `#${rgb(hex)
    .map((value) =>
      Math.round(value + (to - value) * part)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}
