/**
 * One source per endpoint, side by side. Each has its own stream, assembler and recovery; all hand on to one place, where
 * the first to tell a block wins and the others repeat it. Whoever falls away leaves no gap, since each of the others
 * tells the whole chain.
 * @module
 */
import type { Fact } from '../assemble/assembler.ts';
import { PlumblineError } from '../domain/errors.ts';
import type { StreamTransport } from '../stream/transport.ts';
import { Agreement, type AgreementOptions } from './agreement.ts';
import { delayMs, pause } from './retry.ts';
import { runSource, type SourceOptions } from './source.ts';
import { addEndpoint, type EndpointStatus, type IndexerStatus } from './status.ts';

export interface SourcesOptions
  extends Omit<SourceOptions, 'transport' | 'status' | 'onDisconnect'>,
    Pick<AgreementOptions, 'blockhashAt' | 'onDisagreement'> {
  /** At least one. */
  readonly transports: readonly StreamTransport[];
  readonly status: IndexerStatus;
  readonly onDisconnect: (error: PlumblineError | null, address: string) => void;
  /**
   * How long a block whose parent this endpoint lost waits for another one to tell it: from a stream it comes with account
   * states, by RPC without.
   */
  readonly patienceMs: number;
}

/**
 * Run until the signal is aborted. One of the endpoints has to connect at first; the others are tried for ever.
 * @throws the error of the endpoint that failed last, when none could connect
 */
export async function runSources(options: SourcesOptions): Promise<void> {
  const { transports, status } = options;
  status.endpoints = [];
  const endpoints = transports.map((transport) => ({
    transport,
    status: addEndpoint(status, transport.address ?? transport.name),
  }));
  const agreement = new Agreement({ ...options, onDisagreement: (found) => noteDisagreement(options, found) });
  const unreached = new Set<Endpoint>();
  const failures: unknown[] = [];
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  await Promise.all(
    endpoints.map((endpoint) =>
      follow({ ...options, signal }, endpoint, agreement, unreached).catch((error: unknown) => {
        failures.push(error);
        ended.abort();
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
}

interface Endpoint {
  readonly transport: StreamTransport;
  readonly status: EndpointStatus;
}

async function follow(
  options: SourcesOptions,
  endpoint: Endpoint,
  agreement: Agreement,
  unreached: Set<Endpoint>,
): Promise<void> {
  const { signal, backoff, onDisconnect } = options;
  const { transport, status } = endpoint;
  const { address } = status;
  const emit = async (fact: Fact) => {
    unreached.delete(endpoint);
    if (!(await agreement.admits(address, fact))) return;
    if (fact.kind === 'block' && hasOther(options.status, status)) {
      const patience = () => AbortSignal.any([signal, AbortSignal.timeout(options.patienceMs)]);
      await agreement.parentOf(fact.block, patience);
    }
    await options.emit(fact);
    if (fact.kind === 'block') agreement.noteHandedOn(fact.block);
  };
  const source = {
    ...options,
    transport,
    status,
    emit,
    onDisconnect: (error: PlumblineError | null) => onDisconnect(error, address),
  };
  for (let failureCount = 0; !signal.aborted; failureCount += 1) {
    try {
      await runSource(source);
    } catch (error) {
      // It never connected. That ends the start when no other did; beside another it is tried again.
      unreached.add(endpoint);
      const isLast = unreached.size === options.transports.length && !options.status.isConnected;
      if (!(error instanceof PlumblineError) || isLast) throw error;
      onDisconnect(error, address);
      status.reconnects += 1;
      status.lastError = error.message;
      await pause(delayMs(backoff, failureCount), signal);
    }
  }
}

function hasOther({ endpoints }: IndexerStatus, own: EndpointStatus): boolean {
  return endpoints.some((each) => each !== own && each.isConnected);
}

function noteDisagreement(
  { status, onDisagreement }: SourcesOptions,
  found: Parameters<typeof onDisagreement>[0],
): void {
  status.disagreementsTotal += 1;
  status.lastError = `The endpoint ${found.address} has block ${found.blockhash} at slot ${found.slot}, ${found.others.join(', ')} has ${found.othersBlockhash}`;
  onDisagreement(found);
}
