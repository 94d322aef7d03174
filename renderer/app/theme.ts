import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type VariantColorsResolver,
} from '@mantine/core'
import { variablesOf } from './tokens.ts'

const FONT = "'Inter Variable', 'Noto Sans', system-ui, sans-serif"
const MONO = "'JetBrains Mono Variable', ui-monospace, monospace"

/** Text on filled buttons. Mantine's own choice looks at the light scheme's shade in the dark one, too: white on pale blue. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input)
  if (input.variant !== 'filled') return colours
  if (input.color === 'signal') return { ...colours, color: 'var(--fr-on-accent)' }
  if (input.color !== 'red') return colours
  const hover = 'color-mix(in srgb, var(--fr-error) 88%, var(--fr-t1))'
  return { ...colours, background: 'var(--fr-error)', hover, color: 'var(--fr-on-accent)' }
}

export const theme = createTheme({
  variantColorResolver,
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: FONT, fontWeight: '600' },
  colors: {
    dark: [
      '#f0f0f2',
      '#b4b5bc',
      '#93959e',
      '#5c5d66',
      '#36363c',
      '#212125',
      '#19191c',
      '#131315',
      '#0b0b0c',
      '#08080a',
    ],
    signal: [
      '#eaf3ff',
      '#d2e5ff',
      '#a6ccff',
      '#7fb6ff',
      '#5aa2ff',
      '#3b8af0',
      '#2472d8',
      '#1463c4',
      '#0f4f9e',
      '#0b3b77',
    ],
  },
  primaryColor: 'signal',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '14px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '14px', sm: '16px', md: '18px', lg: '20px', xl: '22px' },
  // The focus ring is drawn by global.css, on :focus-visible only.
  focusRing: 'never',
  cursorType: 'default',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'compact-md', h: 30, px: 12, fw: 500, fz: 13 } },
    ActionIcon: { defaultProps: { size: 30, variant: 'subtle', color: 'gray' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 12 } },
    Modal: {
      defaultProps: {
        size: 440,
        centered: true,
        transitionProps: { duration: 200 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: {
        header: { background: 'var(--fr-c2)' },
        content: { background: 'var(--fr-c2)' },
        title: { fontSize: 14, fontWeight: 600 },
      },
    },
    Menu: { defaultProps: { transitionProps: { duration: 90 }, withinPortal: true } },
    TextInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
  },
})

/** Mantine's own variables, moved onto the design's greys, and the design's variables beside them. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--fr-c1)',
    '--mantine-color-text': 'var(--fr-t1)',
    '--mantine-color-dimmed': 'var(--fr-t3)',
    '--mantine-color-placeholder': 'var(--fr-t3)',
    '--mantine-color-default': 'var(--fr-c2)',
    '--mantine-color-default-hover': 'var(--fr-c3)',
    '--mantine-color-default-border': 'var(--fr-line-strong)',
    '--mantine-color-error': 'var(--fr-error)',
    '--mantine-primary-color-contrast': 'var(--fr-on-accent)',
  }
  return {
    variables: { '--fr-ease': 'cubic-bezier(0.2, 0, 0, 1)' },
    dark: { ...shared, ...variablesOf('dark') },
    light: { ...shared, ...variablesOf('light') },
  }
}
