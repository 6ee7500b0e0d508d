/** Signs and short words that stand behind a number. */
const UNITS = '°C|cm|ha|h|kg|km|min|mm'
/** Short words that stand before a number. */
const BEFORE_NUMBERS = 'art\\.|fig\\.|[Nn][°º]|pp?\\.|vol\\.'
/** Forms of address that stand before a name. */
const TITLES = 'Dr|MM?\\.|Me|Mgr|Mlles?|Mmes?|Pr'

/**
 * Replaces ordinary spaces in French by no-break spaces, so that no line ends there: before `; : ! ? % €`, inside
 * « », between groups of digits, and in `15 h 30`, `n° 4` and `M. Dupont`. A text in another language is returned as
 * it is. Which of them are narrow is from the Lexique des règles typographiques en usage à l’Imprimerie nationale
 * (ISBN 978-2-7433-0482-9).
 */
export function setFrenchSpaces(text: string, language: string): string {
  if (new Intl.Locale(language).language !== 'fr') return text
  return text
    .replace(/(?<![ \n])[ \n]+(?=[;!?])/g, '\u202f')
    .replace(GROUPS, (number) => number.replace(/[ \n]/g, '\u202f'))
    .replace(/(?<![ \n])[ \n]+(?=[:»%‰€])|(?<=«)[ \n]+/g, '\u00a0')
    .replace(NUMBERS_AND_NAMES, '\u00a0')
}

/** Matches a number of groups of three digits, but no year before a number. */
const GROUPS = /(?<![\d.,]|\d[ \n])\d{1,3}(?:[ \n]\d{3})+(?![ \n]?\d)/g

const NUMBERS_AND_NAMES = new RegExp(
  [
    `(?<=\\d)[ \\n](?=(?:${UNITS})(?![\\p{L}\\p{N}]))`,
    '(?<=\\d\\s?h)[ \\n](?=\\d)',
    `(?<=(?<![\\p{L}\\p{N}])(?:${BEFORE_NUMBERS}))[ \\n](?=\\d)`,
    `(?<=(?<![\\p{L}\\p{N}])(?:${TITLES}))[ \\n](?=\\p{Lu})`,
  ].join('|'),
  'gu',
)
