// @vitest-environment jsdom
import { readFile } from 'node:fs/promises'
import postcss from 'postcss'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  CHOICES,
  type Appearance,
  parseAppearance,
  appearanceStyle,
} from '#lib/browser/reading/appearance.ts'
import { APPEARANCE_KEY, RESTORE_APPEARANCE } from '#lib/browser/reading/restore-appearance.ts'

const LARGE: Appearance = {
  theme: 'sepia',
  font: 'sans',
  size: 'large',
  measure: 'wide',
  spacing: 'loose',
}

test('a look that is kept is read again', () => {
  expect(parseAppearance(appearanceStyle(LARGE, false))).toEqual(LARGE)
})

test.each(['', 'null', '{"theme":"dark"}', '--look:', '--look:pink huge', ';;}{"'])(
  'of %j nothing is taken',
  (kept) => {
    expect(parseAppearance(kept)).toEqual(
      parseAppearance(appearanceStyle(parseAppearance(''), false)),
    )
    expect(parseAppearance(kept)).toMatchObject({ theme: 'system', size: 'medium' })
  },
)

test('letters that hold together are not spaced', () => {
  expect(appearanceStyle(LARGE, false)).toContain('letter-spacing')
  expect(appearanceStyle(LARGE, true)).not.toContain('letter-spacing')
})

test('each word is in one list only', () => {
  const words = Object.values(CHOICES).flat()
  expect(new Set(words).size).toBe(words.length)
})

describe('the script in the head', () => {
  const root = document.documentElement
  const restore = () => window.eval(RESTORE_APPEARANCE) as void
  beforeEach(() => {
    localStorage.clear()
    root.style.cssText = ''
  })

  test.each(['sans', 'legible'] as const)(
    'sets the headline in the font that was chosen: %s',
    (font) => {
      localStorage.setItem(APPEARANCE_KEY, appearanceStyle({ ...LARGE, font }, false))
      restore()
      expect(root.style.getPropertyValue('--font-display')).toBe('var(--font-serif)')
    },
  )

  test('gives the root element the style that was kept', () => {
    localStorage.setItem(APPEARANCE_KEY, appearanceStyle(LARGE, false))
    restore()
    expect(root.style.getPropertyValue('--paper')).toBe('#f3e9d5')
    expect(root.style.getPropertyValue('--size')).toBe('115%')
  })

  test('follows another tab, and takes rubbish for nothing', () => {
    restore()
    expect(root.style.cssText).toBe('')
    localStorage.setItem(APPEARANCE_KEY, appearanceStyle(LARGE, false))
    dispatchEvent(new Event('storage'))
    expect(parseAppearance(root.style.cssText)).toEqual(LARGE)
    localStorage.setItem(APPEARANCE_KEY, '{"theme":')
    dispatchEvent(new Event('storage'))
    expect(root.style.cssText).toBe('')
  })

  test('breaks nothing where the browser keeps nothing', () => {
    expect(() =>
      new Function('localStorage', 'document', RESTORE_APPEARANCE)(undefined, document),
    ).not.toThrow()
  })
})

/** The custom properties of the sheet, for a scheme and from the rules that apply. */
async function sheet(scheme: 'light' | 'dark', more = false): Promise<Record<string, string>> {
  const colors: Record<string, string> = {}
  const css = postcss.parse(await readFile('app/styles/sheet.css', 'utf8'))
  css.walkDecls(/^--(paper|ink|soft|rule|accent)$/, ({ prop, value, parent }) => {
    const media = parent?.parent
    const params = media && 'params' in media ? String(media.params) : ''
    if (params === '' || (more && params.includes('contrast'))) colors[prop] = value
  })
  return resolve(colors, scheme)
}

function resolve(colors: Record<string, string>, scheme: 'light' | 'dark') {
  const pick = (value: string): string =>
    value.startsWith('var(')
      ? pick(colors[value.slice(4, -1)]!)
      : value.startsWith('light-dark(')
        ? value.slice(11, -1).split(', ')[scheme === 'light' ? 0 : 1]!
        : value
  return Object.fromEntries(Object.entries(colors).map(([name, value]) => [name, pick(value)]))
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const hex = color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = parseInt(hex.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
  }
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

describe('every text has 7:1', () => {
  test.each([
    ['light', false],
    ['dark', false],
    ['light', true],
    ['dark', true],
  ] as const)('on the %s sheet, more contrast asked of the system: %s', async (scheme, more) => {
    expectReadable(await sheet(scheme, more))
  })

  test.each(['sepia', 'contrast'] as const)('in the theme %s', async (theme) => {
    for (const scheme of ['light', 'dark'] as const) {
      const kept = appearanceStyle({ ...parseAppearance(''), theme }, false)
      const own = Object.fromEntries(kept.split(';').map((line) => line.split(':')))
      const wanted = (own['color-scheme'] ?? scheme) as 'light' | 'dark'
      expectReadable(resolve({ ...(await sheet(wanted)), ...own }, wanted))
    }
  })
})

function expectReadable(colors: Record<string, string>): void {
  for (const name of ['--ink', '--soft', '--accent'])
    expect(contrast(colors[name]!, colors['--paper']!), name).toBeGreaterThanOrEqual(7)
}
