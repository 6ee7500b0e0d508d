import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { readDisqus } from '#lib/transfer/disqus.ts'
import { type Discussion, type ForeignComment, translate } from '#lib/transfer/foreign-comments.ts'
import { readExport } from '#lib/transfer/json-lines.ts'
import type { ImportReport, ImportedRecord, Store } from '#lib/store/index.ts'
import { readWordPress } from '#lib/transfer/wordpress.ts'

const FORMATS = {
  broadside: { name: 'a Broadside export', option: undefined },
  wordpress: { name: 'a WordPress export', option: 'post', read: readWordPress },
  disqus: { name: 'a Disqus export', option: 'thread', read: readDisqus },
} as const
type Format = keyof typeof FORMATS

export type Imported = { report: ImportReport; from: string }

/**
 * Imports a file of any known format into the store, all or nothing.
 *
 * @param options.post the id of the post to import, where a WordPress export has several
 * @param options.thread the same for a Disqus export
 * @throws {Error} naming the file and line, or the posts or threads to choose from
 */
export async function importFile(
  store: Store,
  path: string,
  {
    dryRun = false,
    ...wanted
  }: { dryRun?: boolean; post?: string | undefined; thread?: string | undefined } = {},
): Promise<Imported> {
  const format = FORMATS[await detect(path)]
  for (const option of ['post', 'thread'] as const)
    if (wanted[option] !== undefined && option !== format.option)
      throw new Error(`${path}: --${option} does not apply to ${format.name}`)
  if (!('read' in format)) {
    const report = await store.importRecords(readExport(readText(path)), { dryRun })
    return { report, from: format.name }
  }
  const chosen = await choose(format.read(readText(path)), format.option, wanted[format.option])
  const comments: ForeignComment[] = []
  for await (const found of format.read(readText(path)))
    if (found.discussion.id === chosen.id) comments.push(found.comment)
  const secret = await store.readSecret('imports')
  const report = await store.importRecords(all(translate(comments, secret)), { dryRun })
  return { report, from: `${format.name}, of "${chosen.title}"` }
}

/** Detects the format of a file by its first 64 KB. */
async function detect(path: string): Promise<Format> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024), 0)
    const head = buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '')
    if (bytesRead === 0) throw new Error(`${path}: this file is empty`)
    if (/^\s*> /.test(head))
      throw new Error(
        `${path}: npm wrote its own lines into this file; export with "npm run --silent export"`,
      )
    if (/^\s*\{/.test(head)) return 'broadside'
    if (/<rss\b[^<>]*\bxmlns:wp=/.test(head)) return 'wordpress'
    if (/<disqus\b/.test(head)) return 'disqus'
  } finally {
    await file.close()
  }
  throw new Error(`${path}: this is not an export of Broadside, WordPress (WXR) or Disqus (XML)`)
}

async function* readText(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
      yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw new Error('this is not UTF-8 text', { cause: error })
    throw error
  }
}

async function choose(
  all: AsyncIterable<{ discussion: Discussion }>,
  option: string,
  wanted: string | undefined,
): Promise<Discussion> {
  const found = new Map<string, Discussion & { comments: number }>()
  for await (const { discussion } of all) {
    const known = found.get(discussion.id)
    if (known) known.comments++
    else found.set(discussion.id, { ...discussion, comments: 1 })
  }
  if (found.size === 0) throw new Error('there are no comments in this file')
  const chosen = wanted === undefined ? [...found.values()] : [found.get(wanted)]
  if (chosen.length === 1 && chosen[0]) return chosen[0]
  const list = [...found.values()].map(
    ({ id, title, comments }) => `  --${option} ${id}   ${comments} under "${title}"`,
  )
  const problem =
    wanted === undefined ? 'the file has comments on several stories' : `${wanted} was not found`
  throw new Error(`${problem}; choose one of these:\n${list.join('\n')}`)
}

async function* all(records: Iterable<ImportedRecord>): AsyncGenerator<ImportedRecord> {
  yield* records
}
