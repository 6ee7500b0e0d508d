import { type Challenge, createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import * as z from 'zod'
import { TOKEN_LIFE } from '#lib/limits.ts'
import { getStore } from '#lib/store/index.ts'

/**
 * A form's token is an ALTCHA challenge, signed and timed by the server; with its solution it is a
 * proof of work. 300 derivations of 5,000 rounds, the mean, took a core of 2026 0.2 seconds, and take a
 * phone a few: nothing to a reader who types meanwhile, much to who wants ten thousand.
 */
const DERIVATIONS = 600
const ROUNDS = 5_000

export type { Challenge }

/** @param shared whether many readers get it, none of whom works for it: it says only when it was made */
export async function makeChallenge({ shared = false } = {}): Promise<Challenge> {
  const now = Date.now()
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ROUNDS,
    counter: randomInt(DERIVATIONS),
    deriveKey,
    expiresAt: Math.floor((now + TOKEN_LIFE) / 1_000),
    data: { madeAt: now, ...(shared && { shared }) },
    ...(await secrets()),
  })
}

/** A token for a form that is sent without scripts: the challenge, not solved. */
export async function makeToken(options?: { shared: boolean }): Promise<string> {
  return encode({ challenge: await makeChallenge(options) })
}

const tokenShape = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      nonce: z.string(),
      data: z.object({ madeAt: z.number(), shared: z.boolean().optional() }),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }).optional(),
})

/**
 * Reads what a token says: nothing when it was not made here or is too old. Its id is good for one act;
 * it has none where many readers got it and nobody worked for it, which is as good as no token.
 */
export async function readToken(
  token: string,
): Promise<{ id: string | undefined; madeAt: number; proven: boolean } | undefined> {
  const read = tokenShape.safeParse(decode(token))
  if (!read.success) return
  const { challenge, solution } = read.data
  const { expired, invalidSignature, verified } = await verifySolution({
    challenge: challenge as unknown as Challenge,
    // One that cannot be right is judged after the signature.
    solution: solution ?? { counter: -1, derivedKey: '' },
    deriveKey,
    ...(await secrets()),
  })
  if (expired || invalidSignature) return
  const { nonce, data } = challenge.parameters
  const id = data.shared && !verified ? undefined : nonce
  return { id, madeAt: data.madeAt, proven: verified }
}

async function secrets() {
  const secret = await (await getStore()).readSecret('challenge')
  return { hmacSignatureSecret: secret, hmacKeySignatureSecret: `${secret} of keys` }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString())
  } catch {
    return
  }
}
