// Tests lib/server/send-document.ts
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serveOwnPages } from '#lib/server/send-document.ts'

test('the publisher’s own pages are found in the build and sent as pages, with what they say to search engines', async () => {
  const build = await mkdtemp(join(tmpdir(), 'broadside-own-pages-'))
  expect([...serveOwnPages(build)]).toEqual([])
  const folder = join(build, 'documents/pages')
  await mkdir(folder, { recursive: true })
  for (const [name, head] of [
    ['über-uns', ''],
    ['imprint', '<meta name="robots" content="noindex"/>'],
  ]) {
    for (const suffix of ['.html', '.html.br', '.html.gz'])
      await writeFile(join(folder, `${name}${suffix}`), head!)
    await writeFile(join(folder, `${name}.policy`), "default-src 'none'")
  }
  const pages = serveOwnPages(build)
  expect([...pages.keys()].sort()).toEqual(['/%C3%BCber-uns', '/imprint'])
  const server = createServer((request, response) => pages.get(request.url!)!(request, response))
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const about = await fetch(`${origin}/über-uns`)
    expect(about.status).toBe(200)
    expect(about.headers.get('x-robots-tag')).toBeNull()
    const imprint = await fetch(`${origin}/imprint`)
    expect(Object.fromEntries(imprint.headers)).toMatchObject({
      'cache-control': 'public, max-age=0, s-maxage=60, stale-while-revalidate=86400',
      'content-security-policy': "default-src 'none'",
      'x-robots-tag': 'noindex',
    })
    const etag = imprint.headers.get('etag')!
    const again = await fetch(`${origin}/imprint`, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
  } finally {
    server.close()
    server.closeAllConnections()
    await rm(build, { recursive: true })
  }
})
