-- Market data that is computed from the record: candles of the on-chain index, reference rates and their inputs.
-- Every table is append-only: the newest row of a key holds, and whatever is written again replaces itself.

-- Blocks are looked up by time.
ALTER TABLE blocks ADD INDEX IF NOT EXISTS by_block_time block_time TYPE minmax GRANULARITY 1;

-- Candles of finalized blocks. A bucket whose ticks have gone has a row with tick_count = 0.
CREATE TABLE IF NOT EXISTS candles
(
    model                UInt8,
    interval_seconds     UInt32,
    start                Int64 COMMENT 'Unix seconds, of the bucket',
    open                 UInt128 COMMENT 'base units of INFER per GPU-hour times 10^6, as the other prices',
    high                 UInt128,
    low                  UInt128,
    close                UInt128,
    tick_count           UInt64,
    purchase_count       UInt64,
    purchase_gpu_seconds UInt128,
    purchase_value       UInt128 COMMENT 'base units of INFER',
    trade_gpu_seconds    UInt128,
    trade_value          UInt128,
    traded_sum           UInt256 COMMENT 'sum of traded price times GPU-seconds',
    price_before         UInt128 COMMENT 'in force when the bucket began; 0 where there was none yet',
    price_seconds        UInt256 COMMENT 'integral of the price up to the last tick',
    first_time           Int64,
    last_time            Int64,
    recorded_at          DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (model, interval_seconds, start);

-- What the candles of a day were made from: they stand as long as the digest of the day's ticks is this one.
CREATE TABLE IF NOT EXISTS candle_days
(
    day         Int64 COMMENT 'Unix seconds at which it begins',
    through     Int64 COMMENT 'candles are made from the ticks before this time',
    digest      UInt64 COMMENT 'of those ticks and of the prices before the day',
    recorded_at DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY day;

CREATE VIEW IF NOT EXISTS current_candles AS SELECT * FROM candles FINAL WHERE tick_count > 0;
CREATE VIEW IF NOT EXISTS current_candle_days AS SELECT * FROM candle_days FINAL;
