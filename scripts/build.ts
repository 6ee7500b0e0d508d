import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { PLACEHOLDER_ORIGIN } from '#lib/metadata/site-origin.ts'
import { lockBuilds } from '#lib/publishing/build-lock.ts'
import { beginBuild, completeBuild, linkContents, reasonToBuild } from '#lib/publishing/builds.ts'
import { print, printError, printUncaughtErrors } from '#lib/terminal.ts'

printUncaughtErrors()

/**
 * `npm run build`, and before each `npm start` with `--if-changed`: the content is checked, the pictures
 * are made, Next prerenders the pages, and what comes of them takes the place of the last build.
 */
const options = { 'if-changed': { type: 'boolean', default: false } } as const
const isOptional = parseArgs({ options }).values['if-changed']

try {
  if (isOptional && !reasonToBuild()) await keepBuild()
  else {
    lockBuilds(() => print('Another build is running; waiting for it to end.'))
    // The other may have been the one that is wanted here.
    if (isOptional && !reasonToBuild()) await keepBuild()
    else await build()
  }
} catch (error) {
  printError((error as Error).message)
  process.exitCode = 1
}

async function keepBuild(): Promise<void> {
  await linkContents()
  print('Nothing has changed since the last build.')
}

async function build(): Promise<void> {
  print(`${reasonToBuild() ?? 'Nothing has changed since the last build'}: building.`)
  // What changes from now on is for the next build.
  const folder = await beginBuild()
  run(process.execPath, ['scripts/check.ts'])
  // Imported late: they read messages that the check has just put in place.
  const { loadContent } = await import('#lib/story/content.ts')
  const { makePictures } = await import('#lib/publishing/responsive-images.ts')
  const { publish } = await import('#lib/publishing/publish.ts')
  await makePictures((await loadContent()).pictures)
  run('next', ['build', '--experimental-next-config-strip-types'])
  await publish(folder)
  await completeBuild(folder)
}

/** Runs a step of the build, which says itself what is wrong. */
function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    // Leaves SITE_URL to the server, so that one build serves any.
    env: { ...process.env, SITE_URL: PLACEHOLDER_ORIGIN, NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (status !== 0) throw new Error('The build failed. The previous one, if any, is unchanged.')
}
