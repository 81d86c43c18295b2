/**
 * The local chain itself: takes transactions into the open bank as they come, seals a block at every slot end, and can skip
 * slots and fork on purpose. Everything visible comes out of `chain`; same seed, clock and inputs give the same blockhashes.
 * @module
 */
import { join } from 'node:path';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { checkInput, InputError } from '../../indexer/domain/errors.ts';
import { Bank, type Landed } from './bank/bank.ts';
import { buildGenesis, type ChainKey, faucetKey, type GenesisOptions, genesisHash, leaderKey } from './bank/genesis.ts';
import { SLOTS_PER_EPOCH, VirtualMachine, type VmResult } from './bank/virtual-machine.ts';
import type { SlotClock } from './clock.ts';
import { Faults } from './faults.ts';
import { type AccountRecord, type SealedBlock, toBlockAccount, toBlockTransaction } from './ledger/block.ts';
import { Chain, FINALIZED_DEPTH } from './ledger/chain.ts';
import { LedgerFile, recordKind } from './ledger/ledger-file.ts';
import type { LocalnetOptions } from './options.ts';
import { type Key, keyOf, sha256 } from './wire/key.ts';
import type { ParsedTransaction } from './wire/transaction.ts';
import type { TransactionError } from './wire/transaction-error.ts';

export interface ForkRequest {
  readonly depth: number;
  /** Whether the replaced blocks had been announced as confirmed. If not, confirmation waits until `depth` blocks stand unconfirmed. */
  readonly confirmed: boolean;
  /** The replacing blocks take the same slots, or the next ones. */
  readonly slots: 'same' | 'later';
}

interface OpenBlock {
  slot: number;
  readonly landed: Landed[];
  readonly signatures: Set<Key>;
  /** Accounts written in this bank: their state is not visible before the block is. */
  readonly written: Set<Key>;
}

export class Localnet {
  readonly chain: Chain;
  readonly bank: Bank;
  readonly faults = new Faults();
  readonly genesisHash: string;
  readonly leader: string;
  readonly faucet: ChainKey;
  readonly options: LocalnetOptions;
  readonly clock: SlotClock;
  readonly #file: LedgerFile;
  readonly #leaderKey: Key;
  #open: OpenBlock;
  /** What SlotHashes and SlotHistory hold: blocks up to `tip`, of the chain as it was after so many forks. */
  #history = { forks: 0, tip: -1 };
  #slotEndsToSkip = 0;
  #skipNext = 0;
  #clockSeconds = 0;
  /** Of the chain's time against the machine's: more than 0 only while a new chain plays its past. */
  #behindSeconds = 0;
  #forkRequest: ForkRequest | undefined;

  /** @throws InputError when the ledger belongs to another chain, or a program or the data folder cannot be read */
  constructor(options: LocalnetOptions, clock: SlotClock) {
    this.options = options;
    this.clock = clock;
    const leader = leaderKey(options.seed);
    this.leader = toBase58(leader.publicKey);
    this.#leaderKey = keyOf(leader.publicKey);
    this.faucet = faucetKey(options.seed);
    this.bank = new Bank(new VirtualMachine());
    this.#file = new LedgerFile(join(options.dataDir, 'ledger.bin'));
    this.chain = new Chain({ file: this.#file, leader: this.leader, confirmDepth: options.confirmDepth });
    const genesis = this.#restore();
    this.genesisHash = toBase58(genesisHash(genesis));
    this.#open = this.#openBank(this.chain.entryAt('processed').slot + 1);
  }

  start(): void {
    this.clock.start(() => this.endSlot());
  }

  stop(): void {
    this.clock.stop();
    this.#file.close();
  }

  /** Slot of the block under construction. */
  get openSlot(): number {
    return this.#open.slot;
  }

  /** Whether the transaction is in the open bank or in a block. */
  knows(signature: Key): boolean {
    return this.#open.signatures.has(signature) || this.chain.transactions.find(signature) !== undefined;
  }

  /** Whether the transaction's blockhash may still be used. */
  isCurrent(transaction: ParsedTransaction): boolean {
    return this.chain.recentHeightOf(toBase58(transaction.recentBlockhash)) !== undefined;
  }

  /** Executes in the open bank. @returns why nothing was recorded, or the outcome of what was */
  submit(
    transaction: ParsedTransaction,
    verifySignatures: boolean,
  ): { dropped: TransactionError } | { landed: TransactionError | null } {
    const signature = keyOf(transaction.signatures[0] ?? new Uint8Array());
    if (this.knows(signature)) return { dropped: 'AlreadyProcessed' };
    if (!this.isCurrent(transaction)) return { dropped: 'BlockhashNotFound' };
    const outcome = this.bank.execute(transaction, verifySignatures);
    if ('dropped' in outcome) return outcome;
    this.#open.landed.push(outcome);
    this.#open.signatures.add(signature);
    for (const { key } of outcome.written) this.#open.written.add(key);
    return { landed: outcome.error };
  }

  simulate(transaction: ParsedTransaction, verifySignatures: boolean): VmResult {
    return this.bank.simulate(transaction, verifySignatures);
  }

  /** Reads below the store: programs, sysvars and builtins, which no transaction writes. */
  readAccount(key: Key, commitment: 'processed' | 'confirmed' | 'finalized'): AccountRecord | null {
    const stored = this.chain.accountAt(key, commitment);
    return stored === undefined ? this.#untouched(key) : stored;
  }

  /** Unix time that transactions of the open bank read, and how far it is behind the present. */
  get time(): { readonly unixSeconds: number; readonly behindSeconds: number } {
    return { unixSeconds: this.#clockSeconds, behindSeconds: this.#behindSeconds };
  }

  /**
   * Ends the slot so that the next transactions run later by so many seconds, or in the present if that is nearer.
   * Nothing happens in the present.
   */
  passTime(seconds: number): void {
    const passed = Math.min(seconds, this.#behindSeconds);
    if (passed === 0) return;
    this.#behindSeconds -= passed;
    this.endSlot();
  }

  /** The next `count` slots after the open one get no block. */
  skipSlots(count: number): void {
    checkInput(Number.isInteger(count) && count > 0, 'LOCALNET__BAD_FAULT', `Cannot skip ${count} slots`);
    this.#skipNext += count;
  }

  /**
   * Replaces the last blocks at the end of the slot, or as soon as the request can be met.
   * @throws InputError `LOCALNET__FORK_TOO_DEEP` when a finalized block would go
   */
  fork(request: ForkRequest): void {
    const { depth } = request;
    const isPossible = Number.isInteger(depth) && depth > 0 && depth < FINALIZED_DEPTH;
    const isDeepEnough = !request.confirmed || depth <= this.chain.unfinalizedCount;
    const message = `Cannot fork ${depth} blocks deep: at least 1, and no finalized one (${this.chain.unfinalizedCount} are not)`;
    checkInput(isPossible && isDeepEnough, 'LOCALNET__FORK_TOO_DEEP', message, { depth });
    if (!request.confirmed) this.chain.holdConfirmations = true;
    this.#forkRequest = request;
  }

  /** What the clock calls: seals the open block and opens the next, or lets the slot pass. */
  endSlot(): void {
    const nowMs = this.clock.nowMs();
    if (this.#slotEndsToSkip > 0) {
      this.#slotEndsToSkip -= 1;
      this.#setClock(this.#open.slot);
      return;
    }
    this.chain.append(this.#seal(this.#open, nowMs));
    this.chain.advanceFinalized(nowMs);
    this.#applyFork(nowMs);
    const parentSlot = this.chain.entryAt('processed').slot;
    this.#slotEndsToSkip = this.#skipNext;
    this.#skipNext = 0;
    this.#open = this.#openBank(parentSlot + 1 + this.#slotEndsToSkip);
    this.chain.emit({ kind: 'slot', slot: parentSlot, parentSlot, status: 'completed', atMs: nowMs });
    this.chain.emit({ kind: 'slot', slot: this.#open.slot, parentSlot, status: 'createdBank', atMs: nowMs });
    this.chain.advanceConfirmed(nowMs);
  }

  #untouched(key: Key): AccountRecord | null {
    return this.#open.written.has(key) ? null : (this.bank.vm.getAccount(key) ?? null);
  }

  #seal(open: OpenBlock, nowMs: number): SealedBlock {
    const parent = this.chain.entryAt('processed');
    const transactions = open.landed.map(({ info }, index) => toBlockTransaction({ ...info, index: String(index) }));
    const written = new Map(open.landed.flatMap((landed) => landed.written).map((record) => [record.key, record]));
    const reward = open.landed.reduce((sum, landed) => sum + landed.leaderLamports, 0n);
    const leader = this.#payLeader(reward);
    written.set(leader.key, leader);
    return {
      slot: open.slot,
      parentSlot: parent.slot,
      parentBlockhash: parent.blockhash,
      blockhash: this.#blockhash(parent.blockhash, open.slot, [...open.signatures]),
      // What its transactions read from the clock, as a validator reports it.
      blockTimeSeconds: this.#clockSeconds,
      height: parent.height + 1,
      leader: this.leader,
      leaderRewardLamports: reward,
      leaderBalanceLamports: leader.lamports,
      createdAtMs: nowMs,
      transactions,
      accounts: [...written.values()].map(toBlockAccount),
    };
  }

  #payLeader(lamports: bigint): AccountRecord {
    const balance = this.bank.vm.getBalance(this.#leaderKey) + lamports;
    return this.bank.write({
      key: this.#leaderKey,
      owner: '\0'.repeat(32),
      lamports: balance,
      data: new Uint8Array(),
      executable: false,
    });
  }

  #blockhash(parentBlockhash: string, slot: number, signatures: readonly Key[]): string {
    const content = Buffer.from(signatures.join(''), 'latin1');
    return toBase58(
      sha256(`localnet block\0${this.options.seed}\0${parentBlockhash}\0${slot}\0${this.chain.forks}\0`, content),
    );
  }

  #applyFork(nowMs: number): void {
    const request = this.#forkRequest;
    if (request === undefined) return;
    if (!request.confirmed && this.chain.unconfirmedCount < request.depth) return;
    this.#forkRequest = undefined;
    this.chain.holdConfirmations = false;
    if (request.confirmed) this.chain.advanceConfirmed(nowMs, 0);
    const tipSlot = this.chain.entryAt('processed').slot;
    const dead = this.chain.killTip(request.depth, nowMs);
    dead.forEach((block, index) => {
      const slot = request.slots === 'same' ? block.slot : tipSlot + 1 + index;
      this.chain.append(this.#landAgain(block, slot, nowMs));
    });
  }

  /** The same transactions with the same effects in another block. */
  #landAgain(block: SealedBlock, slot: number, nowMs: number): SealedBlock {
    const parent = this.chain.entryAt('processed');
    return {
      ...block,
      slot,
      parentSlot: parent.slot,
      parentBlockhash: parent.blockhash,
      blockhash: this.#blockhash(
        parent.blockhash,
        slot,
        block.transactions.map((transaction) => transaction.signature),
      ),
      createdAtMs: nowMs,
    };
  }

  #openBank(slot: number): OpenBlock {
    this.#setClock(slot);
    const { vm } = this.bank;
    if (this.#history.forks !== this.chain.forks) {
      vm.clearBlocks();
      this.#history = { forks: this.chain.forks, tip: -1 };
    }
    vm.addBlocks(this.chain.entriesFrom(this.#history.tip + 1, 'processed'));
    this.#history.tip = this.chain.entryAt('processed').slot;
    return { slot, landed: [], signatures: new Set(), written: new Set() };
  }

  #setClock(slot: number): void {
    const tip = this.chain.entryAt('processed');
    const nowSeconds = Math.floor(this.clock.nowMs() / 1000) - this.#behindSeconds;
    const unixSeconds = Math.max(tip.blockTimeSeconds, nowSeconds);
    const epochStart = this.chain.entriesFrom(Math.floor(slot / SLOTS_PER_EPOCH) * SLOTS_PER_EPOCH, 'processed', 1)[0];
    this.#clockSeconds = unixSeconds;
    this.bank.vm.setClock({ slot, unixSeconds, epochStartSeconds: epochStart?.blockTimeSeconds ?? unixSeconds });
  }

  #restore(): GenesisOptions {
    let kept: GenesisOptions | undefined;
    for (const record of this.#file.records()) {
      if (record.kind === recordKind.header) kept = readHeader(record.payload, this.options);
      else this.chain.restore(record.kind, record.payload, record.offset);
    }
    const { seed, programs, usdcMintAuthority } = this.options;
    // A chain that was begun goes on in the present, wherever it was stopped.
    this.#behindSeconds = kept === undefined ? this.options.beginsSecondsAgo : 0;
    const startMs = this.clock.nowMs() - this.#behindSeconds * 1000;
    const genesis = kept ?? { seed, programs, usdcMintAuthority, startMs };
    const genesisAccounts = buildGenesis(this.bank.vm, genesis);
    if (kept === undefined)
      this.#file.append(
        recordKind.header,
        Buffer.from(JSON.stringify({ ...genesis, programs: genesis.programs.map(({ id }) => id) })),
      );
    if (this.chain.isEmpty) this.chain.append(this.#genesisBlock(genesis, genesisAccounts));
    this.chain.settle();
    for (const record of this.chain.accounts.latest()) {
      this.bank.resumeWriteVersion(record.writeVersion);
      this.bank.vm.setAccount(record);
    }
    return genesis;
  }

  #genesisBlock(genesis: GenesisOptions, accounts: readonly AccountRecord[]): SealedBlock {
    const hash = toBase58(sha256('localnet block\0', genesisHash(genesis)));
    return {
      ...{ slot: 0, parentSlot: 0, height: 0, blockhash: hash, parentBlockhash: toBase58(new Uint8Array(32)) },
      ...{ blockTimeSeconds: Math.floor(genesis.startMs / 1000), createdAtMs: genesis.startMs, transactions: [] },
      ...{ leader: this.leader, leaderRewardLamports: 0n, leaderBalanceLamports: 0n },
      accounts: accounts.map(toBlockAccount),
    };
  }
}

interface LedgerHeader {
  readonly seed: number;
  readonly startMs: number;
  readonly usdcMintAuthority?: string;
  readonly programs: readonly string[];
}

function readHeader(payload: Buffer, options: LocalnetOptions): GenesisOptions {
  const header = JSON.parse(payload.toString()) as LedgerHeader;
  const ids = (programs: readonly string[]) => [...programs].sort().join(',');
  const same =
    header.seed === options.seed &&
    header.usdcMintAuthority === options.usdcMintAuthority &&
    ids(header.programs) === ids(options.programs.map((program) => program.id));
  if (!same) {
    const message = `The ledger in ${options.dataDir} is of another chain (seed ${header.seed}, programs ${ids(header.programs) || 'none'}); use another --data-dir or the same arguments`;
    throw new InputError('LOCALNET__OTHER_CHAIN', message, { dataDir: options.dataDir });
  }
  return {
    seed: header.seed,
    startMs: header.startMs,
    usdcMintAuthority: header.usdcMintAuthority,
    programs: options.programs,
  };
}
