-- Who may upgrade a followed program, as the chain's loader has it: read by the worker, a row for each change it sees.
-- Between two readings a change back and forth is not seen.

CREATE TABLE IF NOT EXISTS program_authorities
(
    program           FixedString(32),
    slot              UInt64 COMMENT 'finalized slot of the reading that saw it first',
    loader            FixedString(32) COMMENT 'owner of the program account',
    is_upgradeable    UInt8,
    upgrade_authority FixedString(32) COMMENT 'zero bytes when nobody may upgrade it',
    deployed_slot     UInt64 COMMENT 'of the code in force; 0 where the loader does not say',
    recorded_at       DateTime64(6) DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (program, slot);
