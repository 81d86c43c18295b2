/**
 * What the API says of its own work, as Prometheus text: answers, errors by code, time to answer.
 * @module
 */

export interface ApiMetrics {
  /** One GraphQL answer with the codes of its errors. */
  countAnswer(codes: readonly string[]): void;
  /** One HTTP request to /graphql, answered after so long. */
  countRequest(durationMs: number): void;
  /** An operation whose answer was kept already, or was not. */
  countCached(isKept: boolean): void;
  /** An answer of an earlier state than the newest. */
  countAged(): void;
  /** An operation that begins to wait for its turn, or has ended to. */
  countWaiting(change: 1 | -1): void;
  /** An operation whose turn has come after so long. */
  countTurn(waitedMs: number): void;
  /** Points of an operation or a file that was admitted. */
  countCost(points: number): void;
  /** An operation that was admitted without a look at its budget: Redis did not answer. */
  countUnchecked(): void;
  text(now: ProcessState): string;
}

export interface ProcessState {
  /** Who listens. */
  readonly subscriberCount: number;
  /** Whether Redis answers; `null` when budgets are not asked for. */
  readonly hasBudgets: boolean | null;
}

/** Upper bounds in milliseconds. */
const BUCKETS_MS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500] as const;
const MS_PER_SECOND = 1_000;

export function createApiMetrics(): ApiMetrics {
  let answerCount = 0;
  let requestCount = 0;
  let uncheckedCount = 0;
  let costPoints = 0;
  const cached = { hit: 0, miss: 0 };
  let agedCount = 0;
  const turns = { count: 0, waitSumMs: 0, waiting: 0 };
  let durationSumMs = 0;
  const errorCounts = new Map<string, number>();
  const bucketCounts = BUCKETS_MS.map(() => 0);
  return {
    countAnswer(codes) {
      answerCount++;
      for (const code of codes) errorCounts.set(code, (errorCounts.get(code) ?? 0) + 1);
    },
    countRequest(durationMs) {
      requestCount++;
      durationSumMs += durationMs;
      for (const [index, boundMs] of BUCKETS_MS.entries()) {
        if (durationMs <= boundMs) bucketCounts[index] = (bucketCounts[index] ?? 0) + 1;
      }
    },
    countCached(isKept) {
      cached[isKept ? 'hit' : 'miss']++;
    },
    countAged() {
      agedCount++;
    },
    countWaiting(change) {
      turns.waiting += change;
    },
    countTurn(waitedMs) {
      turns.count++;
      turns.waitSumMs += waitedMs;
    },
    countCost(points) {
      costPoints += points;
    },
    countUnchecked() {
      uncheckedCount++;
    },
    text: ({ subscriberCount, hasBudgets }) => {
      const errors = [...errorCounts].map(([code, count]) => `plumbline_api_errors_total{code="${code}"} ${count}`);
      const buckets = BUCKETS_MS.map((boundMs, index) => bucketLine(boundMs / MS_PER_SECOND, bucketCounts[index] ?? 0));
      return [
        ...family('answers_total', 'counter', 'GraphQL answers'),
        `plumbline_api_answers_total ${answerCount}`,
        ...family('errors_total', 'counter', 'Errors in GraphQL answers, by code'),
        ...errors,
        ...family('request_duration_seconds', 'histogram', 'Time from request to answer at /graphql'),
        ...buckets,
        bucketLine('+Inf', requestCount),
        `plumbline_api_request_duration_seconds_sum ${durationSumMs / MS_PER_SECOND}`,
        `plumbline_api_request_duration_seconds_count ${requestCount}`,
        ...family('cached_answers_total', 'counter', 'Operations whose answer was kept already, and others'),
        `plumbline_api_cached_answers_total{found="true"} ${cached.hit}`,
        `plumbline_api_cached_answers_total{found="false"} ${cached.miss}`,
        ...family('aged_answers_total', 'counter', 'Answers of an earlier state, given while operations waited'),
        `plumbline_api_aged_answers_total ${agedCount}`,
        ...turnLines(turns),
        ...budgetLines({ hasBudgets, costPoints, uncheckedCount }),
        ...family('subscribers', 'gauge', 'Subscriptions that are open'),
        `plumbline_api_subscribers ${subscriberCount}`,
        '',
      ].join('\n');
    },
  };
}

function turnLines({
  count,
  waitSumMs,
  waiting,
}: Readonly<Record<'count' | 'waitSumMs' | 'waiting', number>>): string[] {
  return [
    ...family('turn_wait_seconds', 'summary', 'Time that operations waited for their turn'),
    `plumbline_api_turn_wait_seconds_sum ${waitSumMs / MS_PER_SECOND}`,
    `plumbline_api_turn_wait_seconds_count ${count}`,
    ...family('waiting_operations', 'gauge', 'Operations that wait for their turn'),
    `plumbline_api_waiting_operations ${waiting}`,
  ];
}

interface BudgetFacts extends Pick<ProcessState, 'hasBudgets'> {
  readonly costPoints: number;
  readonly uncheckedCount: number;
}

/** What was spent, and whether budgets can be looked at. */
function budgetLines({ hasBudgets, costPoints, uncheckedCount }: BudgetFacts): string[] {
  const up = [
    ...family('budgets_up', 'gauge', 'Whether Redis answers'),
    `plumbline_api_budgets_up ${Number(hasBudgets)}`,
  ];
  return [
    ...family('cost_points_total', 'counter', 'Points that admitted operations and files cost'),
    `plumbline_api_cost_points_total ${costPoints}`,
    ...family('unchecked_budgets_total', 'counter', 'Operations admitted while Redis did not answer'),
    `plumbline_api_unchecked_budgets_total ${uncheckedCount}`,
    ...(hasBudgets === null ? [] : up),
  ];
}

function family(name: string, type: string, help: string): string[] {
  return [`# HELP plumbline_api_${name} ${help}`, `# TYPE plumbline_api_${name} ${type}`];
}

function bucketLine(bound: number | string, count: number): string {
  return `plumbline_api_request_duration_seconds_bucket{le="${bound}"} ${count}`;
}
