/** The few sizes and colours a text can have, and how they stand in HTML. Colours are read on white; in the dark window they are shown lighter. */

export const sizes = { small: '12px', normal: null, large: '20px', huge: '28px' } as const
export type Size = keyof typeof sizes

export const colours = {
  none: null,
  red: { written: '#c50f1f', inDark: '#f1707b' },
  orange: { written: '#b5500c', inDark: '#f0a15f' },
  green: { written: '#0e700e', inDark: '#5ec75a' },
  blue: { written: '#115ea3', inDark: '#62abf5' },
  grey: { written: '#616161', inDark: '#adadad' },
} as const
export type Colour = keyof typeof colours

export interface TextStyle {
  /** CSS pixels; null = as the text around it. */
  readonly size: number | null
  /** `#rrggbb`; null = as the text around it. */
  readonly colour: string | null
}

export const noStyle: TextStyle = { size: null, colour: null }

/** What a style attribute says of it. Black and white are left out: they are the page's own, and unreadable on another one. */
export function readStyle(css: string): TextStyle {
  const [, colour = ''] = /(?:^|;)\s*color\s*:\s*([^;]+)/i.exec(css) ?? []
  const [, amount = '', unit = ''] = /(?:^|;)\s*font-size\s*:\s*([\d.]+)\s*(px|pt)/i.exec(css) ?? []
  const pixels = Math.round(Number(amount) * (unit === 'pt' ? 4 / 3 : 1))
  return { size: amount === '' ? null : nearestSize(pixels), colour: hexOf(colour.trim().replace(/^var\([^,()]*,\s*(#[\da-f]{6})\)$/i, '$1')) }
}

export function writeStyle({ size, colour }: TextStyle): string {
  return [...(colour === null ? [] : [`color: ${colour}`]), ...(size === null ? [] : [`font-size: ${size}px`])].join('; ')
}

/** The same as the editor shows it: each theme may have its own ink for a colour, see `inks`. */
export function shownStyle({ size, colour }: TextStyle): string {
  return writeStyle({ size, colour: colour === null ? null : `var(${inkOf(colour)}, ${colour})` })
}

const inkOf = (colour: string) => `--ink-${colour.slice(1)}`

/** For the page that the text is shown on. */
export const inks: Readonly<Record<string, string>> = Object.fromEntries(Object.values(colours).flatMap((colour) => (colour === null ? [] : [[inkOf(colour.written), `light-dark(${colour.written}, ${colour.inDark})`]])))

/** 11 points, 15 pixels, is what a mail is written in. */
function nearestSize(pixels: number): number | null {
  if (pixels < 13) return 12
  if (pixels < 18) return null
  return pixels < 24 ? 20 : 28
}

function hexOf(colour: string): string | null {
  const rgb = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(colour)
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour)
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour)
  const parts = rgb !== null ? rgb.slice(1).map(Number) : (long ?? short)?.slice(1).map((part) => Number.parseInt(part.length === 1 ? part + part : part, 16))
  if (parts === undefined) return Object.hasOwn(named, colour.toLowerCase()) ? named[colour.toLowerCase()] ?? null : null
  const bytes = parts.map((part) => Math.min(part, 255))
  const light = bytes.reduce((sum, byte) => sum + byte, 0) / 3
  return light < 60 && Math.max(...bytes) < 80 || light > 225 ? null : `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

const named: Readonly<Record<string, string>> = { red: '#c50f1f', blue: '#115ea3', green: '#0e700e', orange: '#b5500c', gray: '#616161', grey: '#616161', navy: '#1f3864', maroon: '#800000', purple: '#800080', teal: '#008080' }
