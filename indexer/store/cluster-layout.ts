/**
 * The same schema on a ClickHouse cluster of one shard: every statement of a migration on all its replicas, every table
 * replicated. Pure.
 *
 * One shard, since every question is asked about ranges of slots that join several tables, and the record of a few
 * programs fits one machine; what a cluster is for here is that a machine may be lost. So there is nothing to distribute,
 * and any replica answers any question.
 *
 * Source: ClickHouse documentation, "Distributed DDL Queries" and "Data Replication". Paths and replica names are the
 * server's defaults (`default_replica_path`, `default_replica_name`), which need its macros `shard` and `replica`.
 * @module
 */
import type { ClickHouseSettings } from '@clickhouse/client';
import { checkInput, InputError } from '../domain/errors.ts';

/**
 * What makes a cluster answer as one server does. An insert counts once a majority of the replicas has it, and a SELECT
 * sees all inserts that count or fails and is repeated. So the mark of a block is never seen before its rows, whichever
 * replica is asked. Equal inserts are not dropped as repetitions: what is written twice is told apart by FINAL, as on one
 * server. Inserts of a quorum into one table wait for one another, which two processes at once are told as an error that
 * passes.
 */
export const clusterSettings: ClickHouseSettings = {
  insert_quorum: 'auto',
  insert_quorum_parallel: 0,
  insert_deduplicate: 0,
  select_sequential_consistency: '1',
};

/** What stands before the name of the thing that is made or changed. */
const definition =
  /^((?:\s|--[^\n]*\n)*(?:CREATE\s+DATABASE|CREATE\s+TABLE|CREATE\s+(?:OR\s+REPLACE\s+)?VIEW|ALTER\s+TABLE)(?:\s+IF\s+NOT\s+EXISTS)?\s+(?:`(?:[^`\\]|\\.)+`|\w+))(?=[\s(]|$)/i;
const rowsOnly = /^(?:\s|--[^\n]*\n)*INSERT\s+INTO\s/i;
const table = /^(?:\s|--[^\n]*\n)*CREATE\s+TABLE\s/i;
const engine = /\bENGINE\s*=\s*(Replacing)?MergeTree\b/g;

/**
 * One statement of a migration as it is for a cluster.
 * @param cluster name as in the server's `remote_servers`, or a macro such as `{cluster}`
 * @throws InputError `STORE__NOT_FOR_CLUSTER` for a statement that is none of those known here: on one replica alone it
 *   would take effect, and nobody would see
 */
export function onCluster(statement: string, cluster: string): string {
  if (rowsOnly.test(statement)) return statement;
  const head = definition.exec(statement)?.[1];
  if (head === undefined) throw notForCluster(statement);
  const whole = `${head} ON CLUSTER '${cluster}'${statement.slice(head.length)}`;
  return table.test(statement) ? replicated(whole, statement) : whole;
}

function replicated(whole: string, statement: string): string {
  checkInput(
    whole.match(engine)?.length === 1,
    'STORE__NOT_FOR_CLUSTER',
    `A table needs one engine of the MergeTree family to be replicated: ${firstLine(statement)}`,
  );
  return whole.replace(engine, (_, kind: string | undefined) => `ENGINE = Replicated${kind ?? ''}MergeTree`);
}

function notForCluster(statement: string): InputError {
  const message = `It is not known how this is done on all replicas of a cluster: ${firstLine(statement)}`;
  return new InputError('STORE__NOT_FOR_CLUSTER', message);
}

function firstLine(statement: string): string {
  return (statement.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('--')) ?? '').slice(
    0,
    100,
  );
}
