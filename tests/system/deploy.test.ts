// Tests deploy/
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { validate } from 'dockerfile-utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { VARIABLES } from '#lib/doctor/check-settings.ts'
import { isUnencrypted } from '#lib/store/engine/postgres-tls.ts'
import { eventsOf } from '#tests/support/events.ts'
import { startNginx } from '#tests/support/nginx.ts'
import { OWN_PAGE, SERVER, type Site, startSite } from '#tests/support/start-site.ts'
import { type TestDatabase, makePostgres, makeSqlite } from '#tests/support/stores.ts'

const read = (name: string) => readFileSync(`deploy/${name}`, 'utf8')
/** The number after a name in a text, such as `TimeoutStopSec=15`. */
const numberOf = (name: string, text: string) =>
  Number(text.match(new RegExp(`\\b${name}\\W+([\\d_]+)`))![1]!.replaceAll('_', ''))
/** In seconds. */
const ofServer = (name: string, file = 'server.ts') =>
  numberOf(name, readFileSync(file, 'utf8')) / 1_000
/** In seconds, too. */
const ofStop = (name: string) => ofServer(name, 'lib/server/stop-server.ts')
/** Set for Node, or by Caddy and PostgreSQL themselves. */
const OTHERS = ['NODE_ENV', 'SITE', 'UPSTREAMS', 'POSTGRES_USER', 'POSTGRES_PASSWORD']

describe('the files in deploy/', () => {
  type Service = {
    build?: { args: Record<string, string> }
    environment?: Record<string, string>
    volumes?: string[]
    networks?: string[]
    depends_on?: object
    logging?: { driver: string; options: Record<string, string> }
    read_only?: boolean
    restart?: string
    cap_drop?: string[]
    stop_grace_period?: string
  }
  type Compose = { services: Record<string, Service>; volumes: object; networks: object }

  test('start what npm start does, and so do tests and benchmarks', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: { start: string }
    }
    const [, options, file] = scripts.start.match(/node (\S+) (\S+)$/)!
    expect(file).toBe(SERVER)
    expect(read('Dockerfile')).toContain(`CMD ["node", "${options}", "${file}"]`)
    expect(read('broadside.service')).toContain(`node ${options} ${file}\n`)
    expect(readFileSync('bench/servers.ts', 'utf8')).toContain(`['${options}', '${file}']`)
  })

  test.each(['compose.yaml', 'compose.postgres.yaml'])('%s names what there is', (name) => {
    const { services, volumes, networks } = parse(read(name), { merge: true }) as Compose
    const instances = Object.entries(services).filter(([, one]) => one.environment?.SITE_URL)
    const upstreams = services.caddy!.environment!.UPSTREAMS!.split(' ')
    expect(upstreams).toEqual(instances.map(([service]) => `${service}:3000`))
    for (const service of Object.values(services)) {
      // Docker keeps every line for good unless it is told otherwise.
      expect(service.logging).toEqual({
        driver: 'local',
        options: { 'max-size': expect.stringMatching(/^\d+m$/), 'max-file': expect.any(String) },
      })
      for (const variable of Object.keys(service.environment ?? {}))
        expect([...Object.keys(VARIABLES), ...OTHERS]).toContain(variable)
      for (const needed of Object.keys(service.depends_on ?? {}))
        expect(services).toHaveProperty(needed)
      for (const network of service.networks ?? []) expect(networks).toHaveProperty(network)
      for (const [source] of (service.volumes ?? []).map((volume) => volume.split(':')))
        if (!source!.startsWith('.')) expect(volumes).toHaveProperty(source!)
        else expect(read(source!)).not.toBe('')
    }
    for (const [, { environment, build, ...rest }] of instances) {
      expect(rest).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
      expect(parseInt(rest.stop_grace_period!)).toBeGreaterThan(ofStop('SHUTDOWN_TIMEOUT'))
      expect(JSON.stringify(networks)).toContain(environment!.TRUSTED_PROXIES)
      // One image serves under any address: that is a setting of the start.
      expect(build!.args).not.toHaveProperty('SITE_URL')
    }
  })

  test('instances reach their PostgreSQL without being told that it is not encrypted', () => {
    const { services } = parse(read('compose.postgres.yaml'), { merge: true }) as Compose
    const url = services.first!.environment!.DATABASE_URL!.replace(/\${.*}/, 'password')
    expect(isUnencrypted(url, { mode: undefined, rootCertificate: undefined })).toBe(false)
  })

  test('the image runs as nobody in particular, and names only settings there are', () => {
    expect(validate(read('Dockerfile'))).toEqual([])
    expect(read('Dockerfile')).toMatch(/^HEALTHCHECK .*CMD \["node".*check=live/m)
    const lines = read('Dockerfile').split('\n')
    expect(read('Dockerfile')).not.toContain('SITE_URL')
    const set = lines
      .filter((line) => line.startsWith('ENV '))
      .flatMap((line) => line.match(/[A-Z_]+(?==)/g))
    for (const variable of set) expect([...Object.keys(VARIABLES), ...OTHERS]).toContain(variable)
    expect(lines.findIndex((line) => line === 'USER node')).toBeGreaterThan(0)
    // Of any folder: compose reads its own from deploy/.env.
    expect(readFileSync('.dockerignore', 'utf8')).toMatch(/^\*\*\/\.env\*$/m)
  })

  test.each(['127.0.0.1', '::1', '[::1]', '::'])(
    'the image is healthy where HOST is %s, until its server stops',
    async (HOST) => {
      const line = read('Dockerfile').match(/^HEALTHCHECK .*CMD (\[.*\])$/m)![1]!
      const [, ...args] = JSON.parse(line) as string[]
      const place = await makeSqlite()
      const site = await startSite(place.url, { HOST })
      const check = () =>
        new Promise<number>((resolve) => {
          const env = { ...process.env, HOST, PORT: new URL(site.origin).port }
          spawn(process.execPath, args, { env }).once('exit', (code) => resolve(code!))
        })
      expect(await check()).toBe(0)
      expect((await fetch(site.origin)).status).toBe(200)
      await site.stop()
      expect(await check()).toBe(1)
      await place.remove()
    },
  )

  test('the service of systemd ends in time, and names only settings there are', () => {
    const patience = numberOf('TimeoutStopSec', read('broadside.service'))
    expect(patience).toBeGreaterThan(ofStop('SHUTDOWN_TIMEOUT'))
    const set = read('broadside.service')
      .match(/^Environment=(.*)$/m)![1]!
      .match(/[A-Z_]+(?==)/g)!
    for (const variable of set) expect([...Object.keys(VARIABLES), ...OTHERS]).toContain(variable)
  })

  test('nothing gives a site up that waits for its database, or for a setting to be mended', () => {
    expect(read('broadside.service')).toMatch(/^\[Unit\][^[]*^StartLimitIntervalSec=0$/m)
    expect(read('broadside.service')).toMatch(/^Restart=always$/m)
    for (const name of ['compose.yaml', 'compose.postgres.yaml']) {
      const { services } = parse(read(name), { merge: true }) as Compose
      for (const { environment, restart, depends_on = {} } of Object.values(services)) {
        expect(restart).toBe('unless-stopped')
        if (environment?.SITE_URL) expect(JSON.stringify(depends_on)).not.toContain('healthy')
      }
    }
  })

  test('the server is started with the same arguments everywhere', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>
    }
    const [, args] = scripts.start!.match(/exec node (.*)$/)!
    expect(read('broadside.service')).toMatch(new RegExp(`^ExecStart=/.*/node ${args}$`, 'm'))
    const command = read('Dockerfile').match(/^CMD (.*)$/m)![1]!
    expect(JSON.parse(command)).toEqual(['node', ...args!.split(' ')])
  })

  test('nginx keeps the story where every system has a folder for that', () => {
    // It makes the last folder of the path, and no other; /var/cache/nginx is not everywhere.
    expect(read('nginx.conf')).toMatch(/^proxy_cache_path \/var\/cache\/[^/\s]+ /m)
  })

  test.each([
    ['nginx.conf', 'keepalive_timeout'],
    ['Caddyfile', 'keepalive'],
  ])('%s ends idle connections before a server does that stops', (name, setting) => {
    const [, milliseconds] = read(name).match(new RegExp(`^\\s*${setting} (\\d+)ms;?$`, 'm'))!
    expect(Number(milliseconds)).toBeLessThan(ofStop('KEPT_FOR') * 1_000)
  })
})

/** One after the other in the long form. */
const STORES = [
  ['SQLite', makeSqlite],
  ['PostgreSQL', makePostgres],
] as const

describe.each(process.env.LONG ? STORES : STORES.slice(0, 1))(
  'two instances on %s, behind nginx',
  (_, makePlace) => {
    let place: TestDatabase
    let sites: [Site, Site]
    let nginx: Awaited<ReturnType<typeof startNginx>>
    const settings = {
      TRUSTED_PROXIES: '127.0.0.1',
      MODERATOR_PASSWORD: 'correct horse battery staple',
      VOTES_PER_MINUTE: '6',
    }
    beforeAll(async () => {
      place = await makePlace()
      const start = () => startSite(place.url, settings)
      sites = await Promise.all([start(), start()])
      nginx = await startNginx([sites[0].origin, sites[1].origin])
    })
    afterAll(async () => {
      await nginx.stop()
      await Promise.all(sites.map((site) => site.stop()))
      await place.remove()
    })
    const post = (path: string, body: object, headers: Record<string, string> = {}) =>
      fetch(nginx.origin + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...OWN_PAGE, ...headers },
        body: JSON.stringify(body),
      })
    const form = (path: string, fields: Record<string, string>, headers = {}) =>
      fetch(nginx.origin + path, {
        method: 'POST',
        headers: { ...OWN_PAGE, ...headers },
        body: new URLSearchParams(fields),
        redirect: 'manual',
      })
    const cookieOf = (answer: Response) => answer.headers.get('set-cookie')!.split(';')[0]!

    test('a reader’s vote, and the limit of them, are the same at both', async () => {
      const cookie = cookieOf(await post('/api/votes', { vote: 'up' }))
      const statuses: number[] = []
      for (let i = 0; i < 8; i++)
        statuses.push(
          (await post('/api/votes', { vote: i % 2 ? 'up' : 'down' }, { cookie })).status,
        )
      // Setting what is set already is no change.
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 200, 429])
      const seen = await Promise.all(
        [0, 1, 2, 3].map(async () =>
          (await fetch(`${nginx.origin}/api/votes`, { headers: { cookie } })).json(),
        ),
      )
      expect(new Set(seen.map((tally) => JSON.stringify(tally))).size).toBe(1)
      const ids = sites.map(({ log }) => log.length)
      expect(Math.min(...ids)).toBeGreaterThan(0)
    })

    test('a key is one comment, its writer edits it, and who listens hears of it, at both', async () => {
      const comment = { name: 'Ann', text: 'Once', key: crypto.randomUUID() }
      const listening = new AbortController()
      const events = await Promise.all(
        [0, 1].map(() => fetch(`${nginx.origin}/api/live`, { signal: listening.signal })),
      )
      const heard = events.map((answer) => eventsOf(answer))
      const first = await post('/api/comments', comment)
      const { id } = (await first.json()) as { id: string }
      const cookie = cookieOf(first)
      const again = await post('/api/comments', comment, { cookie })
      expect(((await again.json()) as { id: string }).id).toBe(id)
      for (const text of ['Twice', 'Thrice']) {
        const edited = await fetch(`${nginx.origin}/api/comments/${id}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json', cookie, ...OWN_PAGE },
          body: JSON.stringify({ text }),
        })
        expect(edited.status).toBe(200)
      }
      for (const stream of heard)
        for await (const event of stream) if (JSON.stringify(event).includes('Thrice')) break
      listening.abort()
      // What was typed is shown again by whichever instance refuses it.
      const refused = await form('/api/comments', { name: '', text: 'These very words' })
      expect([refused.status, await refused.text()]).toEqual([
        422,
        expect.stringContaining('These very words'),
      ])
    })

    test('who signs in at the desk is signed in at both', async () => {
      const sign = { act: 'sign-in', name: 'Mia', password: settings.MODERATOR_PASSWORD }
      const cookie = cookieOf(await form('/api/moderation/session', sign))
      for (let i = 0; i < 4; i++) {
        const desk = await fetch(`${nginx.origin}/moderation`, { headers: { cookie } })
        expect(await desk.text()).toContain('Mia')
      }
    })

    test('the story is kept by nginx, with its id, and what is missing by nobody', async () => {
      const ask = async (path: string) => (await fetch(nginx.origin + path)).headers.get('x-cache')
      await ask('/')
      expect(await ask('/')).toBe('HIT')
      expect(await ask('/_next/static/of-another-build.js')).toBe('MISS')
      expect(await ask('/_next/static/of-another-build.js')).toBe('MISS')
      expect((await fetch(`${nginx.origin}/metrics`)).status).toBe(404)
    })

    test('the store’s trouble is told with what was typed, and over when it is over', async () => {
      await place.run('alter table tally rename to gone')
      for (let i = 0; i < 4; i++) {
        const answer = await form('/api/comments', { name: 'Ann', text: 'These very words' })
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
        expect(await answer.text()).toContain('These very words')
        expect((await fetch(`${nginx.origin}/api/votes`)).status).toBe(503)
        expect((await fetch(`${nginx.origin}/?reader=${i}`)).status).toBe(200)
      }
      await place.run('alter table gone rename to tally')
      for (let i = 0; i < 4; i++)
        expect((await fetch(`${nginx.origin}/api/votes`)).status).toBe(200)
    })

    test('one that is killed under load loses nothing that was answered', async () => {
      const before = ((await (await fetch(`${nginx.origin}/api/votes`)).json()) as { up: number })
        .up
      let answered = 0
      const broken: number[] = []
      await Promise.all(
        Array.from({ length: 8 }, async (_, worker) => {
          for (let i = 0; i < 40; i++) {
            const { status } = await post('/api/votes', { vote: 'up' })
            if (status === 200) answered++
            else broken.push(status)
            if (worker === 0 && i === 10) sites[0].process.kill('SIGKILL')
            expect((await fetch(`${nginx.origin}/comments.atom`)).status).toBe(200)
          }
        }),
      )
      const after = ((await (await fetch(`${nginx.origin}/api/votes`)).json()) as { up: number }).up
      // What was under way at that moment is told as broken, and may or may not be kept.
      expect(broken.every((status) => status === 502)).toBe(true)
      expect(broken.length).toBeLessThanOrEqual(8)
      expect(after - before).toBeGreaterThanOrEqual(answered)
      expect(after - before).toBeLessThanOrEqual(answered + broken.length)
    })
  },
)
