/**
 * Solves the ALTCHA challenge that it is sent, in a thread of its own, so that the page goes on
 * answering: finds the number whose key, derived from it by PBKDF2, begins as the challenge says. The
 * service worker calls the function itself.
 */
async function solveProof({ nonce, salt, cost, keyLength, keyPrefix }) {
  const password = new Uint8Array([...bytesOf(nonce), 0, 0, 0, 0])
  const end = new DataView(password.buffer, password.length - 4)
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations: cost }
  for (let counter = 0; ; counter++) {
    end.setUint32(0, counter)
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
    const derived = await crypto.subtle.deriveBits(derivation, key, keyLength * 8)
    const derivedKey = [...new Uint8Array(derived)].map(hexOf).join('')
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey }
  }
}

// Without an answer the page would wait for one that cannot come.
if (!self.registration)
  onmessage = ({ data }) => solveProof(data).then(postMessage, () => postMessage(null))

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16))
const hexOf = (byte) => byte.toString(16).padStart(2, '0')
