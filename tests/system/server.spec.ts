// Tests server.ts, lib/server/
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { expect, OWN_PAGE, type Site, startSite, test } from '#tests/support/site.ts'
import { SERVER } from '#tests/support/start-site.ts'

type Answer = { status: number; body: { id?: string; mine?: string; error?: { code: string } } }

async function post(origin: string, path: string, body: object): Promise<Answer> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN_PAGE },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

/** Resident memory in MB. */
async function memoryOf({ process: { pid } }: Site): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(status.match(`${name}:\\s+(\\d+)`)![1]) / 1000
  return { now: read('VmRSS'), peak: read('VmHWM') }
}

const tally = async (origin: string) => (await fetch(`${origin}/api/votes`)).json()

test('100 readers voting at the same moment at two servers on one file are 100', async ({
  site,
  databaseUrl,
}) => {
  const other = await startSite(databaseUrl)
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      post([site, other][i % 2]!.origin, '/api/votes', { vote: 'up' }),
    ),
  )
  expect(await tally(site.origin)).toEqual({ up: 100, down: 0, mine: null })
  await other.stop()
})

test('the same comment key sent 50 times at once to two servers is one comment', async ({
  site,
  databaseUrl,
}) => {
  const other = await startSite(databaseUrl)
  const comment = { name: 'Ann', text: 'Once', key: crypto.randomUUID() }
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      post([site, other][i % 2]!.origin, '/api/comments', comment),
    ),
  )
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
  const page = await (await fetch(`${other.origin}/api/comments`)).json()
  expect(page).toMatchObject({ total: 1, next: null })
  await other.stop()
})

test('a cookie from one server is good at the other', async ({ site, databaseUrl }) => {
  const other = await startSite(databaseUrl)
  const voted = await fetch(`${site.origin}/api/votes`, {
    method: 'POST',
    headers: OWN_PAGE,
    body: new URLSearchParams({ vote: 'down' }),
    redirect: 'manual',
  })
  const cookie = voted.headers.get('set-cookie')!.split(';')[0]!
  const answer = await fetch(`${other.origin}/api/votes`, { headers: { cookie } })
  expect(await answer.json()).toEqual({ up: 0, down: 1, mine: 'down' })
  await other.stop()
})

test('killed in the middle of a stream of votes and comments, all that was answered is there', async ({
  databaseUrl,
}) => {
  const site = await startSite(databaseUrl)
  let votes = 0
  const comments: string[] = []
  const streams = Array.from({ length: 8 }, async (_, i) => {
    for (;;) {
      const answer = await (
        i % 2
          ? post(site.origin, '/api/votes', { vote: 'up' })
          : post(site.origin, '/api/comments', { name: 'Ann', text: 'x', key: crypto.randomUUID() })
      ).catch(() => undefined)
      if (!answer) return
      if (answer.status === 200) votes++
      if (answer.status === 201) comments.push(answer.body.id!)
      if (votes > 100 && comments.length > 100) site.process.kill('SIGKILL')
    }
  })
  await Promise.all(streams)
  await site.stop()

  const again = await startSite(databaseUrl)
  const { up } = (await tally(again.origin)) as { up: number }
  expect(up).toBeGreaterThanOrEqual(votes)
  // Each of the four streams may have had one vote kept whose answer was cut off.
  expect(up).toBeLessThanOrEqual(votes + 4)
  const kept = new Set<string>()
  for (let after = ''; ;) {
    const page = (await (await fetch(`${again.origin}/api/comments${after}`)).json()) as {
      comments: { id: string }[]
      next: string | null
    }
    for (const { id } of page.comments) kept.add(id)
    if (!page.next) break
    after = `?after=${page.next}`
  }
  expect(comments.filter((id) => !kept.has(id))).toEqual([])
  expect(kept.size).toBeLessThanOrEqual(comments.length + 4)
  await again.stop()
})

test('what is not there, and what is not taken, is told by status', async ({ site }) => {
  const asked = async (path: string, options?: RequestInit) => {
    const response = await fetch(site.origin + path, options)
    return [response.status, response.headers.get('allow'), await response.text()] as const
  }
  for (const path of [
    '/nowhere',
    '/comments?page=x',
    '/comments?after=%00',
    `/comments?page=${crypto.randomUUID()}`,
  ]) {
    const [status, , body] = await asked(path)
    expect(status, path).toBe(404)
    expect(body, path).toContain('Page not found')
  }
  const slash = await fetch(`${site.origin}/comments/?sort=best`, { redirect: 'manual' })
  expect([slash.status, slash.headers.get('location')]).toEqual([308, '/comments?sort=best'])
  // Browsers would take these for another site's address.
  for (const path of ['//example.org/', '/\\example.org/', '///example.org//']) {
    const [answer] = await once(get(site.origin, { path }), 'response')
    answer.resume()
    expect([answer.statusCode, answer.headers.location], path).toEqual([404, undefined])
  }
  const [status, , body] = await asked('/api/nowhere')
  expect([status, JSON.parse(body).error.code]).toEqual([404, 'not_found'])
  for (const [path, allow] of [
    ['/api/votes', 'GET, POST'],
    ['/comments', 'GET, HEAD'],
    ['/', 'GET, HEAD'],
  ] as const) {
    const [status, allowed, body] = await asked(path, { method: 'DELETE' })
    expect([status, allowed], path).toEqual([405, allow])
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'method_not_allowed' } })
  }
})

test('odd requests are answered, and the server goes on', async ({ site }) => {
  const { port } = new URL(site.origin)
  const ask = (head: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(`${head}\r\nConnection: close\r\n\r\n`),
      )
      let answer = ''
      socket
        .on('data', (data) => (answer += data))
        .on('end', () => resolve(answer.slice(0, 'HTTP/1.1 200'.length)))
      socket.on('error', reject)
    })
  await fetch(`${site.origin}/comments`)
  expect(await ask('GET /api/health HTTP/1.1\r\nHost: a b')).toBe('HTTP/1.1 400')
  expect(await ask('GET /api/health HTTP/1.0')).toBe('HTTP/1.1 200')
  expect(await ask('TRACE /api/votes HTTP/1.1\r\nHost: a')).toBe('HTTP/1.1 405')
  expect(await ask(`GET http://127.0.0.1:${port}/api/health HTTP/1.1\r\nHost: a`)).toBe(
    'HTTP/1.1 200',
  )
  expect(await ask('GET * HTTP/1.1\r\nHost: a')).toBe('HTTP/1.1 404')
  expect(await ask('GET /../../package.json HTTP/1.1\r\nHost: a')).toBe('HTTP/1.1 404')
  expect(await ask('GET /api/health HTTP/1.1\r\nHost: a\r\nExpect: a-miracle')).toBe('HTTP/1.1 200')
  const upgrade = 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nHost: a'
  expect(await ask(`GET /api/health HTTP/1.1\r\n${upgrade}`)).toBe('HTTP/1.1 200')
})

test('what is no request is refused with the policy, too', async ({ site }) => {
  const { port } = new URL(site.origin)
  for (const [sent, status] of [
    ['nonsense\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    [`GET /${'x'.repeat(20_000)} HTTP/1.1\r\n`, 'HTTP/1.1 431'],
  ] as const) {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(sent))
    const answer = await text(socket)
    expect(answer.startsWith(status)).toBe(true)
    expect(answer).toContain("content-security-policy: default-src 'none'")
  }
})

test('who is refused while sending reads the answer, and may go on until it is told', async ({
  site,
}) => {
  const { port } = new URL(site.origin)
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true })
  const failed: Error[] = []
  let answer = ''
  socket.on('error', (error) => failed.push(error)).on('data', (data) => (answer += data))
  socket.write(
    `POST /api/comments HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nSec-Fetch-Site: same-origin\r\n` +
      'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 400000\r\n\r\n',
  )
  await once(socket, 'end')
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*The limit is 64 KB\./)
  for (let part = 0; part < 4; part++)
    await new Promise((written) => socket.write('x'.repeat(50_000), written))
  socket.end()
  await once(socket, 'close')
  expect(failed).toEqual([])
})

test('a form in another charset than UTF-8 is refused, and nothing of it is shown', async ({
  site,
}) => {
  const answer = await fetch(`${site.origin}/api/comments`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset="ISO-8859-1"',
      ...OWN_PAGE,
    },
    body: 'name=Zo%EB&text=caf%E9',
  })
  expect(answer.status).toBe(415)
  expect(await answer.text()).toBe('Send it in UTF-8.')
})

for (const [coding, status, sentence] of [
  ['identity', 413, 'That is too long. The limit is 64 KB.'],
  ['gzip', 415, 'Send it uncompressed.'],
] as const)
  test(`a form of any size is refused without being kept in memory: ${coding}`, async ({
    site,
  }) => {
    // What was most begins anew here: https://www.kernel.org/doc/html/latest/filesystems/proc.html
    await writeFile(`/proc/${site.process.pid}/clear_refs`, '5')
    const before = await memoryOf(site)
    const request = httpRequest(`${site.origin}/api/comments`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-encoding': coding,
        ...OWN_PAGE,
      },
    })
    request.on('error', () => {})
    const answered = once(request, 'response') as Promise<[IncomingMessage]>
    const megabyte = Buffer.alloc(1_000_000, 'x')
    let sent = 0
    const send = () => {
      while (sent++ < 200) if (!request.write(megabyte)) return void request.once('drain', send)
    }
    send()
    const [response] = await answered
    expect(response.statusCode).toBe(status)
    expect(await text(response)).toContain(sentence)
    request.destroy()
    expect((await memoryOf(site)).peak - before.now).toBeLessThan(150)
    expect((await fetch(`${site.origin}/api/health`)).status).toBe(200)
  })

test('a page and a form are answered with 503 and what was typed while the data cannot be read', async ({
  site,
  databaseUrl,
}) => {
  await fetch(`${site.origin}/comments`)
  const file = new DatabaseSync(databaseUrl.slice('file:'.length))
  file.exec('alter table comments rename to gone')
  const page = () => fetch(`${site.origin}/comments`)
  // What readers without a cookie share is a second old at most.
  await expect.poll(async () => (await page()).status).toBe(503)
  expect(await (await page()).text()).toContain('Votes and comments are not available right now')
  const form = await fetch(`${site.origin}/api/comments`, {
    method: 'POST',
    headers: OWN_PAGE,
    body: new URLSearchParams({ name: 'Ann', text: 'These very words' }),
  })
  expect(form.status).toBe(503)
  expect(await form.text()).toContain('These very words')
  expect((await fetch(site.origin)).status).toBe(200)
  file.exec('alter table gone rename to comments')
  file.close()
  await expect.poll(async () => (await page()).status).toBe(200)
})

test('another process’s long transaction does not keep the story from its readers', async ({
  site,
  databaseUrl,
}) => {
  const file = new DatabaseSync(databaseUrl.slice('file:'.length))
  file.exec('begin immediate')
  const vote = post(site.origin, '/api/votes', { vote: 'up' })
  let votedFirst = false
  void vote.then(() => (votedFirst = true))
  // Few: a vote is refused when it has waited for the store's patience.
  for (let i = 0; i < 5; i++) expect((await fetch(site.origin)).status).toBe(200)
  expect(votedFirst).toBe(false)
  file.exec('rollback')
  file.close()
  expect((await vote).body.mine).toBe('up')
})

test('npm start passes a stop on to the server', async ({ databaseUrl }) => {
  const site = await startSite(databaseUrl, {}, ['npm', 'start', '--silent', '--ignore-scripts'])
  expect((await fetch(site.origin)).status).toBe(200)
  await site.stop()
  const answer = () =>
    fetch(site.origin).then(
      () => 'served',
      () => 'gone',
    )
  await expect.poll(answer).toBe('gone')
})

test('a stalled request does not keep the server from stopping', async ({ databaseUrl }) => {
  const site = await startSite(databaseUrl)
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => {})
  socket.write(
    'POST /api/votes HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n{',
  )
  await fetch(`${site.origin}/api/health`)
  await site.stop()
  expect(site.process.exitCode).toBe(0)
})

test('a refused form handed in by a header is not shown', async ({ site }) => {
  const forged = encodeURIComponent(
    JSON.stringify({ values: { name: 'forged' }, message: 'forged', fields: {} }),
  )
  const response = await fetch(`${site.origin}/comments`, {
    headers: { 'x-broadside-refused-form': forged },
  })
  expect(await response.text()).not.toContain('forged')
})

test('clients that send nothing, or half of it, are let go, and others are served meanwhile', async ({
  site,
}) => {
  const port = Number(new URL(site.origin).port)
  const halves = ['', 'GET / HTTP/1.1\r\nHost: a\r\n', 'GET']
  const slow = await Promise.all(
    Array.from({ length: 300 }, async (_, i) => {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      socket.on('error', () => {})
      socket.write(halves[i % 3]!)
      return { closed: once(socket.resume(), 'close') }
    }),
  )
  for (let i = 0; i < 20; i++) expect((await fetch(site.origin)).status).toBe(200)
  expect((await post(site.origin, '/api/votes', { vote: 'up' })).status).toBe(200)
  await Promise.all(slow.map(({ closed }) => closed))
  expect((await fetch(`${site.origin}/api/health`)).status).toBe(200)
})

test('a request that is running when the server is told to stop is answered', async ({
  databaseUrl,
}) => {
  const site = await startSite(databaseUrl)
  const request = httpRequest(`${site.origin}/api/votes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 13, ...OWN_PAGE },
  })
  const answered = once(request, 'response') as Promise<[IncomingMessage]>
  request.write('{"vote":')
  await fetch(`${site.origin}/api/health`)
  const stopped = site.stop()
  await expect
    .poll(() =>
      fetch(site.origin).then(
        () => 'taken',
        () => 'refused',
      ),
    )
    .toBe('refused')
  request.end('"up"}')
  const [response] = await answered
  expect(response.statusCode).toBe(200)
  response.resume()
  await stopped
  expect(site.process.exitCode).toBe(0)
  const again = await startSite(databaseUrl)
  expect(await tally(again.origin)).toMatchObject({ up: 1 })
  await again.stop()
})

test('as many workers as WEB_CONCURRENCY says share the port, and one that dies is replaced', async ({
  databaseUrl,
}) => {
  const site = await startSite(databaseUrl, { WEB_CONCURRENCY: '2' })
  const children = async () => {
    const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
    const stats = await Promise.all(
      processes.map((id) => readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')),
    )
    // After the name in parentheses: state, then the parent's id.
    return stats
      .filter((stat) => Number(stat.split(') ')[1]?.split(' ')[1]) === site.process.pid)
      .map((stat) => Number(stat.split(' ')[0]))
  }
  const serving = () => site.log.filter((line) => line.includes('is running')).length
  await expect.poll(serving).toBe(2)
  const before = await children()
  await Promise.all(
    Array.from({ length: 20 }, () => post(site.origin, '/api/votes', { vote: 'up' })),
  )
  process.kill(before[0]!, 'SIGKILL')
  await expect
    .poll(async () => (await children()).filter((id) => !before.includes(id)).length)
    .toBe(1)
  expect(await tally(site.origin)).toMatchObject({ up: 20 })
  await site.stop()
  expect(site.process.exitCode).toBe(0)
})

test.describe('a start that cannot be', () => {
  for (const [what, env, sentence] of [
    [
      'a wrong store',
      { DATABASE_URL: 'mysql://user:secret@host' },
      'DATABASE_URL must be file: with a path',
    ],
    [
      'a store that cannot be opened',
      { DATABASE_URL: 'file:/dev/null/x' },
      'DATABASE_URL: the SQLite file cannot be opened',
    ],
    [
      'a wrong port and a wrong number of workers',
      { PORT: 'x', WEB_CONCURRENCY: '0' },
      'PORT must be a whole number from 0 to 65535, found "x"; WEB_CONCURRENCY',
    ],
    [
      'a secret that is too short',
      { READER_SECRET: 'short' },
      'READER_SECRET must have at least 32 characters',
    ],
  ] as const)
    test(`says why: ${what}`, async ({ databaseUrl }) => {
      const { status, stderr } = runServer({ DATABASE_URL: databaseUrl, ...env })
      expect(status).toBe(1)
      expect(stderr).toContain(`Broadside cannot start: ${sentence}`)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).not.toContain('secret@')
    })

  test('says why once, and ends, with workers as well', async ({ databaseUrl }) => {
    const { status, stderr } = runServer({
      DATABASE_URL: databaseUrl,
      READER_SECRET: 'short',
      WEB_CONCURRENCY: '3',
    })
    expect(status).toBe(1)
    expect(stderr.match(/Broadside cannot start/g)).toHaveLength(1)
  })

  test('says why: a build that did not end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'broadside-unbuilt-'))
    const { status, stderr } = runServer({}, folder)
    await rm(folder, { recursive: true })
    expect(status).toBe(1)
    expect(stderr).toBe('Broadside cannot start: the build is incomplete; run "npm run build"\n')
  })

  test('says why: a port that is taken', async ({ site, databaseUrl }) => {
    const { port } = new URL(site.origin)
    const { status, stderr } = runServer({ DATABASE_URL: databaseUrl, PORT: port })
    expect(status).toBe(1)
    expect(stderr).toContain(
      `Broadside cannot listen on port ${port}: another program is using it; set PORT or HOST`,
    )
  })
})

function runServer(env: Record<string, string>, cwd = '.') {
  return spawnSync(process.execPath, [resolve(SERVER)], {
    cwd,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      DRAIN_SECONDS: '0',
      ...env,
    },
    encoding: 'utf8',
  })
}

test('the address after a vote is kept by no cache, whoever asks', async ({ site }) => {
  const stranger = await fetch(`${site.origin}/?voted`, { redirect: 'manual' })
  expect([stranger.status, stranger.headers.get('location')]).toEqual([307, '/'])
  expect(stranger.headers.get('cache-control')).toBe('no-store')
  const vote = await fetch(`${site.origin}/api/votes`, {
    method: 'POST',
    headers: OWN_PAGE,
    body: new URLSearchParams({ vote: 'up' }),
    redirect: 'manual',
  })
  const cookie = vote.headers.get('set-cookie')!.split(';')[0]!
  const voter = await fetch(`${site.origin}/?voted`, { headers: { cookie } })
  expect(voter.headers.get('cache-control')).toBe('no-store')
  expect(await voter.text()).toContain('aria-pressed="true"')
})
