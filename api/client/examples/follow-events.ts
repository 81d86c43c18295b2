/** Events as they are committed, with what a fork took back taken out again, until as many stand as are wanted. @module */
import type { PlumblineClient } from '../plumbline-client.ts';

interface Message {
  readonly events: {
    readonly kind: 'EVENT' | 'RETRACTION' | 'GAP' | 'CHECKPOINT';
    readonly slot: string;
    readonly blockhash: string;
    readonly event: { readonly name: string; readonly signature: string; readonly ordinal: number } | null;
  };
}

export async function followEvents(
  plumbline: PlumblineClient,
  fromSlot: bigint,
  wanted: number,
  signal: AbortSignal,
): Promise<string[]> {
  const byBlock = new Map<string, string[]>();
  const standing = () => [...byBlock.values()].flat();
  const subscription = `subscription { events(fromSlot: "${fromSlot}") { kind slot blockhash event { name signature ordinal } } }`;
  for await (const { data } of plumbline.subscribe<Message>(subscription, { signal })) {
    const { kind, slot, blockhash, event } = data.events;
    const block = `${slot}/${blockhash}`;
    if (kind === 'RETRACTION') byBlock.delete(block);
    if (event) byBlock.set(block, [...(byBlock.get(block) ?? []), `${slot}/${event.signature}/${event.ordinal}`]);
    if (standing().length >= wanted) break;
  }
  return standing();
}
