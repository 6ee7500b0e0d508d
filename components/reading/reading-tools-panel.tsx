import { useCallback, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { ResumeOffer } from '#components/reading/resume-offer.tsx'
import { ListenBar } from '#components/reading/listen-bar.tsx'
import { ParagraphTools } from '#components/reading/paragraph-tools.tsx'
import { shareStory } from '#components/reading/share.ts'
import { useShortcuts } from '#components/reading/use-shortcuts.ts'
import { useSpeech } from '#components/reading/use-speech.ts'
import { useAppearance } from '#components/reading/use-appearance.ts'
import { loadComponent } from '#components/ui/load-component.tsx'
import { Loading } from '#components/ui/loading.tsx'
import { CHOICES } from '#lib/browser/reading/appearance.ts'
import { fill } from '#lib/i18n/messages.ts'
import messages from '#messages/comforts.json' with { type: 'json' }

const LoadedAppearancePanel = loadComponent(
  () => import('#components/reading/appearance-panel.tsx').then((module) => module.AppearancePanel),
  <Loading />,
)
const LoadedShortcutList = loadComponent(() =>
  import('#components/reading/shortcut-list.tsx').then((module) => module.ShortcutList),
)

/**
 * Holds all reading tools, once the first of them was asked for.
 *
 * @param popover the element in which the panel is shown; an extension may have taken it out of the page since
 * @param earlyEvents what the reader did until this component was loaded
 */
export function ReadingToolsPanel({
  popover,
  earlyEvents,
}: {
  popover: HTMLElement
  earlyEvents: Event[]
}) {
  const [isStory] = useState(() => document.getElementById('story') !== null)
  const wasOpened = useWasOpened(popover)
  useHiddenOnLeave(popover)
  const [isListed, setListed] = useState(false)
  const [message, setMessage] = useState<{ text: string }>()
  const [appearance, setAppearance] = useAppearance()
  const listening = useSpeech()
  const say = useCallback((text: string) => setMessage({ text }), [])
  const share = () => void shareStory().then((isCopied) => isCopied && say(messages.copied))
  const tools = useRef<{ point(): void }>(null)

  const nextTheme = () => {
    const at = CHOICES.theme.indexOf(appearance.theme) + 1
    const theme = CHOICES.theme[at % CHOICES.theme.length]!
    setAppearance({ ...appearance, theme })
    say(fill(messages.themeNow, { theme: messages[theme] }))
  }
  const showKeys = () => {
    popover.hidePopover()
    setListed(true)
  }
  const keys = {
    t: nextTheme,
    '?': showKeys,
    ...(isStory && {
      l: listening.toggle,
      p: () => tools.current?.point(),
      s: share,
    }),
  }
  const [usesKeys, setUsesKeys] = useShortcuts(keys, isStory, earlyEvents)

  return (
    <>
      {createPortal(
        wasOpened && (
          <section
            aria-label={messages.open}
            className="fixed end-[max(0.9375rem,calc(50vw-34.5rem))] top-6 max-h-[calc(100dvh-7.5rem)] w-[min(24rem,calc(100vw-1.875rem))] overflow-y-auto overscroll-contain border border-ink bg-paper p-1 font-sans text-sm leading-small text-ink"
          >
            <LoadedAppearancePanel
              appearance={appearance}
              onChange={setAppearance}
              onListen={listening.toggle}
              onShare={share}
              onPoint={() => tools.current?.point()}
              onKeys={showKeys}
              isStory={isStory}
              canListen={listening.canListen}
            />
          </section>
        ),
        popover,
      )}
      {isListed && (
        <LoadedShortcutList
          isStory={isStory}
          canListen={listening.canListen}
          isOn={usesKeys}
          onChange={setUsesKeys}
          onClose={() => setListed(false)}
        />
      )}
      {isStory && (
        <ParagraphTools
          ref={tools}
          earlyEvents={earlyEvents}
          onListen={listening.canListen ? listening.start : undefined}
          onCopied={() => say(messages.copied)}
        />
      )}
      {isStory && <ResumeOffer hidden={listening.state !== 'silent'} />}
      <ListenBar {...listening} />
      <Status message={message} />
    </>
  )
}

/** Shows a message for four seconds, and has screen readers read it out. */
function Status({ message }: { message: { text: string } | undefined }) {
  const [shown, setShown] = useState(message)
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- it is heard as it changes
    setShown(message)
    const timer = setTimeout(() => setShown(undefined), 4_000)
    return () => clearTimeout(timer)
  }, [message])
  return (
    <p
      role="status"
      className="fixed inset-x-0 top-3 z-20 mx-auto w-fit bg-ink px-1 font-sans text-sm font-semibold text-paper empty:hidden"
    >
      {shown?.text}
    </p>
  )
}

function useWasOpened(popover: HTMLElement): boolean {
  const [wasOpened, setOpened] = useState(() => popover.matches(':popover-open'))
  useEffect(() => {
    const open = () => setOpened(true)
    popover.addEventListener('beforetoggle', open)
    return () => popover.removeEventListener('beforetoggle', open)
  }, [popover])
  return wasOpened
}

/** Hides the panel when the focus goes on to what may lie under it. */
function useHiddenOnLeave(popover: HTMLElement): void {
  useEffect(() => {
    const hide = ({ relatedTarget: next }: FocusEvent) => {
      // A press on the panel gives the focus to nothing, or to what the panel stands in.
      if (!(next instanceof Node) || next.contains(popover) || popover.contains(next)) return
      popover.hidePopover()
    }
    popover.addEventListener('focusout', hide)
    return () => popover.removeEventListener('focusout', hide)
  }, [popover])
}
