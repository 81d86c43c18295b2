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
}

export interface Lease {
  readonly connection: EngineConnection;
  readonly isNew: boolean;
  release(): void;
}

export class NamedSessions {
  readonly #sessions = new Map<string, NamedSession>();

  constructor(private readonly engine: Engine) {}

  /** @throws EngineError 372 (not found), 373 (locked), 202 (too many) */
  lease(userName: string, request: SessionRequest): Lease {
    const key = JSON.stringify([userName, request.id]);
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
        session.timer = setTimeout(() => this.#end(key), request.timeoutSeconds * 1000).unref();
      },
    };
  }

  /** Ends every session; call when no query runs. */
  closeAll(): void {
    for (const key of [...this.#sessions.keys()]) this.#end(key);
  }

  #create(key: string): NamedSession {
    if (this.#sessions.size >= maxSessions) {
      throw new EngineError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', `Too many sessions, the limit is ${maxSessions}`);
    }
    const session: NamedSession = { connection: this.engine.open(), isBusy: true, timer: null };
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
