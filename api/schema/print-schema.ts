/**
 * `node --import tsx api/schema/print-schema.ts` writes api/schema.graphql from the code.
 * @module
 */
import { writeFileSync } from 'node:fs';
import { printedSchema } from './schema.ts';

writeFileSync(new URL('../schema.graphql', import.meta.url), printedSchema());
