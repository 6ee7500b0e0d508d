/** Shows the advice of `npm run check` to the publisher, in `npm run dev` only; no reader sees it. */
export function LintFindings({ findings }: { findings: string[] }) {
  if (findings.length === 0) return null
  return (
    <details
      id="advice"
      lang="en"
      dir="ltr"
      className="screen-only fixed start-1 bottom-5 z-30 max-h-[60dvh] max-w-[min(30rem,calc(100vw-6.5rem))] overflow-y-auto border border-ink bg-paper font-sans text-sm leading-small xl:start-auto xl:end-[5rem]"
    >
      <summary className="cursor-pointer px-1 py-touch-line font-semibold">
        npm run check advises ({findings.length})
      </summary>
      <ul className="px-1 pb-1">
        {findings.map((finding) => (
          <li key={finding} className="mt-0.5">
            {finding}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Shows what would stop a build, in place of a story that cannot be shown, in `npm run dev` only. */
export function ContentProblems({ problems }: { problems: string[] }) {
  return (
    <main lang="en" dir="ltr" className="mx-auto max-w-column px-1.5 py-3">
      <h1 className="text-[2rem] leading-2.5 font-bold">The story cannot be shown yet</h1>
      <ul className="mt-1 font-sans text-base">
        {problems.map((problem) => (
          <li key={problem} className="mt-0.5 wrap-anywhere">
            {problem}
          </li>
        ))}
      </ul>
      <p className="mt-1 font-sans text-base">Correct what is named here, and reload.</p>
    </main>
  )
}
