/**
 * Stands in for `next build` where a test needs a build after the one there is: every asset gets another
 * name of the same length, as its hash would, wherever it is named; all else of Next's is as it was.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { NEXT_OUTPUT } from '#lib/publishing/builds.ts'

const STATIC = join(NEXT_OUTPUT, 'static')
const MARK = 'new'

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))

const names = new Map<string, string>()
const rename = (name: string) => names.set(name, MARK + name.slice(MARK.length))
const build = readFileSync(join(NEXT_OUTPUT, 'BUILD_ID'), 'utf8')
rename(build)
for (const path of filesIn(STATIC)) {
  const name = path.slice(STATIC.length + 1)
  // Next empties the folder; what the build puts there it puts there again.
  if (name.startsWith('media/')) rmSync(path)
  else if (name.startsWith('chunks/')) rename(name.slice('chunks/'.length))
}

const known = new RegExp([...names.keys()].map((name) => RegExp.escape(name)).join('|'), 'g')
const renamed = (text: string) => text.replace(known, (name) => names.get(name)!)
for (const path of filesIn(NEXT_OUTPUT)) {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  if (bytes.equals(Buffer.from(text)) && renamed(text) !== text) writeFileSync(path, renamed(text))
}
for (const path of filesIn(STATIC))
  if (renamed(path) !== path) {
    mkdirSync(dirname(renamed(path)), { recursive: true })
    renameSync(path, renamed(path))
  }
