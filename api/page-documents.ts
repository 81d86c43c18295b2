/**
 * Documents of the dashboard's pages that carry what was last answered to the question their first chart is made of, so
 * that it is there with the document and not after it. The page shows it as an earlier answer until it has one of now.
 * @module
 */
import type { Logger } from 'pino';
import { messageOf } from '../indexer/domain/errors.ts';
import { type StaticFile, staticFile } from './static-files.ts';

/** Answers a question that is told as its address, for nobody in particular. @throws Error when it is refused */
export type AskApi = (url: string) => Promise<unknown>;

/** A look every so often costs a hundredth of a processor while nobody comes. */
const EVERY_MS = 30_000;
/** What is older is not given out: whoever comes waits for an answer of now. */
const MOST_AGE_MS = 60_000;
const HEAD_URL = `/graphql?query=${encodeURIComponent('{ _meta { blockTime } }')}`;
const QUESTION = /<link rel="preload" as="fetch" crossorigin(?: data-step="(\d+)")? href="([^"]+)">/;

interface Filled {
  readonly document: StaticFile;
  readonly madeAtMs: number;
}

export class PageDocuments {
  readonly #filled = new Map<string, Filled>();
  readonly #files: ReadonlyMap<string, StaticFile>;
  readonly #ask: AskApi;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;

  constructor(files: ReadonlyMap<string, StaticFile>, ask: AskApi, log: Logger) {
    this.#files = files;
    this.#ask = ask;
    this.#log = log;
  }

  start(): void {
    void this.fill();
    this.#timer = setInterval(() => void this.fill(), EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The document of a place. @param search what its address says beside its path, `?` and all */
  of(path: string, search: string): StaticFile | undefined {
    const name = path.split('/')[1] || 'overview';
    const file = `/pages/${name}.html`;
    const filled = this.#filled.get(file);
    const isFresh = filled !== undefined && Date.now() - filled.madeAtMs <= MOST_AGE_MS;
    // The first question is that of the page as it is without further wishes.
    if (isFresh && /^(\?model=0)?$/.test(search) && path.split('/').length === 2) return filled.document;
    return this.#files.get(file) ?? this.#files.get('/index.html');
  }

  /** Asks anew what documents carry. Where the API does not answer, they stay as they are until they are too old. */
  async fill(): Promise<void> {
    const asking = [...this.#files].filter(([, { body }]) => QUESTION.test(body.toString()));
    if (asking.length === 0) return;
    try {
      const { _meta } = (await this.#ask(HEAD_URL)) as { readonly _meta: { readonly blockTime: string | null } };
      if (_meta.blockTime === null) return;
      for (const [path, file] of asking) {
        const text = await this.#filledText(file.body.toString(), _meta.blockTime);
        this.#filled.set(path, { document: staticFile(path, Buffer.from(text)), madeAtMs: Date.now() });
      }
    } catch (error) {
      this.#log.debug({ error: messageOf(error) }, 'documents of pages are given out without an answer');
    }
  }

  async #filledText(text: string, headTime: string): Promise<string> {
    const [link = '', step = '1', address = ''] = QUESTION.exec(text) ?? [];
    const end = (Math.floor(Number(headTime) / Number(step)) + 1) * Number(step);
    const url = address.replace(/~(-?\d+)~/g, (_, seconds: string) => String(end + Number(seconds)));
    const data = await this.#ask(url);
    // No text of the record may end the element that it stands in.
    const json = JSON.stringify(data).replaceAll('<', '\\u003c');
    const filled = [
      `<meta name="head-time" content="${headTime}">`,
      link.replace(address, url),
      `<script type="application/json" id="earlier-answer" data-question="${url}">${json}</script>`,
    ];
    // By a function: an answer may hold what a pattern's replacement would mean something by.
    return text.replace(QUESTION, () => filled.join('\n    '));
  }
}
