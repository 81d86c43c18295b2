/**
 * The heading of a page. It takes the focus when the page was changed by a link, so that whoever listens hears where
 * they are; on the first load the focus stays with the browser.
 * @module
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { takesFocus } from '../frame/router.ts';

export function PageHead(props: { title: string; note?: ComponentChildren; children?: ComponentChildren }) {
  const { title, note, children } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Plumbline`;
  }, [title]);
  // Together with its appearance: an effect after the paint would take the focus from a reader who was quicker.
  useLayoutEffect(() => {
    if (!takesFocus()) return;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <div class="page-head">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {note && <p>{note}</p>}
      </div>
      {children && <div class="controls">{children}</div>}
    </div>
  );
}
