/**
 * What holds of the exchange whatever has happened: vaults hold what is accounted for, locked collateral is the sum of
 * position margins, open interest is the sum of positions, claims lack what has not been funded.
 * @module
 */
import type { Address } from '@solana/kit';
import type { Holding } from '../../../../programs/exchange/client.generated.ts';
import { findBankrollVault, findInsuranceVault, findMarginVault } from '../../addresses.ts';
import { Audit, sum } from './audit.ts';
import { type Books, balanceOf, theOne } from './books.ts';

export async function auditExchange(books: Books): Promise<Audit> {
  const audit = new Audit();
  const { traders, positions, futures } = books.exchange;
  const { funds } = theOne(books.exchange.state);
  const program = books.network.exchangeProgram;
  const holdings = [...positions.values(), ...futures.values()].map(({ holding }) => holding);
  const balances = [...traders.values()].map(({ balance }) => balance);
  audit.same('collateral', funds.margin, sum(balances.map(({ collateral }) => collateral)));
  audit.same('locked', sum(balances.map(({ locked }) => locked)), sum(holdings.map(({ collateral }) => collateral)));
  audit.same('open notional', funds.openNotional, sum(holdings.map(({ notional }) => notional)));
  audit.same('margin vault', balanceOf(books, await findMarginVault(program)), funds.margin);
  audit.same('insurance vault', balanceOf(books, await findInsuranceVault(program)), funds.insurance);
  const inBankroll = funds.bankroll + funds.claimsReserve;
  audit.same('bankroll vault', balanceOf(books, await findBankrollVault(program)), inBankroll);
  auditClaims(audit, books);
  auditMarkets(audit, books);
  return audit;
}

function auditClaims(audit: Audit, books: Books): void {
  const { funds } = theOne(books.exchange.state);
  const claims = [...books.exchange.claims.values()];
  const paid = sum(claims.map((claim) => claim.paid));
  audit.same('claims issued', funds.claimsIssued, sum(claims.map(({ amount }) => amount)));
  audit.same('claims funded', funds.claimsFunded, paid + funds.claimsReserve);
  const lacking = funds.claimsIssued - funds.claimsFunded;
  audit.atLeast('claims lacking', lacking, 0n);
  if (lacking > 0n) audit.same('money beside an unfunded claim', funds.bankroll + funds.insurance, 0n);
}

/** Sizes of the longs less the shorts, by what they are of. */
function auditMarkets(audit: Audit, { exchange: { indexes, positions, series, futures } }: Books): void {
  for (const [address, { model, market }] of indexes) {
    const held = [...positions.values()].filter((position) => position.model === model);
    const ofModel = [...series].filter(([, each]) => each.model === model).map(([name]) => name);
    const inSeries = [...futures.values()].filter((future) => ofModel.includes(future.series));
    auditSides(audit, `index ${address}`, market, held);
    const all = [...held, ...inSeries].map(({ holding }) => holding);
    const notional = (isLong: boolean) =>
      sum(all.filter(({ size }) => size > 0n === isLong).map((holding) => holding.notional));
    audit.same(`long notional of ${address}`, market.longNotional, notional(true));
    audit.same(`short notional of ${address}`, market.shortNotional, notional(false));
  }
  for (const [address, { market }] of series) {
    const held = [...futures.values()].filter((future) => future.series === address);
    auditSides(audit, `series ${address}`, market, held);
  }
}

function auditSides(
  audit: Audit,
  name: string,
  market: { readonly longSize: bigint; readonly shortSize: bigint },
  held: readonly { readonly trader: Address; readonly holding: Holding }[],
): void {
  const sizes = held.map(({ holding }) => holding.size);
  audit.same(`long of ${name}`, market.longSize, sum(sizes.filter((size) => size > 0n)));
  audit.same(`short of ${name}`, market.shortSize, -sum(sizes.filter((size) => size < 0n)));
}
