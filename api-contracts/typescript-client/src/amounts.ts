const DECIMALS = 18;
const MAX = 2n ** 256n - 1n;

/** An amount of an answer: decimal digits, in neuron (10^18 neuron = 1 0G). Sums and changes may be negative. */
export function neuron(digits: string): bigint {
  if (!/^-?\d{1,90}$/.test(digits)) {
    throw new RangeError(`not an amount in neuron: ${digits.slice(0, 100)}`);
  }
  return BigInt(digits);
}

/** The exact amount in 0G, for display: `0.5`, `10`, `-0.000000000000000001`. */
export function zeroG(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}${fraction && `.${fraction}`}`;
}

/** An amount of 0G in neuron, exactly: `0.5` is 5·10^17. Refuses more than 18 decimals, signs and exponents. */
export function ofZeroG(amount: string): bigint {
  const parts = /^(\d{1,60})(?:\.(\d{1,18}))?$/.exec(amount);
  const value = parts && BigInt(`${parts[1]}${(parts[2] ?? '').padEnd(DECIMALS, '0')}`);
  if (value === null || value > MAX) {
    throw new RangeError(`not an amount of 0G: ${amount.slice(0, 100)}`);
  }
  return value;
}
