/** Keeps strings by keys up to a size in all, and forgets those that were not used for longest. */
export class StringCache {
  readonly #most: number
  readonly #strings = new Map<string, string>()
  #units = 0

  /** @param most UTF-16 units of all keys and strings */
  constructor(most: number) {
    this.#most = most
  }

  /** @param make makes the string where it is not kept */
  get(key: string, make: () => string): string {
    const string = this.#strings.get(key) ?? make()
    this.#forget(key)
    this.#strings.set(key, string)
    this.#units += key.length + string.length
    while (this.#units > this.#most) this.#forget(this.#strings.keys().next().value!)
    return string
  }

  #forget(key: string): void {
    const string = this.#strings.get(key)
    if (string === undefined) return
    this.#strings.delete(key)
    this.#units -= key.length + string.length
  }
}
