import typography from '@tailwindcss/typography'
import type { Config } from 'tailwindcss'

/** The story's measure and rhythm; colours and spacing steps stand in `app/styles/sheet.css`. */
const config: Config = {
  content: [],
  // Plain selectors: 0.1 KB less in every page.
  plugins: [typography({ target: 'legacy' })],
  theme: {
    extend: {
      typography: {
        DEFAULT: {
          css: {
            '--tw-prose-body': 'var(--ink)',
            '--tw-prose-headings': 'var(--ink)',
            '--tw-prose-links': 'var(--ink)',
            '--tw-prose-bold': 'var(--ink)',
            '--tw-prose-bullets': 'var(--soft)',
            '--tw-prose-counters': 'var(--soft)',
            '--tw-prose-quotes': 'var(--ink)',
            '--tw-prose-quote-borders': 'var(--ink)',
            '--tw-prose-code': 'var(--ink)',
            '--tw-prose-pre-code': 'var(--ink)',
            '--tw-prose-pre-bg': 'transparent',
            '--tw-prose-captions': 'var(--soft)',
            '--tw-prose-hr': 'var(--rule)',
            '--tw-prose-th-borders': 'var(--ink)',
            '--tw-prose-td-borders': 'var(--rule)',
            fontSize: 'inherit',
            lineHeight: 'inherit',
            maxWidth: 'none',
            p: { marginBlock: '0 1.875rem' },
            h2: {
              fontSize: '1.6875rem',
              fontWeight: '700',
              lineHeight: '1.875rem',
              letterSpacing: '-0.01em',
              marginBlock: '3.75rem 0.9375rem',
              textWrap: 'balance',
            },
            h3: {
              fontSize: '1.3125rem',
              lineHeight: '1.875rem',
              marginBlock: '1.875rem 0.9375rem',
            },
            a: {
              textDecorationThickness: '0.06em',
              textUnderlineOffset: '0.18em',
              fontWeight: 'inherit',
            },
            // Items of several paragraphs stand no further apart than paragraphs.
            'li > p': { marginBlock: '0 0.9375rem' },
            hr: { marginBlock: '2.8125rem' },
            figure: { marginBlock: '2.8125rem' },
            figcaption: {
              fontFamily: 'var(--font-sans)',
              fontSize: '0.875rem',
              lineHeight: '1.40625rem',
              marginBlockStart: '0.46875rem',
            },
            'figcaption small': { fontSize: 'inherit', fontVariantCaps: 'all-small-caps' },
            picture: { marginBlock: '0' },
            img: { height: 'auto', marginBlock: '0' },
            // In the line of the text.
            ':not(figure) > picture': { display: 'inline' },
            ':not(figure) > picture > img': { display: 'inline', verticalAlign: 'middle' },
            // Of the plugin, every cell begins at the start.
            ...Object.fromEntries(
              ['left', 'center', 'right'].map((side) => [
                `:is(th, td)[align=${side}]`,
                { textAlign: side },
              ]),
            ),
            pre: { border: '1px solid var(--rule)', borderRadius: '0' },
            'code::before': { content: 'none' },
            'code::after': { content: 'none' },
            'blockquote p:first-of-type::before': { content: 'none' },
            'blockquote p:last-of-type::after': { content: 'none' },
          },
        },
      },
    },
  },
}

export default config
