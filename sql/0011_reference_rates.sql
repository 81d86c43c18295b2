-- Reference rates of windows that are over and final, by model; a model without purchases in a window has no row there.
CREATE TABLE IF NOT EXISTS reference_rates
(
    model                 UInt8,
    length_seconds        UInt32,
    window_start          Int64 COMMENT 'Unix seconds',
    rule_version          LowCardinality(String),
    status                LowCardinality(String) COMMENT 'OK or INSUFFICIENT_DATA',
    rate                  UInt128 COMMENT 'base units of USDC per GPU-hour times 10^6; 0 without a rate',
    partition_values      Array(UInt128) COMMENT '0 where a partition does not count',
    partition_clusters    Array(UInt32) COMMENT 'buyer clusters of each partition',
    partition_gpu_seconds Array(UInt64),
    purchase_count        UInt32 COMMENT 'excluded ones too',
    excluded_count        UInt32,
    gpu_seconds           UInt64 COMMENT 'excluded ones too',
    excluded_gpu_seconds  UInt64,
    concentration_ppm     UInt32 COMMENT 'sum of squared shares of the buyer clusters',
    largest_share_ppm     UInt32 COMMENT 'of one buyer cluster',
    first_slot            UInt64,
    last_slot             UInt64,
    input_hash            String COMMENT 'hex SHA-256 of the inputs as canonical JSON',
    recorded_at           DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (model, length_seconds, window_start, rule_version);
CREATE VIEW IF NOT EXISTS current_reference_rates AS SELECT * FROM reference_rates FINAL;
