/** Mailroom's colours: one ramp of a calm blue, from which Fluent makes the light and the dark theme. */
import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components'

const brand: BrandVariants = {
  10: '#03060c', 20: '#0e1a2c', 30: '#11294a', 40: '#123664', 50: '#14437e', 60: '#185198', 70: '#1e5fae', 80: '#2a6ebf',
  90: '#417fcb', 100: '#5890d5', 110: '#6fa1de', 120: '#86b2e6', 130: '#9dc2ed', 140: '#b4d1f3', 150: '#cbe0f8', 160: '#e2effc',
}

export const lightTheme: Theme = {
  ...createLightTheme(brand),
  colorBrandForeground1: brand[70],
  colorCompoundBrandForeground1: brand[70],
}

/** On dark ground the ramp's middle is too dark to read: foregrounds are taken from its lighter end. */
export const darkTheme: Theme = {
  ...createDarkTheme(brand),
  colorBrandForeground1: brand[120],
  colorBrandForeground2: brand[130],
  colorCompoundBrandForeground1: brand[120],
  colorCompoundBrandForeground1Hover: brand[130],
  colorBrandForegroundLink: brand[120],
}
