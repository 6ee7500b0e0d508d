import { join } from 'node:path'
import { type InputOptions, rolldown } from 'rolldown'

/** The folder of the islands' scripts below `.next`, as it is below `/_next`. */
export const ISLANDS = 'static/islands'

/** Islands that are not in the first script, by the source that their component is loaded from. */
const LATER: Record<string, string> = {
  comments: 'components/comments/all-comments.tsx',
  shortcuts: 'components/moderation/queue-shortcuts.tsx',
}

/** Preact's names for what React's components import. */
export const PREACT = {
  react: 'preact/compat',
  'react-dom': 'preact/compat',
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
}

/** How React's components are bundled for Preact, in browsers and on the server. */
export const FOR_PREACT: InputOptions = {
  resolve: { alias: PREACT },
  onLog: (level, log, handle) => {
    // React's server reads these directives; a bundler has no use for them.
    if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
  },
  transform: {
    jsx: { runtime: 'automatic', development: false },
    define: { 'process.env.NODE_ENV': '"production"' },
  },
}

/**
 * Bundles the components of all islands for browsers, with Preact in React's place.
 *
 * @returns for a page with these islands, the addresses of the scripts that it cannot do without
 */
export async function buildIslands(): Promise<(islands: string[]) => string[]> {
  const bundle = await rolldown({
    input: { islands: 'components/islands.ts' },
    platform: 'browser',
    preserveEntrySignatures: false,
    ...FOR_PREACT,
  })
  const { output } = await bundle.write({
    dir: join('.next', ISLANDS),
    format: 'esm',
    minify: true,
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
    // All that the first script needs is in it: a second file would be another round trip.
    codeSplitting: { groups: [{ name: 'islands', tags: ['$initial'] }] },
  })
  await bundle.close()

  const chunks = output.filter((file) => file.type === 'chunk')
  /** A script with those that it imports, all asked for at once. */
  const withImports = (fileName: string): string[] => [
    fileName,
    ...chunks.find((chunk) => chunk.fileName === fileName)!.imports.flatMap(withImports),
  ]
  const scriptsOf = (source: string) =>
    withImports(
      chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(source)))!.fileName,
    )
  return (islands) => {
    const sources = islands.flatMap((name) => LATER[name] ?? [])
    const files = ['components/islands.ts', ...sources].flatMap(scriptsOf)
    return [...new Set(files)].map((file) => `/_next/${ISLANDS}/${file}`)
  }
}
