/**
 * A process of its own that computes an artefact again from its inputs in another order, and says in which locale it did so:
 *
 *     LC_ALL=sv_SE node --import tsx test/jobs/rewards/artefact-hash.ts FILE SEED
 * @module
 */
import { readFileSync } from 'node:fs';
import { readArtefact } from '../../../jobs/rewards/compute/artefact.ts';
import { computeEpoch } from '../../../jobs/rewards/compute/compute-epoch.ts';
import { createRandom } from '../../simulation/random.ts';

const [, , file = '', seed = '1'] = process.argv;
const random = createRandom(BigInt(seed));

function shuffled<T>(rows: readonly T[]): T[] {
  const left = [...rows];
  return rows.map(() => left.splice(random.integer(0, left.length - 1), 1)[0] as T);
}

const inputs = readArtefact(readFileSync(file, 'utf8'));
const { artefactHash } = computeEpoch({
  ...inputs,
  ...{ schedule: shuffled(inputs.schedule), parameters: shuffled(inputs.parameters), pools: shuffled(inputs.pools) },
  ...{ work: shuffled(inputs.work), scores: shuffled(inputs.scores), orphanedUsdc: shuffled(inputs.orphanedUsdc) },
});
const { locale } = Intl.DateTimeFormat().resolvedOptions();
process.stdout.write(JSON.stringify({ locale, artefactHash }));
