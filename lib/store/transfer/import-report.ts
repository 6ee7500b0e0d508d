import type { RecordType } from '#lib/records.ts'

/** Counts what an import did with its records. */
export class ImportReport {
  readonly added = new Map<RecordType, number>()
  /** Records that the store had already. */
  readonly known = new Map<RecordType, number>()
  /** Number of records left out, by reason. */
  readonly leftOut = new Map<string, number>()
  /** Number of comments with another parent than in the file, by reason. */
  readonly moved = new Map<string, number>()

  count(type: RecordType, added: number, all: number): void {
    increase(this.added, type, added)
    increase(this.known, type, all - added)
  }

  leaveOut(reason: string): void {
    increase(this.leftOut, reason, 1)
  }

  move(reason: string): void {
    increase(this.moved, reason, 1)
  }
}

function increase<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  if (by > 0) counts.set(key, (counts.get(key) ?? 0) + by)
}
