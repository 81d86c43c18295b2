/**
 * What a page is given.
 * @module
 */
import type { FunctionComponent } from 'preact';

export interface PageProps {
  /** What the path has after the page's own name. */
  readonly rest: readonly string[];
}

export type Page = FunctionComponent<PageProps>;
