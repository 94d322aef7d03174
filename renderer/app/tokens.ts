import { TRACK_HUES } from '../../main/contract/index.ts'

/** Of the tracks k1 to k8: what lies on a light ground. */
const LIGHT_TRACKS = ['#0a719c', '#a85a0a', '#6a4bd0', '#3b7d22', '#b8335f', '#7d6a00', '#0a7a69', '#7a5840']
/** Tracks k1 to k8: dark, and over footage in both themes / in light lanes. */
const TRACKS = TRACK_HUES.map((dark, at): readonly [dark: string, light: string] => [dark, LIGHT_TRACKS[at] ?? dark])

/** The design's colours, by name; dark and light of each. Everything drawn takes its colour from here. */
export const COLOURS: Readonly<Record<string, readonly [dark: string, light: string]>> = {
  c0: ['#0b0b0c', '#e9e9ec'],
  well: ['#08080a', '#d8d8db'],
  c1: ['#131315', '#f7f7f8'],
  c2: ['#19191c', '#ffffff'],
  c3: ['#212125', '#efeff1'],
  c4: ['#2b2b30', '#e3e3e7'],
  line: ['#26262a', '#e2e2e6'],
  'line-strong': ['#36363c', '#cfcfd5'],
  t1: ['#f0f0f2', '#17171a'],
  t2: ['#b4b5bc', '#4c4d55'],
  t3: ['#93959e', '#5f616b'],
  accent: ['#5aa2ff', '#1463c4'],
  'on-accent': ['#06172b', '#ffffff'],
  'accent-soft': ['rgba(90, 162, 255, 0.14)', 'rgba(20, 99, 196, 0.09)'],
  'accent-line': ['rgba(90, 162, 255, 0.38)', 'rgba(20, 99, 196, 0.34)'],
  ok: ['#4cc38a', '#156b41'],
  'ok-soft': ['rgba(76, 195, 138, 0.14)', 'rgba(21, 107, 65, 0.1)'],
  warn: ['#f0b13d', '#835500'],
  'warn-soft': ['rgba(240, 177, 61, 0.14)', 'rgba(131, 85, 0, 0.1)'],
  error: ['#ff7a70', '#b82a22'],
  'error-soft': ['rgba(255, 122, 112, 0.14)', 'rgba(184, 42, 34, 0.09)'],
  // Over footage it is always dark: the picture decides what is behind, not the theme.
  'over-back': ['rgba(8, 8, 10, 0.78)', 'rgba(8, 8, 10, 0.78)'],
  'over-text': ['#f2f2f4', '#f2f2f4'],
  shadow: ['rgba(0, 0, 0, 0.5)', 'rgba(0, 0, 0, 0.16)'],
  ...Object.fromEntries(TRACKS.map((pair, index) => [`k${index + 1}`, pair])),
  ...Object.fromEntries(TRACKS.map(([dark], index) => [`k${index + 1}-over`, [dark, dark] as const])),
}

/** CSS variables of one scheme: `--fr-c1` and so on. */
export function variablesOf(scheme: 'dark' | 'light'): Record<string, string> {
  const index = scheme === 'dark' ? 0 : 1
  return Object.fromEntries(Object.entries(COLOURS).map(([name, pair]) => [`--fr-${name}`, pair[index]]))
}
