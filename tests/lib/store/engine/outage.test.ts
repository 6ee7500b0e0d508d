import { expect, test } from 'vitest'
import { openingError } from '#lib/store/engine/error-hints.ts'
import { describeOutage } from '#lib/store/engine/outage.ts'
import { isUnavailable, mayComeBack } from '#lib/store/engine/unavailable.ts'

const SECRETS = 'at 10.0.0.5:5432 of broadside in /var/lib'

test.each([
  [{ code: 'ECONNREFUSED' }, 'The database cannot be reached.', true],
  [{ code: 'ENOTFOUND' }, 'The database cannot be reached.', true],
  [{ message: 'timeout exceeded when trying to connect' }, /in time/, true],
  [{ code: '57P03' }, 'The database is starting or stopping.', true],
  [{ code: '53300' }, /Too many/, true],
  [{ code: '53100' }, 'The database’s disk is full.', true],
  [{ code: '25006' }, 'The database is read-only.', true],
  [{ code: 'ENOENT' }, 'The database file is missing.', true],
  [{ code: 'EACCES' }, 'The database is read-only.', true],
  [{ errcode: 10 | (3 << 8) }, 'The database’s disk is failing.', true],
  [{ errcode: 13 }, 'The database’s disk is full.', true],
  [{ errcode: 11 }, 'The database is damaged.', true],
  [{ errcode: 26 }, 'The database is damaged.', false],
  [{ code: '28P01' }, 'The database rejects the user name or password.', false],
  [{ code: '3D000' }, 'The database does not exist.', false],
  [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, /see the log/, false],
  [{ code: 'EISDIR' }, /./, false],
  [{ message: 'its tables were made by a newer Broadside' }, /see the log/, false],
])(
  'of a store that fails with %j is told why, and whether it may come back',
  (fields, sentence, back) => {
    const cause = Object.assign(new Error(SECRETS), fields)
    const error = openingError('postgres', cause)
    expect(describeOutage(error)).toMatch(sentence)
    expect(describeOutage(error)).not.toMatch(/10\.0|broadside|var/)
    expect(isUnavailable(error)).toBe(true)
    expect(mayComeBack(error)).toBe(back)
  },
)
