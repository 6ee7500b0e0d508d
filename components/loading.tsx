import { LoaderCircle } from 'lucide-react'

export function Loading() {
  return (
    <p className="needs-script flex items-center gap-0.5 font-sans text-base text-soft">
      <LoaderCircle aria-hidden className="size-[1.25rem] motion-safe:animate-spin" />
      Loading
    </p>
  )
}
