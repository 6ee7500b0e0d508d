'use client'

import { type ComponentType, useEffect, useState } from 'react'

/** Asks, when the reader is there, whether they were here before: the notice brings its own script. */
export function ReturningReader() {
  const [Notice, setNotice] = useState<ComponentType>()
  useEffect(() => {
    import('#components/changes-since-visit.tsx').then(
      ({ ChangesSinceVisit }) => setNotice(() => ChangesSinceVisit),
      // Without it the story is what it was.
      () => {},
    )
  }, [])
  return Notice && <Notice />
}
