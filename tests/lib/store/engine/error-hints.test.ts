import { expect, test } from 'vitest'
import { errorHint } from '#lib/store/engine/error-hints.ts'

test.each([
  [{ code: 'ECONNREFUSED' }, /check that the database is running/],
  [{ message: 'timeout exceeded when trying to connect' }, /check that the database is running/],
  [
    { message: 'Connection terminated due to connection timeout' },
    /check that the database is running/,
  ],
  [{ code: 'ENOTFOUND' }, /check its spelling/],
  [{ code: 'EACCES' }, /read and write access to it and its folder/],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 1544 }, /read and write access to it and its folder/],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 4874, message: 'disk I/O error' }, /make room/],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 13 }, /make room/],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 5, message: 'database is locked' }, /^$/],
  [{ code: '28P01', message: 'password authentication failed' }, /^$/],
  [{ code: '57014', message: 'canceling statement due to statement timeout' }, /^$/],
])('of %j a host is told what to do, where there is something to do', (error, hint) => {
  expect(errorHint(Object.assign(new Error(), error))).toMatch(hint)
})
