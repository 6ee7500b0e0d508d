import { type Challenge, createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import * as z from 'zod'
import { requireBudget } from '#lib/api/budgets.ts'
import { clientAddress } from '#lib/http/request-origin.ts'
import { CLOCK_TOLERANCE, TOKEN_LIFE } from '#lib/settings/limits.ts'
import { newUuid } from '#lib/browser/uuid.ts'
import { isSameSecret, keyedHash } from '#lib/http/secrets.ts'
import { getStore } from '#lib/store/index.ts'

/**
 * Most derivations that a proof of work takes, and the rounds of each. The mean, 300 of 5,000 rounds, takes
 * 0.2 seconds of a core of 2026 and a few seconds of a phone: nothing to a reader who types meanwhile, much
 * to a machine that wants ten thousand.
 */
const MAX_DERIVATIONS = 600
const ROUNDS = 5_000

export type { Challenge }

/** Makes an ALTCHA challenge (https://altcha.org), signed and timed, which a script solves for a token. */
export async function makeChallenge(): Promise<Challenge> {
  const now = Date.now()
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ROUNDS,
    counter: randomInt(MAX_DERIVATIONS),
    deriveKey,
    expiresAt: Math.floor((now + TOKEN_LIFE) / 1_000),
    data: { madeAt: now },
    ...(await secrets()),
  })
}

/**
 * Makes the token of a form that is sent without script: a random id, the time, and their signature. A
 * challenge would take a thousand times as long to make.
 *
 * @param shared whether the token is on a page that many readers get: then it has no id, only its time
 */
export async function makeToken({ shared }: { shared: boolean }): Promise<string> {
  return signForm(`${shared ? '' : newUuid()}.${Date.now()}`)
}

const proofSchema = z.object({
  challenge: z.object({
    parameters: z.looseObject({ nonce: z.string(), data: z.object({ madeAt: z.number() }) }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }).optional(),
})

/** A token that was made here: when, in milliseconds, and whether with a proof of work. */
export type FormToken = {
  /** Good for one action; missing in a token that many readers got. */
  id: string | undefined
  madeAt: number
  proven: boolean
}

/**
 * Reads a token of either kind; nothing when it was not made here or has expired.
 *
 * @throws {RequestError} 429 when the network has sent too many proofs of work: a false one costs a derivation
 */
export async function readToken(token: string, request: Request): Promise<FormToken | undefined> {
  const [id, madeAt, signature] = token.split('.')
  if (signature === undefined) {
    requireBudget('proofs', clientAddress(request))
    return readProof(token)
  }
  const time = Number(madeAt)
  const isOwn = isSameSecret(await signForm(`${id}.${madeAt}`), token)
  if (isOwn && isCurrent(time)) return { id: id || undefined, madeAt: time, proven: false }
}

async function signForm(text: string): Promise<string> {
  const secret = await (await getStore()).readSecret('challenge')
  return `${text}.${keyedHash(`${secret} of forms`, text)}`
}

async function readProof(token: string): Promise<FormToken | undefined> {
  const read = proofSchema.safeParse(decode(token))
  if (!read.success) return
  const { challenge, solution } = read.data
  const { expired, invalidSignature, verified } = await verifySolution({
    challenge: challenge as unknown as Challenge,
    // Without a solution the signature is checked all the same.
    solution: solution ?? { counter: -1, derivedKey: '' },
    deriveKey,
    ...(await secrets()),
  })
  if (expired || invalidSignature || !isCurrent(challenge.parameters.data.madeAt)) return
  const { nonce, data } = challenge.parameters
  return { id: nonce, madeAt: data.madeAt, proven: verified }
}

/** Tells whether a token's time is neither too long ago nor ahead of the clock, which was wrong then. */
function isCurrent(madeAt: number): boolean {
  const now = Date.now()
  return now < madeAt + TOKEN_LIFE && madeAt <= now + CLOCK_TOLERANCE
}

async function secrets() {
  const secret = await (await getStore()).readSecret('challenge')
  return { hmacSignatureSecret: secret, hmacKeySignatureSecret: `${secret} of keys` }
}

function decode(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString())
  } catch {
    return
  }
}
