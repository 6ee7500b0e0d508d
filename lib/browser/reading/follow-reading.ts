/**
 * Follows the reader through the story: marks the section on screen in the contents, shows Now Reading while
 * the reader scrolls back within the text, and closes the contents when one of their links is followed.
 * Styles get what was read of the story (`--read`) and scrolled of the page (`--scrolled`), from 0 to 1, for
 * browsers without timelines of scrolling.
 *
 * @returns a function that ends it; nothing on pages without a story
 */
export function followReading(): (() => void) | undefined {
  const story = document.getElementById('story')
  const headline = document.getElementById('headline')
  const contents = document.getElementById('contents')
  const bar = document.querySelector<HTMLElement>('.reading-bar')
  if (!story || !headline || !contents || !bar) return

  const links = [...contents.querySelectorAll<HTMLAnchorElement>('li > a')]
  const sections = links.map((link) => document.getElementById(link.getAttribute('href')!.slice(1)))
  const isAbove = (section: Element | null) =>
    !!section && section.getBoundingClientRect().top < innerHeight / 3
  const opener = contents.parentElement!.querySelector('button')!
  const pressable = [...story.querySelectorAll('.column :is(a, button)')]
  /** Whether the button of the contents lies over a link or a button of the text. */
  const isCovering = () => {
    const over = opener.getBoundingClientRect()
    return pressable
      .flatMap((element) => [...element.getClientRects()])
      .some(
        ({ left, right, top, bottom }) =>
          left < over.right && over.left < right && top < over.bottom && over.top < bottom,
      )
  }
  let last = scrollY
  const update = () => {
    // Before anything is written, after which places would be worked out again.
    const covers = isCovering()
    const { top, bottom, height } = story.getBoundingClientRect()
    // Neither before the text nor from its end on.
    const isWithin = headline.getBoundingClientRect().bottom < 0 && bottom > innerHeight
    bar.classList.toggle('shown', isWithin && scrollY < last)
    last = scrollY
    const read = -top / Math.max(height - innerHeight, 1)
    bar.style.setProperty('--read', String(bottom > 64 ? Math.min(Math.max(read, 0), 1) : 0))
    const { scrollHeight } = document.documentElement
    contents.parentElement!.style.setProperty(
      '--scrolled',
      String(scrollY / Math.max(scrollHeight - innerHeight, 1)),
    )
    contents.parentElement!.classList.toggle('covering', covers)
    const current = bottom < innerHeight / 3 ? -1 : Math.max(sections.findLastIndex(isAbove), 0)
    links.forEach((link, index) => (link.ariaCurrent = index === current ? 'location' : null))
  }
  const close = ({ target }: Event) => (target as Element).closest('a') && contents.hidePopover()
  update()
  addEventListener('scroll', update, { passive: true })
  contents.addEventListener('click', close)
  return () => {
    removeEventListener('scroll', update)
    contents.removeEventListener('click', close)
  }
}
