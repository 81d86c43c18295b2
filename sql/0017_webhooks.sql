-- Webhooks: alerts that were found, and what became of each at every endpoint. A row for each change; the newest of an
-- alert holds. An alert is found before the position of its source is moved, and sent before it is noted as sent: a process
-- that dies in between finds or sends it again, under the same id.

CREATE TABLE IF NOT EXISTS webhook_alerts
(
    endpoint    String COMMENT 'name in the file of webhooks',
    id          String COMMENT 'the same for the same alert, for ever; hexadecimal',
    kind        LowCardinality(String),
    body        String COMMENT 'JSON as it is sent, byte for byte',
    state       LowCardinality(String) COMMENT 'pending, sent, or dead once it was tried in vain too often',
    attempts    UInt32 COMMENT 'in vain so far',
    next_at     UInt64 COMMENT 'not tried before this time, milliseconds since 1970',
    last_error  String COMMENT 'of the last attempt; empty for none',
    recorded_at DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (endpoint, id);

-- How far each endpoint has been told of each source: a finalized slot, or a number of a reward epoch.
CREATE TABLE IF NOT EXISTS webhook_positions
(
    endpoint    String,
    source      LowCardinality(String),
    position    UInt64,
    recorded_at DateTime64(6) DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(position) ORDER BY (endpoint, source);

CREATE VIEW IF NOT EXISTS current_webhook_alerts AS SELECT * FROM webhook_alerts FINAL;
