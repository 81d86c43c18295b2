/**
 * The state that the model of the exchange keeps: what the accounts hold, without addresses, bumps and versions.
 * @module
 */
import type {
  Balance,
  Funds,
  Holding,
  IndexState,
  Milestone,
  Rules,
  SeriesState,
} from '../../../programs/exchange/client.generated.ts';

type Open<T> = { -readonly [K in keyof T]: T[K] };

export interface ModelIndex {
  market: Open<IndexState>;
  milestones: Open<Milestone>[];
}

export interface ModelPosition {
  holding: Open<Holding>;
  funding: bigint;
  fundedAt: bigint;
}

export interface ModelSeries {
  readonly model: number;
  readonly deliveryStart: bigint;
  readonly expiry: bigint;
  readonly basisBoundPpm: number;
  readonly depthGpuSeconds: bigint;
  market: Open<SeriesState>;
}

export interface ModelClaim {
  readonly trader: string;
  readonly number: bigint;
  readonly start: bigint;
  readonly amount: bigint;
  paid: bigint;
}

/** Keys: traders by name, indexes by model, positions `trader/model`, series by name, futures `trader/series`, claims `trader/number`. */
export interface ModelState {
  rules: Open<Rules>;
  isPaused: boolean;
  funds: Open<Funds>;
  indexes: Record<number, ModelIndex>;
  traders: Record<string, Open<Balance>>;
  positions: Record<string, ModelPosition>;
  series: Record<string, ModelSeries>;
  futures: Record<string, Open<Holding>>;
  claims: Record<string, ModelClaim>;
}

/** Where in time an instruction runs. */
export interface Moment {
  readonly now: bigint;
  readonly slot: bigint;
}

/** The instruction is refused with this number; nothing of it counts. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`refused with ${code}`);
    this.code = code;
  }
}

export function demand(holds: boolean, code: number): void {
  if (!holds) throw new Refusal(code);
}

export function entry<T>(record: Record<string | number, T>, key: string | number): T {
  const found = record[key];
  if (found === undefined) throw new Error(`the model has no ${key}`);
  return found;
}

export const EMPTY_HOLDING: Holding = { size: 0n, entryPrice: 0n, notional: 0n, collateral: 0n };
