import { connect } from 'node:net'

/** Run by `live.ts` as a process of its own: ORIGIN COUNT. Says how many listen, and what they heard. */
const [origin, count] = process.argv.slice(2)
const { hostname, port } = new URL(origin!)
const REQUEST = 'GET /api/live HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n'
let listening = 0
let heard = 0
let closed = 0
for (let i = 0; i < Number(count); i++) {
  const socket = connect(Number(port), hostname, () => socket.write(REQUEST))
  let greeted = false
  socket.on('data', (data) => {
    if (!data.includes('data: ')) return
    if (greeted) heard++
    else listening++
    greeted = true
  })
  socket.on('error', () => {})
  socket.on('close', () => closed++)
  // A few at a time: the queue of connections to accept is short.
  if (i % 100 === 99) await new Promise((wait) => setTimeout(wait, 20))
}
const told = setInterval(() => console.log(JSON.stringify({ listening, heard, closed })), 250)
process.stdin.resume().on('end', () => {
  clearInterval(told)
  process.exit()
})
