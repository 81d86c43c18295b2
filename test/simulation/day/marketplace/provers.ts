/**
 * Proof of compute in a simulated day: providers attest their work, block hashes draw what is challenged and by whom,
 * verifiers challenge, providers answer or do not, the arbiter judges what is contested.
 *
 * How an attestation ends goes round.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address } from '@solana/kit';
import { checkpointTree } from '../../../../programs/marketplace/checkpoints.ts';
import {
  type Attestation,
  type Challenge,
  decodeAttestation,
  decodeChallenge,
  decodeVerifier,
} from '../../../../programs/marketplace/client.generated.ts';
import { findAttestation, findChallenge, findChallengeVault } from '../../addresses.ts';
import { readAccounts } from '../../network.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Actors, Moment, World } from '../actors.ts';
import { Turns } from '../turns.ts';
import type { LiveOrders, OpenDisputes } from './live-orders.ts';
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
  resolving,
} from './proof-transactions.ts';
import { openProofDesk, verifierLife } from './verifiers.ts';
import type { ProofDesk, Work } from './works.ts';

const ATTESTS = 0.1;
const CHECKPOINTS = 12;
const GPU_SECONDS_PART = 2n;
/** One in six providers is silent, one shows something else than the verifier computed, one is not challenged. */
const CONDUCTS = ['honest', 'silent', 'contested', 'honest', 'left alone', 'honest'] as const;
/** What becomes of a contested one: the arbiter says whether the provider is wrong, or nothing. */
const JUDGEMENTS = [null, true, false] as const;
const STATUS = { undrawn: 0, selected: 2, challenged: 3 } as const;
const IN_PROGRESS: readonly number[] = Object.values(STATUS);
const CHALLENGE = { open: 0, matches: 1, contested: 2, passed: 5, undecided: 8 } as const;

export function createProvers(live: LiveOrders, disputes: OpenDisputes) {
  return async (world: World): Promise<Actors> => {
    const desk = await openProofDesk(world);
    const works = new Map<Address, Work>();
    const turns = { conduct: new Turns(), judgement: new Turns() };
    const random = world.randomOf('provers');
    return {
      name: 'provers',
      async act(moment: Moment) {
        const plans = [
          ...(await verifierLife(desk, world, moment)),
          ...(await steps(desk, works, turns, disputes, moment)),
        ];
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

interface ProofTurns {
  readonly conduct: Turns;
  readonly judgement: Turns;
}

async function steps(
  desk: ProofDesk,
  works: Map<Address, Work>,
  turns: ProofTurns,
  disputes: OpenDisputes,
  { nowSeconds }: Moment,
): Promise<TransactionPlan[]> {
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
    const challengeData = challenges[index];
    const challenge = challengeData ? decodeChallenge(challengeData) : null;
    if (attestation === null || !IN_PROGRESS.includes(attestation.status)) {
      works.delete(work.attestation);
      if (challenge?.status === CHALLENGE.undecided) disputes.undecided.push(work.challenge);
      continue;
    }
    const plan = await stepOf(desk, work, { attestation, challenge, seats, turns, nowSeconds });
    if (plan !== null) plans.push(plan);
  }
  return plans;
}

interface State {
  readonly attestation: Attestation;
  readonly challenge: Challenge | null;
  readonly seats: ReadonlyMap<number, ProofDesk['verifiers'][number] | undefined>;
  readonly turns: ProofTurns;
  readonly nowSeconds: bigint;
}

async function stepOf(desk: ProofDesk, work: Work, state: State): Promise<TransactionPlan | null> {
  const { attestation, challenge, seats, turns, nowSeconds } = state;
  if (attestation.status === STATUS.undrawn) return drawing(desk, work, attestation, seats);
  const conduct = turns.conduct.pick(CONDUCTS, work.attestation);
  if (attestation.status === STATUS.selected) {
    if (conduct === 'left alone') return nowSeconds > attestation.challengeUntil ? clearing(desk, work) : null;
    return challenging(desk, work, attestation, conduct === 'contested');
  }
  if (challenge === null || challenge.status >= CHALLENGE.passed) return null;
  if (challenge.status === CHALLENGE.open) {
    if (nowSeconds > challenge.answerDeadline) return resolving(desk, work, challenge);
    return conduct === 'silent' ? null : answering(desk, work, attestation);
  }
  if (challenge.status === CHALLENGE.contested) {
    const judgement = turns.judgement.pick(JUDGEMENTS, work.attestation);
    if (judgement !== null) return judging(desk, work, judgement);
    return nowSeconds > challenge.judgeDeadline ? resolving(desk, work, challenge) : null;
  }
  return resolving(desk, work, challenge);
}
