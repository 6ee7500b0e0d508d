/** Caches strings by keys up to a total size; the least recently used are dropped first. */
export class StringCache {
  readonly #capacity: number
  readonly #strings = new Map<string, string>()
  #units = 0

  /** @param capacity most UTF-16 units of all keys and strings together */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Returns the string of a key, which `make` makes where it is not in the cache. */
  get(key: string, make: () => string): string {
    const string = this.#strings.get(key) ?? make()
    this.#remove(key)
    this.#strings.set(key, string)
    this.#units += key.length + string.length
    while (this.#units > this.#capacity) this.#remove(this.#strings.keys().next().value!)
    return string
  }

  #remove(key: string): void {
    const string = this.#strings.get(key)
    if (string === undefined) return
    this.#strings.delete(key)
    this.#units -= key.length + string.length
  }
}
