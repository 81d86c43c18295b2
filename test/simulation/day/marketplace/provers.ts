/**
 * Proof of compute in a simulated day: providers attest their work, block hashes draw what is challenged and by whom,
 * verifiers challenge, providers answer or do not, the arbiter judges what is contested.
 *
 * How an attestation ends is drawn from its address.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address } from '@solana/kit';
import { type CheckpointTree, checkpointTree } from '../../../../programs/marketplace/checkpoints.ts';
import {
  type Attestation,
  type Challenge,
  decodeAttestation,
  decodeChallenge,
  decodeVerifier,
} from '../../../../programs/marketplace/client.generated.ts';
import { findAttestation, findChallenge, findChallengeVault } from '../../addresses.ts';
import { readAccounts } from '../../network.ts';
import { seedOf } from '../../population.ts';
import { createRandom, type Random } from '../../random.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Actors, Moment, World } from '../actors.ts';
import type { LiveOrders } from './live-orders.ts';
import type { OrderCase } from './orders.ts';
import {
  answering,
  challenging,
  clearing,
  committing,
  drawing,
  falseBenchmarkSlash,
  feeClaims,
  judging,
  noDeliverySlash,
  type ProofDesk,
  resolving,
} from './proof-transactions.ts';
import { openProofDesk, verifierLife } from './verifiers.ts';

export interface Work {
  readonly theCase: OrderCase;
  readonly attestation: Address;
  readonly challenge: Address;
  readonly challengeVault: Address;
  readonly tree: CheckpointTree;
}

const ATTESTS = 0.1;
const CHECKPOINTS = 12;
const GPU_SECONDS_PART = 2n;
const NOT_CHALLENGED = 0.15;
const STATUS = { undrawn: 0, selected: 2, challenged: 3 } as const;
const CHALLENGE = { open: 0, matches: 1, contested: 2, passed: 5 } as const;

export function createProvers(live: LiveOrders) {
  return async (world: World): Promise<Actors> => {
    const desk = await openProofDesk(world);
    const works = new Map<Address, Work>();
    const random = world.randomOf('provers');
    return {
      name: 'provers',
      async act(moment: Moment) {
        const plans = [...(await verifierLife(desk, world, moment)), ...(await steps(desk, works, moment))];
        for (const theCase of live.running) {
          if (!random.chance(ATTESTS) || theCase.order.account.attestationCount > 0) continue;
          const work = await workOf(desk, theCase);
          const gpuSeconds = gpuSecondsOf(theCase, moment.nowSeconds);
          if (gpuSeconds === 0n) continue;
          works.set(work.attestation, work);
          plans.push(await committing(desk, work, gpuSeconds, random.bytes(32)));
        }
        for (const theCase of live.undelivered) plans.push(await noDeliverySlash(desk, theCase));
        if (moment.tick % 40 === 39) plans.push(...(await feeClaims(desk)));
        if (moment.tick === Math.floor(world.tickCount / 2)) plans.push(await falseBenchmarkSlash(desk, world));
        return plans;
      },
    };
  };
}

async function workOf({ network }: ProofDesk, theCase: OrderCase): Promise<Work> {
  const attestation = await findAttestation(theCase.order.address, 0, network.marketplaceProgram);
  const challenge = await findChallenge(attestation, network.marketplaceProgram);
  const checkpoints = Array.from({ length: CHECKPOINTS }, (_, index) =>
    createHash('sha256').update(`${attestation}/${index}`).digest(),
  );
  return {
    theCase,
    attestation,
    challenge,
    challengeVault: await findChallengeVault(challenge, network.marketplaceProgram),
    tree: checkpointTree(attestation, checkpoints),
  };
}

/** Half of what could have been worked so far. */
function gpuSecondsOf({ order: { account } }: OrderCase, now: bigint): bigint {
  const passed = now - account.startedAt;
  const worked = passed < BigInt(account.seconds) ? passed : BigInt(account.seconds);
  return (worked * BigInt(account.units)) / GPU_SECONDS_PART;
}

async function steps(desk: ProofDesk, works: Map<Address, Work>, { nowSeconds }: Moment): Promise<TransactionPlan[]> {
  const all = [...works.values()];
  const [attestations, challenges, verifiers] = [
    await readAccounts(
      desk.network,
      all.map(({ attestation }) => attestation),
    ),
    await readAccounts(
      desk.network,
      all.map(({ challenge }) => challenge),
    ),
    await readAccounts(
      desk.network,
      desk.verifiers.map(({ verifier }) => verifier),
    ),
  ];
  const seats = new Map(
    verifiers.flatMap((data, index) => {
      const account = data ? decodeVerifier(data) : null;
      return account === null || account.isLeaving ? [] : [[account.seat, desk.verifiers[index]] as const];
    }),
  );
  const plans: TransactionPlan[] = [];
  for (const [index, work] of all.entries()) {
    const data = attestations[index];
    const attestation = data ? decodeAttestation(data) : null;
    if (attestation === null) {
      works.delete(work.attestation);
      continue;
    }
    const challengeData = challenges[index];
    const challenge = challengeData ? decodeChallenge(challengeData) : null;
    const fate = createRandom(seedOf(work.attestation, 'fate'));
    const plan = await stepOf(desk, work, { attestation, challenge, seats, fate, nowSeconds });
    if (plan !== null) plans.push(plan);
  }
  return plans;
}

interface State {
  readonly attestation: Attestation;
  readonly challenge: Challenge | null;
  readonly seats: ReadonlyMap<number, ProofDesk['verifiers'][number] | undefined>;
  readonly fate: Random;
  readonly nowSeconds: bigint;
}

async function stepOf(desk: ProofDesk, work: Work, state: State): Promise<TransactionPlan | null> {
  const { attestation, challenge, seats, fate, nowSeconds } = state;
  const isLeftAlone = fate.chance(NOT_CHALLENGED);
  // One in five providers is silent, one in five shows something else than what the verifier computed.
  const conduct = fate.pick(['honest', 'honest', 'honest', 'silent', 'contested'] as const);
  if (attestation.status === STATUS.undrawn) return drawing(desk, work, attestation, seats);
  if (attestation.status === STATUS.selected) {
    if (isLeftAlone) return nowSeconds > attestation.challengeUntil ? clearing(desk, work) : null;
    return challenging(desk, work, attestation, conduct === 'contested');
  }
  if (attestation.status !== STATUS.challenged || challenge === null || challenge.status >= CHALLENGE.passed)
    return null;
  if (challenge.status === CHALLENGE.open) {
    if (nowSeconds > challenge.answerDeadline) return resolving(desk, work, challenge);
    return conduct === 'silent' ? null : answering(desk, work, attestation);
  }
  if (challenge.status === CHALLENGE.contested) {
    const isJudged = fate.chance(0.7);
    if (isJudged) return judging(desk, work, fate.chance(0.5));
    return nowSeconds > challenge.judgeDeadline ? resolving(desk, work, challenge) : null;
  }
  return resolving(desk, work, challenge);
}
