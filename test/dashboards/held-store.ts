/**
 * A store whose answers about dead alerts come when they are let go, so that an API over it has more to do than it can for
 * as long as a test wants. Everything else is the real one's.
 * @module
 */
import { vi } from 'vitest';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';

export interface HeldStore {
  readonly store: StoreClient;
  /** Holds the engine with what the API asks it for, until it waits for its turns longer than a block. @returns ends that */
  load(apiUrl: string): Promise<() => Promise<void>>;
}

/** As many operations as the API runs at once. */
const AT_ONCE = 2;
/** Longer than an operation may wait before the load counts as one. */
const LATE_MS = 500;

export function heldStore(real: StoreClient): HeldStore {
  let held: Promise<void> | null = null;
  let underWay = 0;
  const bytes: StoreClient['bytes'] = async (sql, ...rest) => {
    if (sql.includes('current_webhook_alerts')) {
      underWay += 1;
      await held;
    }
    return real.bytes(sql, ...rest);
  };
  return {
    store: { ...real, bytes },
    async load(apiUrl) {
      let release = (): void => undefined;
      held = new Promise((resolve) => (release = resolve));
      underWay = 0;
      let isOver = false;
      const passMs = stopClock();
      const running = Array.from({ length: AT_ONCE }, (_, index) => askFor(apiUrl, index + 1));
      await vi.waitFor(() => expectAtLeast(underWay, AT_ONCE), { timeout: 20_000 });
      const wait = async () => {
        const asking = askFor(apiUrl, AT_ONCE + 1);
        const isWaiting = async () => isOver || expectAtLeast(await waitingCount(apiUrl), 1);
        await vi.waitFor(isWaiting, { timeout: 20_000 });
        passMs(LATE_MS);
        return { asking };
      };
      // The API lets nobody wait for ever, and a busy machine may take longer: whoever is refused comes again.
      const waitOn = async ({ asking }: { readonly asking: Promise<void> }): Promise<void> => {
        await asking;
        if (!isOver) await waitOn(await wait());
      };
      const waited = waitOn(await wait());
      return async () => {
        isOver = true;
        release();
        await Promise.all([...running, waited]);
        vi.restoreAllMocks();
      };
    },
  };
}

/** Each another operation. */
async function askFor(apiUrl: string, alertCount: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: `{ deadAlerts(first: ${alertCount}) { id } }` });
  await (await fetch(`${apiUrl}/graphql`, { method: 'POST', headers, body })).text();
}

async function waitingCount(apiUrl: string): Promise<number> {
  const text = await (await fetch(`${apiUrl}/metrics`)).text();
  return Number(text.split('\nplumbline_api_waiting_operations ')[1]?.split('\n')[0]);
}

function expectAtLeast(count: number, least: number): void {
  if (!(count >= least)) throw new Error(`${count} of ${least}`);
}

/** The clock that ages and waits are measured by stands still but for what is let pass: a busy machine changes nothing. */
function stopClock(): (ms: number) => void {
  let nowMs = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  return (ms) => {
    nowMs += ms;
  };
}
