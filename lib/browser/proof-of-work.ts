/**
 * Address of the worker. The bundler must not touch `public/proof-worker.js`: its own way of starting a
 * worker needs a weaker Content-Security-Policy.
 */
const WORKER = '/proof-worker.js'
/**
 * Milliseconds for each of fetching and solving. After that the comment is sent without a proof, and held for
 * approval.
 */
const STEP_TIMEOUT = 30_000

type ProofWorker = { solveProof(parameters: object): Promise<object> }

/**
 * Makes a form token with a proof of work (`lib/api/challenge.ts`).
 *
 * @throws where no challenge can be fetched, or the browser has no cryptography (plain http)
 */
export async function makeProof(): Promise<string> {
  const response = await fetch('/api/challenge', { signal: AbortSignal.timeout(STEP_TIMEOUT) })
  if (!response.ok) throw new Error('There is no challenge.')
  const challenge = (await response.json()) as { parameters: object }
  const solution = await solve(challenge.parameters)
  return btoa(JSON.stringify({ challenge, solution }))
}

function solve(parameters: object): Promise<object> {
  // A service worker cannot start workers, and has loaded the script of this one.
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
