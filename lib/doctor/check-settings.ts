import { distance } from 'fastest-levenshtein'
import { SETTING_VARIABLES, settingProblems } from '#lib/settings/settings.ts'
import { STORE_VARIABLES, storeProblems } from '#lib/store/maintenance.ts'

/** The schema of every environment variable that is read, by name; `.env.example` lists them. */
export const VARIABLES = { ...STORE_VARIABLES, ...SETTING_VARIABLES }
const NAMES = Object.keys(VARIABLES)

/** A name that differs from one of ours in so much of it is taken for a slip of the pen. */
const SLIP = 1 / 4

/** @throws an error that names every wrong variable, with the remedy. */
export function checkSetUp(): void {
  const problems = setUpProblems()
  if (problems.length > 0) throw new Error(problems.join('; '))
}

/** What is wrong with the environment, a sentence each. */
export function setUpProblems(): string[] {
  return [...settingProblems(process.env), ...storeProblems()]
}

/** A sentence for each variable that is nearly one of ours. */
export function findSlips(names: string[]): string[] {
  return names.flatMap((name) => {
    if (NAMES.includes(name)) return []
    const [nearest] = NAMES.map((known) => ({
      known,
      off: distance(name.toUpperCase().replaceAll('-', '_'), known),
    })).sort((a, b) => a.off - b.off)
    if (nearest!.off > nearest!.known.length * SLIP) return []
    return [`${name} is no setting; did you mean ${nearest!.known}?`]
  })
}
