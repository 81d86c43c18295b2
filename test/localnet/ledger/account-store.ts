/**
 * Account states by commitment: of every account the newest finalized state and all newer ones, so that a read at
 * `confirmed` or `finalized` sees what a validator's bank of that level would.
 * @module
 */
import type { Key } from '../wire/key.ts';
import type { AccountRecord } from './block.ts';

interface Version {
  readonly slot: number;
  readonly record: AccountRecord;
}

export class AccountStore {
  readonly #versions = new Map<Key, Version[]>();
  /** Accounts that are, or within the unfinalized part were, owned by a program. */
  readonly #byOwner = new Map<Key, Set<Key>>();

  put(slot: number, record: AccountRecord): void {
    const versions = this.#versions.get(record.key);
    if (versions === undefined) this.#versions.set(record.key, [{ slot, record }]);
    else if (versions.at(-1)?.slot === slot) versions[versions.length - 1] = { slot, record };
    else versions.push({ slot, record });
    const owned = this.#byOwner.get(record.owner);
    if (owned === undefined) this.#byOwner.set(record.owner, new Set([record.key]));
    else owned.add(record.key);
  }

  /** State as of `slot`: `null` for closed, `undefined` for never written. */
  get(key: Key, slot: number): AccountRecord | null | undefined {
    const versions = this.#versions.get(key);
    if (versions === undefined) return undefined;
    const found = versions.findLast((version) => version.slot <= slot);
    return found === undefined || found.record.lamports === 0n ? null : found.record;
  }

  ownedBy(owner: Key, slot: number): AccountRecord[] {
    const keys = this.#byOwner.get(owner) ?? [];
    return [...keys].flatMap((key) => {
      const record = this.get(key, slot);
      return record?.owner === owner ? [record] : [];
    });
  }

  /** Newest state of every account, closed ones too. */
  *latest(): Generator<AccountRecord> {
    for (const versions of this.#versions.values()) {
      const last = versions.at(-1);
      if (last !== undefined) yield last.record;
    }
  }

  /** Forgets what is older than the newest state of the account at or before `slot`. */
  finalize(key: Key, slot: number): void {
    const versions = this.#versions.get(key);
    if (versions === undefined) return;
    const newest = versions.findLastIndex((version) => version.slot <= slot);
    const dropped = versions.splice(0, Math.max(0, newest));
    for (const { record } of dropped) {
      if (versions.every((version) => version.record.owner !== record.owner))
        this.#byOwner.get(record.owner)?.delete(key);
    }
  }

  /** Takes back everything written from `slot` on; a fork writes it again. */
  rollback(slot: number): void {
    for (const [key, versions] of this.#versions) {
      const first = versions.findIndex((version) => version.slot >= slot);
      if (first === -1) continue;
      versions.length = first;
      if (first === 0) this.#versions.delete(key);
    }
  }
}
