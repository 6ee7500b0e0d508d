import { useState } from 'react'
import { formatPoints } from '#lib/votes.ts'

/**
 * Shows points, which roll when they change: from below when there are more, from above when fewer. Screen
 * readers skip them: they get a sentence.
 */
export function RollingPoints({ points }: { points: number }) {
  const [shown, setShown] = useState({ points, changes: 0, roll: '' })
  if (shown.points !== points) {
    const roll = points > shown.points ? 'roll-up' : 'roll-down'
    setShown({ points, changes: shown.changes + 1, roll })
  }
  return (
    // A new element for each change, so that its animation begins anew.
    <span key={shown.changes} aria-hidden className={shown.roll || undefined}>
      {formatPoints(points)}
    </span>
  )
}
