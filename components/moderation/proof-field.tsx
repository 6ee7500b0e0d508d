'use client'

import { useEffect, useState } from 'react'
import { proveWork } from '#lib/browser/api-client.ts'

/** Adds a proof of work to the form that it stands in, made while the form is being filled in. */
export function ProofField() {
  const [token, setToken] = useState('')
  useEffect(() => void proveWork().then((made) => setToken(made ?? '')), [])
  return <input type="hidden" name="token" value={token} />
}
