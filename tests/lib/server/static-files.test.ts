import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { log } from '#lib/logging/log.ts'
import { serveAssets } from '#lib/server/static-files.ts'

let root: string
let server: Server
let origin: string

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'broadside-assets-'))
  for (const folder of ['.next/static', '.next/published', 'public'])
    mkdirSync(join(root, folder), { recursive: true })
  for (const file of [
    '.next/static/a.js',
    '.next/static/b.js',
    '.next/published/a.png',
    'public/a.txt',
  ])
    writeFileSync(join(root, file), 'here')
  const serve = serveAssets((_, response) => void response.writeHead(404).end(), root)
  server = createServer(serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(root, { recursive: true })
})

test.each([
  ['/_next/static/a.js', '.next/static/a.js'],
  ['/a.txt', 'public/a.txt'],
])('a file that is gone cuts the answer of %s alone', async (path, file) => {
  const error = vi.spyOn(log, 'error').mockImplementation(() => {})
  expect(await (await fetch(origin + path)).text()).toBe('here')
  rmSync(join(root, file))
  await expect(fetch(origin + path).then((answer) => answer.text())).rejects.toThrow()
  expect(error).toHaveBeenCalledOnce()
  expect(await (await fetch(`${origin}/_next/static/b.js`)).text()).toBe('here')
  error.mockRestore()
})

test('the card and the icons of a build are served when later builds have removed it', async () => {
  rmSync(join(root, '.next/published'), { recursive: true })
  const answer = await fetch(`${origin}/a.png?v=1`)
  expect(await answer.text()).toBe('here')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'public,max-age=3600',
    'content-type': 'image/png',
    'cross-origin-resource-policy': 'cross-origin',
  })
  for (const known of [
    answer.headers.get('etag')!,
    `"another", ${answer.headers.get('etag')}`,
    '*',
  ]) {
    const headers = { 'if-none-match': known }
    expect((await fetch(`${origin}/a.png`, { headers })).status).toBe(304)
  }
  const head = await fetch(`${origin}/a.png`, { method: 'HEAD' })
  expect([head.headers.get('content-length'), await head.text()]).toEqual(['4', ''])
})
