import { Icon } from '#components/icon.tsx'

export function Loading() {
  return (
    <p className="needs-script flex items-center gap-0.5 font-sans text-base text-soft">
      <Icon name="loading" className="size-[1.25rem] motion-safe:animate-spin" />
      Loading
    </p>
  )
}
