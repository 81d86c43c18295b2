/**
 * Jobs of the worker that fail however often they are tried: what they keep up to date is not.
 * @module
 */
import { useAnswer } from '../../live/use-live.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { JobFailuresQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { JOB_FAILURES_QUERY } from './queries.ts';

export function JobFailureSection() {
  const live = useAnswer<JobFailuresQuery>(JOB_FAILURES_QUERY);
  return (
    <Panel
      id="job-failures"
      title="Failing jobs"
      note="Work in the background that failed for good and has not succeeded since; a job that works again is gone from here"
    >
      <Unread live={live} what="Failing jobs" />
      <DataTable
        caption="Failing jobs, those that have failed longest first"
        rows={live.answer?.data.jobFailures ?? null}
        keyOf={({ job }) => job}
        emptyText="None. Every job works, or is still being tried."
        columns={[
          { header: 'Job', cell: ({ job }) => <span class="name">{job}</span> },
          { header: 'Since', cell: ({ since }) => <Moment at={since} /> },
          { header: 'Times, at least', isNumber: true, cell: ({ failureCount }) => count(failureCount) },
          { header: 'Last failure', isLong: true, cell: ({ message }) => message },
          { header: 'Code', isLong: true, cell: ({ code }) => <span class="name">{code}</span> },
          { header: 'Written down', cell: ({ recordedAt }) => <Moment at={recordedAt} /> },
        ]}
      />
    </Panel>
  );
}
