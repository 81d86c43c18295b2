/**
 * What one question to ClickHouse may cost on behalf of a stranger.
 * @module
 */

/** `readonly` 2: nothing but reading, whatever the user of the connection could do; these settings can still be given. */
export const API_QUERY_LIMITS = {
  readonly: '2',
  max_execution_time: 5,
  max_memory_usage: '536870912',
  max_result_rows: '100000',
  // Small enough for the embedded engine to hand it over in memory.
  max_result_bytes: '67108864',
  // One core for each question: a dear one leaves the others to the rest.
  max_threads: 1,
  // What an answer reads is mostly in memory: handing each piece to another thread takes a tenth longer.
  local_filesystem_read_method: 'pread',
} as const;

/** Likewise of an export: longer, with the same memory, and sorting on disk beyond half of it. */
export const API_EXPORT_LIMITS = {
  readonly: '2',
  max_execution_time: 600,
  max_memory_usage: '536870912',
  max_bytes_before_external_sort: '268435456',
  max_result_rows: '10000000',
} as const;
