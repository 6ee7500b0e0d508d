import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

/** The least that can answer with a page: `node:http`, the bytes in BENCH_FILE, and their length. */
const content = readFileSync(process.env.BENCH_FILE!)
const headers = {
  'content-encoding': 'br',
  'content-length': content.length,
  'content-type': 'text/html; charset=utf-8',
}
createServer((_, response) => response.writeHead(200, headers).end(content)).listen(
  Number(process.env.PORT),
  '127.0.0.1',
)
process.once('SIGTERM', () => process.exit(0))
