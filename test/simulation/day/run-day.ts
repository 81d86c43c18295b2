/**
 * Runs groups of actors tick by tick on a chain whose time is ours.
 * @module
 */
import type { Actors, CreateActors, Moment, World } from './actors.ts';
import type { DayChain } from './day-chain.ts';

/** Sent, and refused by the programs, by group. */
export interface Tally {
  sent: number;
  refused: number;
}

export interface DayRun {
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly headSlot: bigint;
}

/**
 * Time passes between ticks; within a tick the groups act one after the other.
 * @throws Error when a transaction does not get onto the chain at all
 */
export async function runDay(chain: DayChain, world: World, groups: readonly CreateActors[]): Promise<DayRun> {
  const actors: Actors[] = [];
  for (const create of groups) actors.push(await create(world));
  const tallies = new Map(actors.map(({ name }) => [name, { sent: 0, refused: 0 }]));
  for (let tick = 0; tick < world.tickCount; tick += 1) {
    for (const group of actors) {
      const moment = { tick, nowSeconds: chain.nowSeconds(), slot: headSlot(chain) };
      await actOnce(chain, group, moment, tallies.get(group.name) ?? { sent: 0, refused: 0 });
    }
    chain.passSeconds(world.tickSeconds);
  }
  return { tallies, headSlot: headSlot(chain) };
}

async function actOnce(chain: DayChain, group: Actors, moment: Moment, tally: Tally): Promise<void> {
  const plans = await group.act(moment);
  if (plans.length === 0) return;
  const outcomes = await chain.sendAll(plans);
  const lost = outcomes.find(({ status }) => status === 'lost');
  if (lost) throw new Error(`${group.name}: transaction ${lost.signature} was not taken`);
  tally.sent += outcomes.length;
  tally.refused += outcomes.filter(({ status }) => status === 'failed').length;
  group.learn?.(outcomes, moment);
}

function headSlot(chain: DayChain): bigint {
  return BigInt(chain.running.localnet.chain.entryAt('confirmed').slot);
}
