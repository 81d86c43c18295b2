/**
 * Alerts that no webhook took: whoever runs one has missed them.
 * @module
 */
import { useAnswer } from '../../live/use-live.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { DeadAlertsQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { DEAD_ALERTS_QUERY } from './queries.ts';

export function DeadAlertSection() {
  const live = useAnswer<DeadAlertsQuery>(DEAD_ALERTS_QUERY);
  return (
    <Panel
      id="dead-alerts"
      title="Dead letters"
      note="Alerts that a webhook did not take in twelve attempts, and that are tried no more"
    >
      <Unread live={live} what="Dead letters" />
      <DataTable
        caption="Dead letters of the webhooks, newest first"
        rows={live.answer?.data.deadAlerts ?? null}
        keyOf={({ endpoint, id }) => `${endpoint}/${id}`}
        emptyText="None. Every alert was taken, or is still being tried."
        columns={[
          { header: 'Webhook', cell: ({ endpoint }) => <span class="name">{endpoint}</span> },
          { header: 'About', cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
          { header: 'Attempts', isNumber: true, cell: ({ attempts }) => count(attempts) },
          { header: 'Last failure', isLong: true, cell: ({ lastError }) => <span class="name">{lastError}</span> },
          { header: 'Given up', cell: ({ diedAt }) => <Moment at={diedAt} />, sortBy: ({ diedAt }) => BigInt(diedAt) },
          { header: 'Alert', isLong: true, cell: ({ id }) => <span class="name">{id}</span> },
        ]}
      />
    </Panel>
  );
}
