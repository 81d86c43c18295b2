/**
 * Whether the screen is so narrow that rows of tables become cards; the same width as in style.css.
 * @module
 */
import { useEffect, useState } from 'preact/hooks';

const NARROW = '(max-width: 900px)';

export function useNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const media = matchMedia(NARROW);
    const follow = () => setIsNarrow(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  return isNarrow;
}
