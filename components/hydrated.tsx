'use client'

import { useEffect } from 'react'

/** Tells the page's loader that React answers from here on. */
export function Hydrated() {
  useEffect(() => {
    window.dispatchEvent(new Event('hydrated'))
  }, [])
  return null
}
