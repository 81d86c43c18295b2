/**
 * Starts a local chain in this process with its servers on loopback. Tests use it with a clock they drive; `main.ts` with
 * the machine's.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { InputError } from '../../indexer/domain/errors.ts';
import { ManualClock, RealClock } from './clock.ts';
import { applyControl, type ControlRequest, type ControlState, createControlServer } from './control-server.ts';
import { GrpcServer } from './grpc/grpc-server.ts';
import { lockLedger } from './ledger/lock.ts';
import { Localnet } from './localnet.ts';
import { defaultOptions, type LocalnetOptions } from './options.ts';
import { createRpcServer } from './rpc/http-server.ts';
import { serveWebsocket } from './rpc/websocket.ts';

export interface StartOptions extends Partial<LocalnetOptions> {
  /** 'manual' (the default): slots end when `advance` is called. 'real': every `slotMs`. */
  readonly clock?: 'manual' | 'real';
  /** Unix time in milliseconds of a new chain's genesis under the manual clock. */
  readonly startMs?: number;
}

export interface RunningLocalnet {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly grpcUrl: string;
  readonly controlUrl: string | undefined;
  readonly dataDir: string;
  readonly localnet: Localnet;
  /** Injects faults; see {@link ControlRequest}. */
  control(request: ControlRequest): ControlState;
  /** Lets slots pass under the manual clock. */
  advance(slotCount?: number): void;
  /** Stops everything. The ledger stays when a data folder was given, and goes when it was a temporary one. */
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
/** 2026-11-21 00:00:00 UTC, so that chains of tests are the same whenever they run. */
const DEFAULT_START_MS = 1_795_219_200_000;

/** @throws InputError when a port is taken or the ledger or a program cannot be used */
export async function startLocalnet(start: StartOptions = {}): Promise<RunningLocalnet> {
  const isTemporary = start.dataDir === undefined;
  const dataDir = start.dataDir ?? mkdtempSync(join(tmpdir(), 'plumbline-localnet-'));
  const options: LocalnetOptions = { ...defaultOptions, rpcPort: 0, wsPort: 0, grpcPort: 0, ...start, dataDir };
  const clock =
    start.clock === 'real'
      ? new RealClock({ slotMs: options.slotMs })
      : new ManualClock({ startMs: start.startMs ?? DEFAULT_START_MS, slotMs: options.slotMs });
  const unlock = await lockLedger(dataDir);
  const localnet = openLocalnet(options, clock, unlock);
  if (clock instanceof ManualClock && start.startMs === undefined)
    clock.moveTo(Math.max(clock.nowMs(), localnet.chain.entryAt('processed').blockTimeSeconds * 1000));
  const servers = await listenAll(localnet, options).catch((error: unknown) => {
    localnet.stop();
    unlock();
    throw error;
  });
  localnet.start();
  return {
    ...servers.urls,
    dataDir,
    localnet,
    control: (request) => applyControl(localnet, servers.grpc, request),
    advance: (slotCount = 1) => applyControl(localnet, servers.grpc, { advance: slotCount }),
    async stop() {
      localnet.clock.stop();
      await servers.stop();
      localnet.stop();
      unlock();
      if (isTemporary) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function openLocalnet(options: LocalnetOptions, clock: ManualClock | RealClock, unlock: () => void): Localnet {
  try {
    return new Localnet(options, clock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function listenAll(localnet: Localnet, options: LocalnetOptions) {
  const rpc = createRpcServer(localnet);
  const grpc = new GrpcServer(localnet);
  const control = options.controlPort === undefined ? undefined : createControlServer(localnet, grpc);
  const websocketHttp = createRpcServer(localnet);
  const websocket = new WebSocketServer({ server: websocketHttp });
  websocket.on('error', () => undefined);
  serveWebsocket(localnet, websocket);
  const stop = async () => {
    await grpc.stop();
    for (const client of websocket.clients) client.terminate();
    await Promise.all([rpc, websocketHttp, ...(control === undefined ? [] : [control])].map(closeHttp));
  };
  try {
    const [rpcPort, wsPort, grpcPort] = [
      await listen(rpc, options.rpcPort, 'RPC'),
      await listen(websocketHttp, options.wsPort, 'websocket'),
      await listen(grpc.listener, options.grpcPort, 'gRPC'),
    ];
    const controlPort = control === undefined ? undefined : await listen(control, options.controlPort ?? 0, 'control');
    const urls = {
      rpcUrl: `http://${HOST}:${rpcPort}`,
      wsUrl: `ws://${HOST}:${wsPort}`,
      grpcUrl: `http://${HOST}:${grpcPort}`,
      controlUrl: controlPort === undefined ? undefined : `http://${HOST}:${controlPort}`,
    };
    return { urls, grpc, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function listen(server: NetServer, port: number, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'it is taken; stop what uses it or choose another' : error.message;
      reject(new InputError('LOCALNET__PORT', `Cannot listen on the ${name} port ${port}: ${reason}`, { port }, error));
    });
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

function closeHttp(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
