-- Reconciliation: accounts folded from events and instructions, compared with the accounts seen on chain.
--
-- Every difference is an incident with both sides, at the block at which the two were compared. The range before it that
-- was folded begins after from_slot; the same range folded again decides whether the incident still stands. The cursor
-- 'reconciled' says up to where blocks were compared. Only finalized blocks are, so no fork touches what stands here.

CREATE TABLE IF NOT EXISTS reconciliation_incidents
(
    slot        UInt64 COMMENT 'block whose accounts were compared',
    from_slot   UInt64 COMMENT 'the fold began with the accounts as of this slot',
    program     FixedString(32),
    public_key  FixedString(32) COMMENT 'of the account; of the program where a call could not be folded',
    kind        LowCardinality(String) COMMENT 'account type of the IDL; name of the call that could not be folded',
    field       LowCardinality(String) COMMENT 'of the account; empty where one side has none, call where a call could not be folded',
    expected    String COMMENT 'what events and instructions say; empty where they say there is no account',
    seen        String COMMENT 'what the chain has; empty where it has no account',
    is_open     UInt8 COMMENT '0 once the same range was folded again without this difference',
    recorded_at DateTime64(6) DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (slot, public_key, field);

CREATE VIEW IF NOT EXISTS open_reconciliation_incidents AS
SELECT * FROM reconciliation_incidents FINAL WHERE is_open = 1;
