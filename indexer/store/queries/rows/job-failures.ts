/**
 * Jobs of the worker that failed for good and have not worked since. Table: sql/0024_job_failures.sql.
 * @module
 */
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { rows } from '../../rows.ts';

export interface JobFailureRow {
  readonly job: string;
  /** Microseconds since 1970, of the first failure after it worked last. */
  readonly since: bigint;
  /** 0 once it works again. */
  readonly failureCount: number;
  readonly code: string;
  readonly message: string;
  /** Microseconds since 1970. */
  readonly recordedAt: bigint;
}

const failureTable = rowTable('job_failures', {
  ...{ job: 'String', since: 'DateTime64(6)', failure_count: 'UInt32', code: 'String', message: 'String' },
  recorded_at: 'DateTime64(6)',
});

/** More than there are jobs. */
const MOST_JOBS = 1_000;

export function insertJobFailures(client: StoreClient, failures: readonly JobFailureRow[]): Promise<void> {
  return insertRows(client, failureTable, failures);
}

/** Those that have failed longest first. */
export function openJobFailures(client: StoreClient): Promise<JobFailureRow[]> {
  return rows<JobFailureRow>(
    client,
    `SELECT ${failureTable.selectList} FROM open_job_failures ORDER BY since, job LIMIT {limit:UInt32}`,
    { limit: MOST_JOBS },
  );
}
