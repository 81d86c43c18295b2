/**
 * Operations on the way to their answers. One operation is run once at a time, whoever asks for it: those who come while it
 * waits, or while the state of the record that it is run as of is still the newest, are answered with it.
 *
 * The state is looked at when the turn has come, so that whoever waited is answered as of the time when it ended.
 * @module
 */
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { KeptAnswer, KeptAnswers, KnownOperation } from './kept-answers.ts';
import { busy, type Place, type Turns } from './turns.ts';

/** What became of a run. */
export interface Outcome {
  readonly result: ExecutionResult;
  /** `null` of one with errors. */
  readonly kept: KeptAnswer | null;
}

/** One who asks. */
export interface Asker {
  /** Who its turns are given to. */
  readonly bucket: string;
  /** Aborted when it has gone. */
  readonly gone: AbortSignal;
}

export type Execute = (version: string) => Promise<ExecutionResult>;

interface Run {
  readonly outcome: Promise<Outcome>;
  readonly end: (outcome: Outcome) => void;
  /** State of the record, once it is begun; `null` where that cannot be read. */
  readonly version: Promise<string | null>;
  readonly look: (version: string | null) => void;
  place: Place | null;
  isBegun: boolean;
  askerCount: number;
}

export class OperationRuns {
  readonly #answers: KeptAnswers;
  readonly #turns: Turns;
  #runs = new Map<string, Run>();

  constructor(answers: KeptAnswers, turns: Turns) {
    this.#answers = answers;
    this.#turns = turns;
  }

  isUnderWay({ hash }: KnownOperation): boolean {
    return this.#runs.has(hash);
  }

  /** Answers with a run that is under way, if one will do. @param seen state of the record that the answer may not be behind */
  async join(operation: KnownOperation, asker: Asker, seen: string): Promise<Outcome | null> {
    const run = this.#runs.get(operation.hash);
    if (run === undefined) return null;
    if (!run.isBegun) return this.#wait(operation, run, asker);
    return (await run.version) === seen ? run.outcome : null;
  }

  /**
   * Answers as of `seen` or a later state. What fails is an outcome too, with its errors.
   * @param execute runs it as of a state; not called where another run answers
   */
  async answer(operation: KnownOperation, asker: Asker, seen: string, execute: Execute): Promise<Outcome> {
    for (let version = seen; ; version = await this.#answers.versionNow()) {
      const joined = await this.join(operation, asker, version);
      if (joined !== null) return joined;
      const found = this.#answers.find(version, operation);
      if (found !== undefined) return outcomeOf(found);
      const running = this.#runs.get(operation.hash);
      if (running === undefined) return this.#wait(operation, this.#begin(operation, asker, version, execute), asker);
      // As of an earlier state. Its end is waited for, and nothing else of it.
      await running.outcome;
    }
  }

  /** Has an operation answered anew that has no run, for whoever comes later. */
  renew(operation: KnownOperation, asker: Asker, seen: string, execute: Execute): void {
    if (!this.isUnderWay(operation)) this.#begin(operation, asker, seen, execute).askerCount++;
  }

  #begin(operation: KnownOperation, { bucket }: Asker, seen: string, execute: Execute): Run {
    const run = newRun(() => this.#runs.delete(operation.hash));
    this.#runs.set(operation.hash, run);
    let hasWaited = false;
    const work = async () => {
      run.isBegun = true;
      try {
        const version = hasWaited ? await this.#answers.versionNow() : seen;
        run.look(version);
        const found = this.#answers.find(version, operation);
        run.end(found === undefined ? await this.#executed(operation, version, execute) : outcomeOf(found));
      } catch (error) {
        run.look(null);
        run.end(failure(error));
      }
    };
    run.place = this.#turns.enter(bucket, work, (reason) => run.end(failure(reason)));
    hasWaited = true;
    return run;
  }

  async #executed(operation: KnownOperation, version: string, execute: Execute): Promise<Outcome> {
    const result = await execute(version);
    if (result.errors) return { result, kept: null };
    return { result, kept: this.#answers.keep(version, operation, result.data) };
  }

  #wait({ hash }: KnownOperation, run: Run, { bucket, gone }: Asker): Promise<Outcome> {
    run.askerCount++;
    run.place?.share(bucket);
    const leave = () => {
      run.askerCount--;
      if (run.askerCount > 0 || run.isBegun || this.#runs.get(hash) !== run) return;
      run.place?.leave();
      run.end(failure(busy('Whoever asked has gone')));
    };
    if (gone.aborted) leave();
    else gone.addEventListener('abort', leave, { once: true });
    return run.outcome;
  }
}

function newRun(onEnd: () => void): Run {
  let end: Run['end'] = () => undefined;
  let look: Run['look'] = () => undefined;
  const outcome = new Promise<Outcome>((resolve) => {
    end = (found) => {
      onEnd();
      resolve(found);
    };
  });
  const version = new Promise<string | null>((resolve) => {
    look = resolve;
  });
  return { outcome, end, version, look, place: null, isBegun: false, askerCount: 0 };
}

function outcomeOf(kept: KeptAnswer): Outcome {
  return { result: { data: JSON.parse(kept.data) }, kept };
}

/** With the cause, for the log: what the asker is told of it is decided where all errors are. */
function failure(error: unknown): Outcome {
  const originalError = error instanceof Error ? error : new Error(String(error));
  const told = error instanceof GraphQLError ? error : new GraphQLError(originalError.message, { originalError });
  return { result: { errors: [told] }, kept: null };
}
