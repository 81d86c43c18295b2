/**
 * `plumbline`: one command line, a subcommand per process. The composition root: settings are read here once, handed
 * down as values, and every failure leaves as one line and an exit code.
 * @module
 */
import { Command, CommanderError } from 'commander';
import { InputError } from '../indexer/domain/errors.ts';
import { armKillPoint } from '../indexer/domain/kill-points.ts';
import { type Environment, readSettings, type Settings } from '../indexer/domain/settings.ts';
import { failWith } from './exit-codes.ts';
import { addSettingFlags, environmentWithFlags, settingsHelp } from './setting-flags.ts';

type Action = (
  context: { settings: Settings; environment: Environment; signal: AbortSignal },
  ...args: string[]
) => Promise<unknown>;

/** A subcommand whose action gets validated settings; its module is loaded only when it is run. */
function subcommand(parent: Command, usage: string, summary: string, action: Action): Command {
  const command = parent.command(usage).description(summary);
  addSettingFlags(command);
  command.action(async (...given: unknown[]) => {
    const args = given.slice(0, -2).map((each) => String(each ?? ''));
    const environment = environmentWithFlags(process.env, command.optsWithGlobals());
    try {
      const settings = readSettings(environment);
      armKillPoint(settings.KILL_POINT);
      await action({ settings, environment, signal: signalOfTermination() }, ...args);
    } catch (error) {
      failWith(error);
    }
  });
  return command;
}

/** Aborted by the first of these signals, a closed terminal included; the second one ends the process at once. */
function signalOfTermination(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

function sayOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

function addProcesses(program: Command): void {
  subcommand(program, 'indexer', 'follow the chain into ClickHouse', async ({ settings, signal }) =>
    (await import('../indexer/main.ts')).runIndexer(settings, signal),
  );
  subcommand(program, 'worker', 'compute, commit and accrue reward epochs', async ({ settings, signal }) =>
    (await import('../jobs/main.ts')).runWorker(settings, signal),
  );
  subcommand(program, 'co-sign', 'judge published epochs by a record of its own', async ({ settings, signal }) =>
    (await import('../jobs/co-sign/main.ts')).runCoSigner(settings, signal),
  );
  subcommand(program, 'api', 'serve GraphQL and the dashboard', async ({ settings, signal }) => {
    await (await import('./dashboard.ts')).ensureDashboard(sayOnStderr);
    await (await import('../api/main.ts')).runApi(settings, signal);
  });
  subcommand(program, 'dashboard', 'build the page that the API serves, if it has changed', async () =>
    (await import('./dashboard.ts')).ensureDashboard(sayOnStderr),
  );
  subcommand(program, 'clickhouse', 'own the data directory and serve it over HTTP', async ({ settings, signal }) =>
    (await import('./processes.ts')).runClickHouse(settings, signal),
  );
  subcommand(program, 'localnet', 'run the local chain', async ({ settings, signal }) =>
    (await import('./processes.ts')).runLocalnet(settings, signal),
  );
  subcommand(program, 'migrate', 'bring the database to the newest schema', async ({ settings }) =>
    (await import('./migrate.ts')).runMigrate(settings),
  );
}

function addOperations(program: Command): void {
  const up = subcommand(program, 'up', 'start everything and follow it', async ({ settings, environment, signal }) =>
    (await import('./up/up.ts')).runUp(settings, environment, up.opts(), signal),
  );
  up.option('--until <goal>', 'stop with 0 once this is reached: epoch:N')
    .option('--seed <n>', 'seed of the local chain and its market', '1')
    .option('--providers <n>', 'providers of the simulated market', '5')
    .option('--fresh', 'forget what is kept in DATA_DIR first');
  const status = subcommand(program, 'status', 'what every process knows', async ({ settings }) =>
    (await import('./status.ts')).runStatus(settings, status.opts()),
  );
  status.option('--json', 'for machines');
  program
    .command('test')
    .description('install what the tests need, then check and test everything')
    .argument('[files...]', 'only these test files')
    .action(async (files: string[]) => (await import('./test.ts')).runTests(files).catch(failWith));
}

function addRecord(program: Command): void {
  const backfill = subcommand(program, 'backfill', 'blocks of a range by RPC', async ({ settings, signal }) =>
    (await import('./backfill.ts')).runBackfillCommand(settings, backfill.opts(), signal),
  );
  backfill.option('--from <slot>', 'first slot').option('--to <slot>', 'last slot; without it, up to the record');
  const idl = program.command('idl').description('the registry of IDLs');
  const add = subcommand(
    idl,
    'add <file>',
    'a version of a program, or another one',
    async ({ settings, signal }, file) =>
      (await import('./idl.ts')).runIdlAdd(settings, file ?? '', add.opts(), signal),
  );
  add
    .option('--program <address>', 'whose IDL it is')
    .option('--from-slot <slot>', 'first slot at which it is in force, 0 unless told otherwise')
    .option('--prefix <name>', 'first part of the names of its tables');
  subcommand(idl, 'list', 'programs, their versions and what is undecoded', async ({ settings }) =>
    (await import('./idl.ts')).runIdlList(settings),
  );
}

function addProofs(program: Command): void {
  const verify = program.command('verify').description('prove what is stored');
  const blocks = subcommand(verify, 'blocks', 'prove a range of slots complete', async ({ settings }) =>
    (await import('./verify.ts')).runVerifyBlocks(settings, blocks.opts()),
  );
  blocks.option('--from <slot>', 'first slot').option('--to <slot>', 'last slot');
  const accounts = subcommand(
    verify,
    'accounts',
    'fold events and instructions, compare with every account',
    async ({ settings, signal }) =>
      (await import('./verify-accounts.ts')).runVerifyAccounts(settings, accounts.opts(), signal),
  );
  accounts.option('--from <slot>', 'accounts as of this slot').option('--to <slot>', 'last slot');
  const epochProof = subcommand(
    verify,
    'epoch <n>',
    'recompute a reward epoch and compare it with the chain',
    async ({ settings }, epoch) =>
      (await import('./verify-epoch.ts')).runVerifyEpoch(settings, epoch ?? '', epochProof.opts()),
  );
  epochProof
    .option('--from-events', 'gather its inputs again from the record and compare them too')
    .option('--rpc <url>', 'without any record: from the artefact and this node')
    .option('--artefact <file>', 'the artefact, plain or gzip');
  const rate = subcommand(
    verify,
    'rate <model> <time>',
    'recompute a reference rate and list its inputs',
    async ({ settings }, model, time) =>
      (await import('./verify-rate.ts')).runVerifyRate(settings, model ?? '', time ?? '', rate.opts()),
  );
  rate.option('--daily', 'of the day, not of the hour');
  const rewards = program.command('rewards').description('the reward authority’s steps');
  for (const [step, summary] of [
    ['show', 'inputs, allocation, roots and state of an epoch'],
    ['approve', 'allow the commit of a published epoch'],
    ['commit', 'write the record of an approved epoch on chain'],
    ['accrue', 'accrue a committed epoch for every pool'],
  ] as const) {
    subcommand(rewards, `${step} <epoch>`, summary, async ({ settings, signal }, epoch) =>
      (await import('./rewards.ts')).runRewards(step, settings, epoch ?? '', signal),
    );
  }
  const remedy = subcommand(
    rewards,
    'remedy <epoch>',
    'after a wrong root: who is owed what, and what stops accruals',
    async ({ settings, signal }, epoch) =>
      (await import('./remedy.ts')).runRemedy(settings, epoch ?? '', remedy.opts(), signal),
  );
  remedy.option('--artefact <file>', 'the artefact that was committed, where it is not in the database');
  subcommand(
    rewards,
    'export-unsigned <epoch>',
    'the next transaction of an epoch, for an authority whose key is elsewhere',
    async ({ settings, signal }, epoch) =>
      (await import('./rewards.ts')).runExportUnsigned(settings, epoch ?? '', signal),
  );
}

const program = new Command('plumbline')
  .description('The ledger of record for GPU-compute networks on Solana')
  .addHelpText('after', settingsHelp)
  .exitOverride()
  .configureOutput({ outputError: () => undefined });
addProcesses(program);
addOperations(program);
addRecord(program);
addProofs(program);
program.parseAsync().catch((error: unknown) => failWith(error instanceof CommanderError ? usageError(error) : error));

/** Help and version were shown and are no failure; what is left is a command line that cannot be used, in one line. */
function usageError(error: CommanderError): InputError {
  if (error.exitCode === 0) process.exit(0);
  const what = error.message.replace(/^error: /, '');
  const text = error.code === 'commander.help' ? 'A subcommand is missing' : `The command line has an ${what}`;
  return new InputError('CLI__BAD_COMMAND_LINE', `${text}: see plumbline help`, { code: error.code });
}
