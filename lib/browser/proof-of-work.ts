/** `public/proof-worker.js`, which the bundler must not touch: its worker would need a weaker policy. */
const WORKER = '/proof-worker.js'
/** A comment is not kept waiting longer for each step, in milliseconds: without a proof it is held. */
const STEP_TIMEOUT = 30_000

type ProofWorker = { solveProof(parameters: object): Promise<object> }

/**
 * A form's token with a proof of work (`lib/api/challenge.ts`).
 *
 * @throws where there is no challenge to be had, or the browser has no cryptography (plain http)
 */
export async function makeProof(): Promise<string> {
  const response = await fetch('/api/challenge', { signal: AbortSignal.timeout(STEP_TIMEOUT) })
  if (!response.ok) throw new Error('There is no challenge.')
  const challenge = (await response.json()) as { parameters: object }
  const solution = await solve(challenge.parameters)
  return btoa(JSON.stringify({ challenge, solution }))
}

function solve(parameters: object): Promise<object> {
  // A service worker has no other workers, and has loaded this one's script.
  if (!globalThis.Worker) return (globalThis as unknown as ProofWorker).solveProof(parameters)
  const worker = new Worker(WORKER)
  const solved = new Promise<object>((resolve, reject) => {
    worker.onmessage = ({ data }) => (data ? resolve(data) : reject(new Error('No proof.')))
    worker.onerror = reject
    setTimeout(reject, STEP_TIMEOUT)
    worker.postMessage(parameters)
  })
  return solved.finally(() => worker.terminate())
}
