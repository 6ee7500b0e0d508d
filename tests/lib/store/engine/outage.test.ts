import { expect, test } from 'vitest'
import { openingError } from '#lib/store/engine/error-hints.ts'
import { describeOutage } from '#lib/store/engine/outage.ts'
import { isUnavailable, mayComeBack } from '#lib/store/engine/unavailable.ts'

const SECRETS = 'at 10.0.0.5:5432 of broadside in /var/lib'

test.each([
  [{ code: 'ECONNREFUSED' }, 'The database cannot be reached.', true],
  [{ code: 'ENOTFOUND' }, 'The database cannot be reached.', true],
  [{ message: 'timeout exceeded when trying to connect' }, /in time/, true],
  [{ code: '57P03' }, 'The database starts or stops.', true],
  [{ code: '53300' }, /Too many/, true],
  [{ code: '53100' }, 'The disk of the data is full.', true],
  [{ code: '25006' }, 'The data cannot be written.', true],
  [{ code: 'ENOENT' }, 'The file of the data is not there.', true],
  [{ code: 'EACCES' }, 'The data cannot be written.', true],
  [{ errcode: 10 | (3 << 8) }, 'The disk of the data fails.', true],
  [{ errcode: 13 }, 'The disk of the data is full.', true],
  [{ errcode: 11 }, 'The data is damaged.', true],
  [{ errcode: 26 }, 'The data is damaged.', false],
  [{ code: '28P01' }, 'The database refuses the sign-in.', false],
  [{ code: '3D000' }, 'There is no such database.', false],
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
