import { dataContract } from '#tests/lib/store/data-contract.ts'
import { storeContract } from '#tests/lib/store/contract.ts'
import { conversationContract } from '#tests/lib/store/conversation.ts'
import { postgresPlace } from '#tests/stores.ts'

storeContract('PostgreSQL', postgresPlace)
conversationContract('PostgreSQL', postgresPlace)
dataContract('PostgreSQL', postgresPlace)
