import { type Challenge, createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import * as z from 'zod'
import { TOKEN_LIFE } from '#lib/settings/limits.ts'
import { newUuid } from '#lib/browser/uuid.ts'
import { isSameSecret, keyedHash } from '#lib/http/secrets.ts'
import { getStore } from '#lib/store/index.ts'

/**
 * Work that scripts do for a form's token: an ALTCHA challenge, signed and timed by the server, and its
 * solution. 300 derivations of 5,000 rounds, the mean, took a core of 2026 0.2 seconds, and take a phone a
 * few: nothing to a reader who types meanwhile, much to a machine that wants ten thousand.
 */
const DERIVATIONS = 600
const ROUNDS = 5_000

export type { Challenge }

export async function makeChallenge(): Promise<Challenge> {
  const now = Date.now()
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ROUNDS,
    counter: randomInt(DERIVATIONS),
    deriveKey,
    expiresAt: Math.floor((now + TOKEN_LIFE) / 1_000),
    data: { madeAt: now },
    ...(await secrets()),
  })
}

/**
 * Makes the token of a form that is sent without script: a random id, the time, and their signature. A
 * challenge would take a page a thousand times as long.
 *
 * @param shared whether many readers get it: then it has no id, and says only when it was made
 */
export async function makeToken({ shared }: { shared: boolean }): Promise<string> {
  return signForm(`${shared ? '' : newUuid()}.${Date.now()}`)
}

const tokenShape = z.object({
  challenge: z.object({
    parameters: z.looseObject({ nonce: z.string(), data: z.object({ madeAt: z.number() }) }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }).optional(),
})

/**
 * Reads what a token says: nothing when it was not made here or is too old. Its id is good for one act;
 * one that many readers got has none, which is as good as no token.
 */
export async function readToken(
  token: string,
): Promise<{ id: string | undefined; madeAt: number; proven: boolean } | undefined> {
  const [id, madeAt, signature] = token.split('.')
  if (signature === undefined) return readProof(token)
  const time = Number(madeAt)
  const isOwn = isSameSecret(await signForm(`${id}.${madeAt}`), token)
  if (isOwn && Date.now() < time + TOKEN_LIFE)
    return { id: id || undefined, madeAt: time, proven: false }
}

async function signForm(text: string): Promise<string> {
  const secret = await (await getStore()).readSecret('challenge')
  return `${text}.${keyedHash(`${secret} of forms`, text)}`
}

async function readProof(token: string) {
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
  return { id: nonce, madeAt: data.madeAt, proven: verified }
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
