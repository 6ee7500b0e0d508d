/** What a reader may choose of how the pages look; each word is in one list only. */
export const CHOICES = {
  theme: ['system', 'light', 'sepia', 'dark', 'contrast'],
  font: ['serif', 'sans', 'legible'],
  size: ['small', 'medium', 'large', 'larger'],
  measure: ['narrow', 'standard', 'wide'],
  spacing: ['even', 'loose'],
} as const

type Choices = typeof CHOICES
export type Appearance = { [Choice in keyof Choices]: Choices[Choice][number] }

const DEFAULT: Appearance = {
  theme: 'system',
  font: 'serif',
  size: 'medium',
  measure: 'standard',
  spacing: 'even',
}

/** What each sets on the root element, over what `app/globals.css` says; what is not here sets nothing. */
const STYLES: Partial<Record<Appearance[keyof Appearance], Record<string, string>>> = {
  light: { 'color-scheme': 'light' },
  dark: { 'color-scheme': 'dark' },
  sepia: {
    'color-scheme': 'light',
    '--paper': '#f3e9d5',
    '--ink': '#2a2017',
    '--soft': '#52443a',
    '--rule': '#c4b393',
    '--accent': '#8a1b12',
  },
  // As for who asks the system for more contrast.
  contrast: {
    '--paper': 'light-dark(#fff, #000)',
    '--ink': 'light-dark(#000, #fff)',
    '--soft': 'var(--ink)',
    '--rule': 'var(--ink)',
    '--accent': 'light-dark(#8c0000, #ffb0a8)',
  },
  sans: { '--font-serif': 'var(--font-sans)' },
  legible: {
    '--font-serif':
      "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Verdana, 'DejaVu Sans', sans-serif",
  },
  small: { 'font-size': '90%' },
  large: { 'font-size': '115%' },
  larger: { 'font-size': '135%' },
  narrow: { '--measure': '30rem' },
  wide: { '--measure': '44rem' },
  loose: { '--leading': '2.25rem', 'letter-spacing': '0.03em', 'word-spacing': '0.1em' },
}

/**
 * The style of the root element as the browser keeps it: the chosen words stand in it as a property of
 * their own. Kept as style it takes no rule in the first response, and one line of script.
 *
 * @param joined whether the letters of the script hold together, as Arabic ones do: they are not spaced
 */
export function appearanceStyle(look: Appearance, joined: boolean): string {
  const chosen = Object.values(look)
  const style = Object.assign({ '--look': chosen.join(' ') }, ...chosen.map((word) => STYLES[word]))
  if (joined) delete style['letter-spacing']
  return Object.entries(style)
    .map(([property, value]) => `${property}:${value}`)
    .join(';')
}

/** Takes anything: where it names no choice, or one that is unknown, the look is as it always was. */
export function parseAppearance(kept: string): Appearance {
  const words =
    kept
      .match(/--look:([^;]*)/)?.[1]
      ?.trim()
      .split(' ') ?? []
  const chosen = Object.entries(CHOICES).map(([choice, values]) => [
    choice,
    values.find((value) => words.includes(value)) ?? DEFAULT[choice as keyof Appearance],
  ])
  return Object.fromEntries(chosen) as Appearance
}
