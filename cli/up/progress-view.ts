/**
 * What `plumbline up` shows while it runs: one line that is rewritten in a terminal, and a new line now and then in a log.
 * @module
 */
import type { WriteStream } from 'node:tty';
import type { ProcessStatus, Status } from '../status.ts';

export interface ProgressView {
  readonly show: (status: Status, restarts: number) => void;
  readonly end: () => void;
}

/** In a log, one line every so many looks, and whenever the epoch's state changes. */
const LOG_EVERY = 10;

export function createProgressView(output: WriteStream | NodeJS.WriteStream): ProgressView {
  let looks = 0;
  let lastEpoch = '';
  return {
    show: (status, restarts) => {
      const line = progressLine(status, restarts);
      const epoch = epochText(status.worker);
      if (output.isTTY) output.write(`\r\x1b[2K${line.slice(0, Math.max(20, (output.columns ?? 120) - 1))}`);
      else if (looks % LOG_EVERY === 0 || epoch !== lastEpoch) output.write(`${line}\n`);
      looks += 1;
      lastEpoch = epoch;
    },
    end: () => {
      if (output.isTTY) output.write('\n');
    },
  };
}

export function progressLine(status: Status, restarts: number): string {
  const { indexer } = status;
  const parts = [
    `block ${fact(indexer, 'headSlot')}`,
    `finalized ${fact(indexer, 'finalizedSlot')}`,
    `lag ${fact(indexer, 'lagSlots')}`,
    `events ${fact(indexer, 'eventsTotal')}`,
    `gaps ${fact(indexer, 'gapsOpen')}`,
    epochText(status.worker),
    ...(restarts > 0 ? [`restarts ${restarts}`] : []),
  ];
  return parts.join('  ');
}

function epochText(worker: ProcessStatus): string {
  const state = fact(worker, 'state');
  const reason = fact(worker, 'reason');
  return `epoch ${fact(worker, 'rewardEpoch')} ${state}${reason === '-' ? '' : ` (${reason})`}`;
}

function fact(status: ProcessStatus, name: string): string {
  const value = status.up ? status[name] : undefined;
  return value === undefined || value === null ? '-' : String(value);
}
