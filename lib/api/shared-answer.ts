import { ownTurn } from '#lib/own-turn.ts'
import { getStore } from '#lib/store/index.ts'

/** Most answers that are kept: of a few ten thousand bytes each. */
const MOST_ANSWERS = 64

/** An answer, and the version of the store that it was made from; none until its making begins. */
type Shared = { answer: Promise<Buffer<ArrayBuffer>>; version?: string }

/** The answer that was asked for longest ago comes first. */
const shared = new Map<string, Shared>()

/**
 * Makes an answer that is the same for everyone once for all who ask for it, until something is written to
 * the store. Answers are made one a turn of the event loop.
 *
 * @param name tells this answer from all others
 * @param make makes its text from the store; where it throws, the next request tries again
 */
export async function sharedAnswer(
  name: string,
  make: () => Promise<string>,
): Promise<Buffer<ArrayBuffer>> {
  const current = await (await getStore()).readVersion()
  const known = shared.get(name)
  // One that is yet to be made will show all that this request may know.
  const isFresh = known && (known.version === undefined || known.version === current)
  const found = isFresh ? known : startMaking(make)
  shared.delete(name)
  shared.set(name, found)
  if (shared.size > MOST_ANSWERS) shared.delete(shared.keys().next().value!)
  found.answer.catch(() => shared.get(name) === found && shared.delete(name))
  return found.answer
}

function startMaking(make: () => Promise<string>): Shared {
  const makeInTurn = async () => {
    await ownTurn()
    // Before the text: what is written meanwhile has another version.
    started.version = await (await getStore()).readVersion()
    return Buffer.from(await make())
  }
  const started: Shared = { answer: makeInTurn() }
  return started
}
