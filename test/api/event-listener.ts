/**
 * A subscriber over SSE as a browser is one: it keeps the id of the last message and gives it back when it connects again.
 * What it was told is kept per block; a retraction takes a block's events away.
 * @module
 */
import { request } from 'node:http';

export interface Told {
  readonly kind: string;
  readonly slot: string;
  readonly blockhash: string;
  readonly event: { readonly signature: string; readonly ordinal: number } | null;
}

export class EventListener {
  lastId: string | null = null;
  /** Events that stand, in the order they were told, by block. */
  readonly byBlock = new Map<string, string[]>();
  /** What must never be: an event told twice while its block stands. */
  readonly repeated: string[] = [];
  retractionCount = 0;
  #close: (() => void) | null = null;

  constructor(
    private readonly url: string,
    private readonly query: string,
  ) {}

  /** Connects and listens until `messages` more have come, or the connection is closed; then drops it. */
  listen(messages: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (this.lastId !== null) headers['last-event-id'] = this.lastId;
      const outgoing = request(`${this.url}/graphql?query=${encodeURIComponent(this.query)}`, { headers });
      let rest = '';
      let left = messages;
      const drop = () => {
        outgoing.destroy();
        resolve();
      };
      this.#close = drop;
      signal.addEventListener('abort', drop, { once: true });
      outgoing.on('error', () => resolve());
      outgoing.on('response', (response) => {
        response.setEncoding('utf8');
        response.on('close', resolve);
        response.on('data', (text: string) => {
          rest += text;
          for (let end = rest.indexOf('\n\n'); end >= 0 && left > 0; end = rest.indexOf('\n\n')) {
            if (this.#take(rest.slice(0, end))) left--;
            rest = rest.slice(end + 2);
          }
          if (left <= 0) drop();
        });
      });
      outgoing.end();
    });
  }

  close(): void {
    this.#close?.();
  }

  get events(): string[] {
    return [...this.byBlock.values()].flat();
  }

  #take(text: string): boolean {
    const data = /^data: (.*)$/m.exec(text)?.[1];
    if (data === undefined || data === '') return false;
    this.lastId = /^id: (.*)$/m.exec(text)?.[1] ?? this.lastId;
    const told = (JSON.parse(data) as { data: { events: Told } }).data.events;
    const block = `${told.slot}/${told.blockhash}`;
    if (told.kind === 'RETRACTION') {
      this.retractionCount++;
      this.byBlock.delete(block);
    }
    if (told.kind !== 'EVENT' || told.event === null) return true;
    const events = this.byBlock.get(block) ?? [];
    const event = `${told.slot}/${told.event.signature}/${told.event.ordinal}`;
    if (events.includes(event)) this.repeated.push(event);
    this.byBlock.set(block, [...events, event]);
    return true;
  }
}
