/**
 * Numbers that are to be seen at a glance.
 * @module
 */
import type { ComponentChildren } from 'preact';

export function Figures({ children }: { children: ComponentChildren }) {
  return <dl class="figures">{children}</dl>;
}

interface FigureProps {
  readonly id: string;
  readonly name: string;
  readonly value: ComponentChildren;
  readonly unit?: string;
  readonly isBad?: boolean;
  /** All digits, where `value` is shortened. */
  readonly exact?: string;
}

export function Figure({ id, name, value, unit, isBad, exact }: FigureProps) {
  return (
    <div class={isBad ? 'bad' : ''}>
      <dt>{name}</dt>
      <dd data-figure={id} {...(exact === undefined ? {} : { title: exact, 'data-exact': exact })}>
        {value}
        {unit && <small> {unit}</small>}
      </dd>
    </div>
  );
}
