-- Parts of the chain's tables are merged column by column from a granule's worth of rows on. ClickHouse does so by itself
-- only from 131,072 rows and 11 columns beside the key, which hardly any of these merges reach, and takes each row through
-- every column at once: twice the time. Tables of events are made with the same settings.

ALTER TABLE transactions MODIFY SETTING vertical_merge_algorithm_min_rows_to_activate = 8192, vertical_merge_algorithm_min_columns_to_activate = 1;

ALTER TABLE events MODIFY SETTING vertical_merge_algorithm_min_rows_to_activate = 8192, vertical_merge_algorithm_min_columns_to_activate = 1;

ALTER TABLE instructions MODIFY SETTING vertical_merge_algorithm_min_rows_to_activate = 8192, vertical_merge_algorithm_min_columns_to_activate = 1;

ALTER TABLE accounts MODIFY SETTING vertical_merge_algorithm_min_rows_to_activate = 8192, vertical_merge_algorithm_min_columns_to_activate = 1;

ALTER TABLE undecoded MODIFY SETTING vertical_merge_algorithm_min_rows_to_activate = 8192, vertical_merge_algorithm_min_columns_to_activate = 1;
