import { join } from 'node:path'
import { type InputOptions, type OutputOptions, rolldown } from 'rolldown'

/** The folder of the islands' scripts, below a build's folder on disk and below `/_next` in addresses. */
export const ISLANDS = 'static/islands'

/** Islands with a script of their own, and the source file of their component. */
const SPLIT_ISLANDS: Record<string, string> = {
  comments: 'components/comments/all-comments.tsx',
  shortcuts: 'components/moderation/queue-shortcuts.tsx',
}

/** The modules of Preact that take the place of React's. */
export const PREACT = {
  react: 'preact/compat',
  'react-dom': 'preact/compat',
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
}

/** Options for bundling React's components with Preact, for browsers and for the server. */
export const FOR_PREACT: InputOptions = {
  resolve: { alias: PREACT },
  onLog: (level, log, handle) => {
    // Directives such as "use client" mean nothing to Preact.
    if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
  },
  transform: {
    jsx: { runtime: 'automatic', development: false },
    define: { 'process.env.NODE_ENV': '"production"' },
  },
}

/** Options for scripts of browsers: the marks of pure calls, which are for bundlers, go with the rest. */
export const MINIFIED: OutputOptions = { minify: true, comments: { annotation: false } }

/**
 * Bundles the components of all islands for browsers, with Preact in React's place.
 *
 * @param folder of the build
 * @returns a function from names of islands to the addresses of the scripts that a page with them loads
 */
export async function buildIslands(folder: string): Promise<(islands: string[]) => string[]> {
  const bundle = await rolldown({
    input: { islands: 'components/islands.ts' },
    platform: 'browser',
    preserveEntrySignatures: false,
    ...FOR_PREACT,
  })
  const { output } = await bundle.write({
    dir: join(folder, ISLANDS),
    format: 'esm',
    ...MINIFIED,
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
    // One file for all that is needed first: a second would be another round trip.
    codeSplitting: { groups: [{ name: 'islands', tags: ['$initial'] }] },
  })
  await bundle.close()

  const chunks = output.filter((file) => file.type === 'chunk')
  /** Lists a script with those that it imports, so that all are requested at once. */
  const withImports = (fileName: string): string[] => [
    fileName,
    ...chunks.find((chunk) => chunk.fileName === fileName)!.imports.flatMap(withImports),
  ]
  const scriptsOf = (source: string) =>
    withImports(
      chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(source)))!.fileName,
    )
  return (islands) => {
    const sources = islands.flatMap((name) => SPLIT_ISLANDS[name] ?? [])
    const files = ['components/islands.ts', ...sources].flatMap(scriptsOf)
    return [...new Set(files)].map((file) => `/_next/${ISLANDS}/${file}`)
  }
}
