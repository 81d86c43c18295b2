/** The lesser and the greater of two wide integers. @module */
export function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

export function most(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
