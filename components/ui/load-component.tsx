import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/**
 * Makes a component whose script is loaded when it is first drawn. Unlike `lazy` it needs no `Suspense`, which
 * would add 0.7 KB (brotli).
 *
 * @param load where it fails, what is shown meanwhile stays
 * @param meanwhile is shown until the script has come
 */
export function loadComponent<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile?: ReactNode,
): ComponentType<Props> {
  return function LoadedComponent(props) {
    const [Loaded, setLoaded] = useState<ComponentType<Props>>()
    useEffect(() => {
      load().then(
        (component) => setLoaded(() => component),
        () => {},
      )
    }, [])
    return Loaded ? <Loaded {...props} /> : meanwhile
  }
}
