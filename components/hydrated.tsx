'use client'

import { useEffect } from 'react'
import { allowOwnScripts } from '#lib/trusted-types.ts'

/** Tells the page's loader that React answers from here on. */
export function Hydrated() {
  useEffect(() => {
    allowOwnScripts()
    window.dispatchEvent(new Event('hydrated'))
  }, [])
  return null
}
