-- Jobs of the worker that failed for good: that were tried as often as they are, or that trying again cannot mend. A row for
-- each change of what is known of a job: that it fails, that it fails for another reason, that the number of failures has
-- doubled, that it works again. The newest of a job holds.

CREATE TABLE IF NOT EXISTS job_failures
(
    job           LowCardinality(String),
    since         DateTime64(6) COMMENT 'first failure after it worked last',
    failure_count UInt32 COMMENT 'since then, when the row was written; 0 once it works again',
    code          String COMMENT 'of the last failure; empty once it works again',
    message       String,
    recorded_at   DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY job;

CREATE VIEW IF NOT EXISTS open_job_failures AS SELECT * FROM job_failures FINAL WHERE failure_count > 0;
