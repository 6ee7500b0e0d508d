import { closest, distance } from 'fastest-levenshtein'
import { SETTING_VARIABLES, settingProblems } from '#lib/settings/settings.ts'
import { STORE_VARIABLES, storeProblems } from '#lib/store/maintenance.ts'

/** The schema of every environment variable that is read, by name; `.env.example` lists them. */
export const VARIABLES = { ...STORE_VARIABLES, ...SETTING_VARIABLES }
const NAMES = Object.keys(VARIABLES)

/** A variable whose name differs from a setting's in at most this share of letters is taken for a misspelling. */
const MAX_DIFFERENCE = 1 / 4

/**
 * Checks the whole environment.
 *
 * @throws {Error} naming every variable that is wrong, and what it must be
 */
export function requireValidSettings(): void {
  const problems = allSettingProblems()
  if (problems.length > 0) throw new Error(problems.join('; '))
}

/** Returns a sentence for each variable of this process that is wrong, the store's among them. */
export function allSettingProblems(): string[] {
  return [...settingProblems(process.env), ...storeProblems()]
}

/** Returns a sentence for each name of a variable that is nearly the name of a setting. */
export function findMisspelledSettings(names: string[]): string[] {
  return names.flatMap((name) => {
    if (NAMES.includes(name)) return []
    const written = name.toUpperCase().replaceAll('-', '_')
    const nearest = closest(written, NAMES)
    if (distance(written, nearest) > nearest.length * MAX_DIFFERENCE) return []
    return [`${name} is not a setting; did you mean ${nearest}?`]
  })
}
