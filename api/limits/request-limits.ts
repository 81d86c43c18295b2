/** Bytes of a request. The longest sensible query is a tenth of it. @module */
export const MAX_BODY_BYTES = 64 * 1024;
