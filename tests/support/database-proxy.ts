import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands between a site and its database, and lets the database hang. */
export type DatabaseProxy = {
  /** The address of the database through the proxy. */
  url: string
  /** Passes nothing on from now on; connections stay open. */
  hang: () => void
  /** Hangs as soon as the site has sent a text: that is passed on, and the answer to it is not. */
  hangAfter: (text: string) => void
  /** Passes on what was held back, and all that follows. */
  resume: () => void
  stop: () => void
}

/** @param target `postgres://…` */
export async function startDatabaseProxy(target: string): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isHanging = false
  let last: string | undefined
  const each = (what: 'pause' | 'resume' | 'destroy') => sockets.forEach((socket) => socket[what]())
  const hang = () => {
    isHanging = true
    each('pause')
  }
  const pass = (from: Socket, to: Socket, onChunk?: (chunk: string | Buffer) => void) => {
    sockets.add(from)
    from.on('data', (chunk) => {
      to.write(chunk)
      onChunk?.(chunk)
    })
    from.on('end', () => to.end())
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
    if (isHanging) from.pause()
  }
  const server = createServer((site) => {
    const database = connect(Number(port), hostname)
    pass(site, database, (chunk) => {
      if (last !== undefined && chunk.includes(last)) hang()
    })
    pass(database, site)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(target)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    hang,
    hangAfter: (text) => void (last = text),
    resume: () => {
      isHanging = false
      last = undefined
      each('resume')
    },
    stop: () => {
      each('destroy')
      server.close()
    },
  }
}
