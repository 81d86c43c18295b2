/**
 * Voting power and its checkpoints: stake, and use up to as much again; a vote asks for the power strictly before the slot
 * at which it opened. Pure. The on-chain program keeps only the checkpoints that an open vote can still ask for.
 * Rule: docs/decisions.md, "voting power".
 * @module
 */

/** Power from a slot on. */
export interface Checkpoint {
  readonly slot: bigint;
  readonly power: bigint;
}

/** Use counts up to the owner's own stake. */
export function votingPower(stake: bigint, use: bigint): bigint {
  return stake + (use < stake ? use : stake);
}

/** The latest power strictly before `slot`; 0 before the first. @param checkpoints ascending by slot */
export function powerBefore(checkpoints: readonly Checkpoint[], slot: bigint): bigint {
  return checkpoints.findLast((checkpoint) => checkpoint.slot < slot)?.power ?? 0n;
}

/**
 * The checkpoints after `power` came into force at `slot`: the new one, the one before it in case a vote opens later in the
 * same slot, and those that an open vote asks for.
 * @param openSlots slots at which the votes that are not finalized opened
 */
export function withCheckpoint(
  checkpoints: readonly Checkpoint[],
  openSlots: readonly bigint[],
  { slot, power }: Checkpoint,
): Checkpoint[] {
  const earlier = checkpoints.filter((checkpoint) => checkpoint.slot < slot);
  const all = [...earlier, { slot, power }];
  return all.filter((checkpoint, index) => {
    const next = all[index + 1];
    if (next === undefined || next.slot === slot) return true;
    return openSlots.some((open) => checkpoint.slot < open && open <= next.slot);
  });
}
