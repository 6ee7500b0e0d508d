import { afterAll } from 'vitest'
import { stopSites } from '#tests/support/start-site.ts'

afterAll(stopSites)
