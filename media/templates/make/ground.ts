import { type Portrait, shade } from './portrait.ts'

/** What is behind the person. */
export function groundOf(
  { style, colour, second }: Portrait['ground'],
  w: number,
  h: number,
  random: () => number,
): string {
  const base = `<defs><linearGradient id="g" x1="0" y1="0" x2="0.2" y2="1"><stop offset="0" stop-color="${colour}"/><stop offset="1" stop-color="${second}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`
  const blobs = (count: number, r: number, colours: readonly string[], opacity: number, from = 0, to = 1) =>
    Array.from(
      { length: count },
      () =>
        `<circle cx="${random() * w}" cy="${(from + random() * (to - from)) * h}" r="${r * (0.4 + random())}" fill="${colours[Math.floor(random() * colours.length)]}" opacity="${opacity * (0.4 + random() * 0.6)}"/>`,
    ).join('')
  switch (style) {
    case 'wall':
      return `${base}<g filter="url(#s40)">${blobs(14, 130, [shade(colour, 0.25), shade(second, -0.3)], 0.4)}</g>`
    case 'sky':
      return `${base}<g filter="url(#s12)">${blobs(40, 60, ['#ffffff', '#fdf3e4'], 0.35, 0.1, 0.7)}</g>`
    case 'night':
      return `${base}${blobs(150, 2.4, ['#ffffff', '#ffe9b8', '#bcd4ff'], 0.9)}<circle cx="${w * 0.83}" cy="${h * 0.14}" r="${w * 0.07}" fill="#f6edcf"/><circle cx="${w * 0.8}" cy="${h * 0.13}" r="${w * 0.06}" fill="${colour}" opacity="0.25"/>`
    case 'garden':
      return `${base}<g filter="url(#s12)">${blobs(120, 46, ['#3f6b35', '#6f9a48', '#2c4c2c', '#93b562'], 0.6)}</g><g filter="url(#s4)">${blobs(60, 13, ['#e7a7b8', '#f4e3a0', '#ffffff', '#d96f7f'], 0.75)}</g>`
    case 'window':
      return `${base}<rect x="${w * 0.62}" y="${-h * 0.02}" width="${w * 0.34}" height="${h * 0.5}" fill="#fbf0d6" opacity="0.75" filter="url(#s12)"/><rect x="${w * 0.78}" y="0" width="${w * 0.02}" height="${h * 0.5}" fill="${shade(second, -0.4)}"/><rect x="${w * 0.62}" y="${h * 0.22}" width="${w * 0.34}" height="${h * 0.018}" fill="${shade(second, -0.4)}"/>`
    case 'sunset':
      return `${base}<circle cx="${w * 0.2}" cy="${h * 0.36}" r="${w * 0.13}" fill="#fff2c4" opacity="0.95" filter="url(#s12)"/><g filter="url(#s12)">${blobs(20, 60, ['#f7b267', '#d1495b', '#7d4f8c'], 0.35, 0.2, 0.6)}</g><rect y="${h * 0.62}" width="${w}" height="${h * 0.4}" fill="${shade(second, -0.45)}" opacity="0.75"/>`
  }
}
