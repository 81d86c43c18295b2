/** All that was ever staked in a pool, summed from its events as of one block. @module */
import type { PlumblineClient } from '../plumbline-client.ts';

export async function stakesOfPool(plumbline: PlumblineClient, pool: string): Promise<bigint> {
  let sum = 0n;
  const where = [{ field: 'operator_pool', is: 'EQ' as const, values: [pool] }];
  for await (const event of plumbline.rows('events', { first: 500, name: 'StakeEvent', where })) {
    const { token_amount: amount } = JSON.parse(event.fields) as { readonly token_amount: string };
    sum += BigInt(amount);
  }
  return sum;
}
