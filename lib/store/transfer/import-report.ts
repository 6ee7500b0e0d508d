import type { RecordType } from '#lib/records.ts'

/** What came of an import. */
export class ImportReport {
  readonly added = new Map<RecordType, number>()
  /** What was there already. */
  readonly known = new Map<RecordType, number>()
  /** How many were left out, by the reason. */
  readonly leftOut = new Map<string, number>()
  /** How many stand elsewhere than in the file, by the reason. */
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
