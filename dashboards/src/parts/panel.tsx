/**
 * A titled part of the page.
 * @module
 */
import type { ComponentChildren } from 'preact';

interface PanelProps {
  readonly id: string;
  readonly title: string;
  readonly note?: ComponentChildren;
  /** Controls of this part alone. */
  readonly controls?: ComponentChildren;
  /** False while other values are on their way. */
  readonly isCurrent?: boolean;
  readonly children: ComponentChildren;
}

export function Panel({ id, title, note, controls, isCurrent = true, children }: PanelProps) {
  return (
    <section class="panel" aria-labelledby={`${id}-title`} id={id} data-current={isCurrent}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {note && <p>{note}</p>}
        {controls && <div class="controls">{controls}</div>}
      </div>
      {children}
    </section>
  );
}

/** Names and values, one below the other. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
