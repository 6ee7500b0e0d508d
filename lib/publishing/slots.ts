import { relative } from 'node:path'
import { rolldown } from 'rolldown'
import { PREACT } from '#lib/publishing/islands.ts'
import { SLOTS } from '#lib/server/slots.ts'

/**
 * Bundles the components that the server renders, with all that they need.
 *
 * @returns the code of our own modules by their paths
 */
export async function buildSlots(): Promise<Record<string, string>> {
  const bundle = await rolldown({
    input: 'components/slots.tsx',
    platform: 'node',
    resolve: { alias: PREACT },
    onLog: (level, log, handle) => {
      if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
    },
    transform: {
      jsx: { runtime: 'automatic', development: false },
      define: { 'process.env.NODE_ENV': '"production"' },
    },
  })
  const { output } = await bundle.write({ file: SLOTS, format: 'esm', codeSplitting: false })
  await bundle.close()
  const modules = Object.entries(output[0].modules).map(([id, { code }]) => [
    relative('.', id),
    code,
  ])
  return Object.fromEntries(modules.filter(([path]) => !path!.startsWith('node_modules')))
}
