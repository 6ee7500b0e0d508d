import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDestination } from '#lib/logging/log.ts'

test('lines that a full disk does not take wait in bounded memory', () => {
  const destination = openDestination({ dest: '/dev/full' })
  let dropped = 0
  destination.on('drop', () => dropped++)
  for (let line = 0; line < 200; line++) destination.write('x'.repeat(10_000))
  expect(dropped).toBe(100)
})

/** Opens a destination that writes a file by another thread, as the access log does. */
async function openFile(minLength = 0) {
  const path = join(await mkdtemp(join(tmpdir(), 'log-')), 'log')
  const destination = openDestination({ dest: path, sync: false, minLength })
  await once(destination, 'ready')
  return { destination, read: () => readFile(path, 'utf8') }
}

test('what waits at the exit is written', async () => {
  const { destination, read } = await openFile(1_000)
  destination.write('é\n')
  destination.write('ü\n')
  expect(await read()).toBe('')
  destination.flushSync()
  expect(await read()).toBe('é\nü\n')
})

test('what is being written at the exit is not written again', async () => {
  const { destination, read } = await openFile()
  destination.write('a\n')
  destination.write('b\n')
  destination.flushSync()
  await once(destination, 'drain')
  expect((await read()).match(/a/g)).toHaveLength(1)
})

/** Runs a process that ends while more lines wait than a pipe takes. */
function endWithLines(options: object = {}) {
  const code = `
    import { openDestination } from '#lib/logging/log.ts'
    // Makes the pipe one that does not block.
    process.stdout
    const destination = openDestination(${JSON.stringify({ sync: false, ...options })})
    for (let i = 0; i < 1_000; i++) destination.write('${'x'.repeat(500)}\\n')
    setTimeout(() => process.exit(0), 50)`
  return spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

test.each([
  ['reads nothing', false],
  ['has gone', true],
])('a reader of the log that %s keeps no process from its exit', async (_, gone) => {
  const child = endWithLines()
  if (gone) child.stdout.destroy()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a full disk keeps no process from its exit', async () => {
  expect(await once(endWithLines({ dest: '/dev/full' }), 'exit')).toEqual([0, null])
})
