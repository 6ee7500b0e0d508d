import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge } from '#lib/api/challenge.ts'

/** The token that a browser makes of a challenge: with its solution, or without. */
export async function tokenOf(challenge: Challenge, solved = true): Promise<string> {
  const solution = solved ? await solveChallenge({ challenge, deriveKey }) : undefined
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}
