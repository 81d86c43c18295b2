/**
 * A titled part of the page.
 * @module
 */
import type { ComponentChildren } from 'preact';

export function Panel(props: { id: string; title: string; note?: string; children: ComponentChildren }) {
  return (
    <section class="panel" aria-labelledby={`${props.id}-title`} id={props.id}>
      <div class="panel-head">
        <h2 id={`${props.id}-title`}>{props.title}</h2>
        {props.note && <p>{props.note}</p>}
      </div>
      {props.children}
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
