import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'

/**
 * The least that could keep a write: `node:http`, one insert, and one commit for those that arrive
 * in a turn of the event loop. No cookie, no check, no tally.
 */
const file = new DatabaseSync(process.env.BENCH_FILE!)
file.exec(
  'pragma journal_mode = wal; pragma synchronous = full; create table writes (id integer primary key, body text)',
)
const insert = file.prepare('insert into writes (body) values (?)')
let waiting: (() => void)[] = []

createServer((request, response) => {
  if (request.method === 'GET') return void response.end('ready')
  let body = ''
  request.setEncoding('utf8').on('data', (part) => (body += part))
  request.on('end', () => {
    if (waiting.length === 0) {
      file.exec('begin')
      setImmediate(commit)
    }
    insert.run(body)
    waiting.push(() => response.setHeader('content-type', 'application/json').end('{"ok":true}'))
  })
}).listen(Number(process.env.PORT), '127.0.0.1')

function commit(): void {
  file.exec('commit')
  const answered = waiting
  waiting = []
  for (const answer of answered) answer()
}
process.once('SIGTERM', () => process.exit(0))
