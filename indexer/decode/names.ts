/**
 * Names as Plumbline writes them, whatever case an IDL came in: fields in snake_case, types in PascalCase, tables
 * `<program>_<event>`. Rule for word borders: heck's, which Anchor uses.
 * @module
 */

/** `totalRewardsUsdc` → `total_rewards_usdc`, `HTTPServer` → `http_server`; a name without capitals stays. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** First letter of the last path segment up: `accrueRewardEvent` → `AccrueRewardEvent`. */
export function typeCase(name: string): string {
  const start = name.lastIndexOf(':') + 1;
  return name.slice(0, start) + name.charAt(start).toUpperCase() + name.slice(start + 1);
}

/** `staking` and `AccrueRewardEvent` → `staking_accrue_reward`. */
export function eventTableName(prefix: string, eventName: string): string {
  const stem = eventName.endsWith('Event') && eventName !== 'Event' ? eventName.slice(0, -'Event'.length) : eventName;
  return `${prefix}_${snakeCase(stem).replace(/\W+/g, '_')}`;
}
