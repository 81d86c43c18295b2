/**
 * A word that says how something stands; its colour only repeats it.
 * @module
 */
import type { ComponentChildren } from 'preact';

export type VerdictKind = 'good' | 'warn' | 'bad' | 'plain';

export function Verdict({ kind, title, children }: { kind: VerdictKind; title?: string; children: ComponentChildren }) {
  return (
    <span class="verdict" data-kind={kind} {...(title === undefined ? {} : { title })}>
      {children}
    </span>
  );
}
