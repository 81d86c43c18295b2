/**
 * Sessions that a client names by `session_id`: one connection each, so that SET, USE and temporary tables last.
 *
 * A session belongs to its user, runs one query at a time and ends after its timeout without a query.
 * @module
 */
import type { Engine, EngineConnection } from './engine.ts';
import { EngineError } from './engine-error.ts';
import type { SessionRequest } from './http-query.ts';

const maxSessions = 256;

interface NamedSession {
  readonly connection: EngineConnection;
  isBusy: boolean;
  timer: NodeJS.Timeout | null;
  /** Wakes whoever waits for the query before theirs. */
  onRelease: (() => void)[];
}

/**
 * A client has its answer a moment before the server has put the session's settings back, and may send the next query
 * in that moment. That long is waited; a session that is busy for longer belongs to a concurrent client.
 */
const settleMs = 250;

export interface Lease {
  readonly connection: EngineConnection;
  readonly isNew: boolean;
  release(): void;
}

export class NamedSessions {
  readonly #sessions = new Map<string, NamedSession>();

  constructor(private readonly engine: Engine) {}

  /** @throws EngineError 372 (not found), 373 (locked), 202 (too many) */
  async lease(userName: string, request: SessionRequest): Promise<Lease> {
    const key = JSON.stringify([userName, request.id]);
    const before = this.#sessions.get(key);
    if (before?.isBusy) await this.#released(before);
    const existing = this.#sessions.get(key);
    if (existing === undefined && request.mustExist)
      throw new EngineError(372, 'SESSION_NOT_FOUND', 'Session not found');
    if (existing?.isBusy) throw new EngineError(373, 'SESSION_IS_LOCKED', 'Session is locked by a concurrent client');
    const session = existing ?? this.#create(key);
    session.isBusy = true;
    if (session.timer !== null) clearTimeout(session.timer);
    return {
      connection: session.connection,
      isNew: existing === undefined,
      release: () => {
        session.isBusy = false;
        session.onRelease.shift()?.();
        session.timer = setTimeout(() => this.#end(key), request.timeoutSeconds * 1000).unref();
      },
    };
  }

  /** Ends every session; call when no query runs. */
  closeAll(): void {
    for (const key of [...this.#sessions.keys()]) this.#end(key);
  }

  #released(session: NamedSession): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        // Who has given up must not be woken in the place of one who waits.
        session.onRelease = session.onRelease.filter((each) => each !== wake);
        resolve();
      }, settleMs);
      session.onRelease.push(wake);
    });
  }

  #create(key: string): NamedSession {
    if (this.#sessions.size >= maxSessions) {
      throw new EngineError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', `Too many sessions, the limit is ${maxSessions}`);
    }
    const session: NamedSession = { connection: this.engine.open(), isBusy: true, timer: null, onRelease: [] };
    this.#sessions.set(key, session);
    return session;
  }

  #end(key: string): void {
    const session = this.#sessions.get(key);
    if (session === undefined || session.isBusy) return;
    if (session.timer !== null) clearTimeout(session.timer);
    this.#sessions.delete(key);
    session.connection.close();
  }
}
