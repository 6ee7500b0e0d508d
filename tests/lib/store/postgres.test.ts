import { storeContract } from '#tests/lib/store/contract.ts'
import { postgresPlace } from '#tests/stores.ts'

storeContract('PostgreSQL', postgresPlace)
