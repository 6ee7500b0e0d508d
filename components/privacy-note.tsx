/** Stands by what readers fill in. */
export function PrivacyNote() {
  return (
    <p className="mt-1 font-sans text-sm text-soft">
      Everyone may read what you write. <a href="/privacy">What this site keeps</a>
    </p>
  )
}
