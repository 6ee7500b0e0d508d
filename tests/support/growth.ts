/** Characters of the texts that are compared. */
const SIZES = [1_000, 2_000, 4_000, 8_000] as const
/** Milliseconds for the longest text under which no growth is looked for: a square would take ten times that. */
const QUICK = 1
/** Runs of each size. The shortest counts: whatever else the machine does only makes a run longer. */
const RUNS = 4
/** Characters of a text that takes no time at all, unless the time doubles with every few of them. */
const PROBE = 35
/** Growth from the shortest text to the longest between that of a line, 8, and that of a square, 64. */
const MOST = 24

/** Tells whether the time of `run` grows well above linearly with the length of its text. */
export function growsFast(
  run: (text: string) => void,
  makeText: (size: number) => string,
): boolean {
  const isQuick = (text: string) => shortest(run, text, 1) < QUICK || shortest(run, text, 2) < QUICK
  if (!isQuick(makeText(PROBE))) return true
  const [short, , , long] = SIZES.map(makeText) as [string, string, string, string]
  if (isQuick(long)) return false
  const grows = () => shortest(run, long, RUNS) / shortest(run, short, RUNS) > MOST
  // A busy machine may take long for one of the two, but not each time.
  return grows() && grows() && grows()
}

/** Returns the shortest time of several runs, in milliseconds. */
function shortest(run: (text: string) => void, text: string, runs: number): number {
  let least = Infinity
  for (let i = 0; i < runs; i++) {
    const before = performance.now()
    run(text)
    least = Math.min(least, performance.now() - before)
  }
  return least
}
