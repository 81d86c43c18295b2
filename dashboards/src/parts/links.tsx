/**
 * Where a thing comes from, as links: transactions, blocks, and whatever has a page of its own.
 * @module
 */
import { count } from '../text/amount.ts';
import { shortened } from '../text/shortened.ts';

export const hrefOf = {
  transaction: (signature: string) => `/explorer/${signature}`,
  block: (slot: string) => `/explorer/block/${slot}`,
  provider: (address: string) => `/providers/${address}`,
  pool: (address: string) => `/pools/${address}`,
  wallet: (address: string) => `/wallet/${address}`,
  account: (address: string) => `/explorer/account/${address}`,
  epoch: (number: string) => `/rewards/${number}`,
} as const;

interface KeyLinkProps {
  readonly href: string;
  /** A key or a signature, whole. */
  readonly value: string;
  readonly what: string;
}

/** A key by its ends; its title is the whole key. */
export function KeyLink({ href, value, what }: KeyLinkProps) {
  return (
    <a class="key" href={href} title={value}>
      {shortened(value)}
      <span class="hidden">{`, ${what} ${value}`}</span>
    </a>
  );
}

export function TransactionLink({ signature }: { signature: string }) {
  return <KeyLink href={hrefOf.transaction(signature)} value={signature} what="transaction" />;
}

/** To all that its instructions and events say. @param what kind of account, for those who listen */
export function AccountLink({ address, what }: { address: string; what: string }) {
  return <KeyLink href={hrefOf.account(address)} value={address} what={what} />;
}

export function SlotLink({ slot }: { slot: string }) {
  return (
    <a class="quiet-link" href={hrefOf.block(slot)} aria-label={`Block ${count(slot)}`}>
      {count(slot)}
    </a>
  );
}
