/**
 * SHA-256 of a text, in hexadecimal digits, as FIPS 180-4 has it: https://doi.org/10.6028/NIST.FIPS.180-4
 *
 * Our own, because Node's is not in a browser, and a browser's answers later.
 */
export function sha256(text: string): string {
  const state = [...firstDigits(8, 1 / 2)];
  const constants = firstDigits(64, 1 / 3);
  const words = paddedWords(text);
  for (let block = 0; block < words.length; block += 16) {
    const schedule = scheduleOf(words.slice(block, block + 16));
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    constants.forEach((constant, round) => {
      const choice = (e & f) ^ (~e & g);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      const first =
        h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + constant + (schedule[round] ?? 0);
      const second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority;
      [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
    });
    [a, b, c, d, e, f, g, h].forEach((value, index) => {
      state[index] = ((state[index] ?? 0) + value) | 0;
    });
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The bytes of a text with a one, zeros and their number of bits behind them, in words of 32 bits. */
function paddedWords(text: string): Uint32Array {
  const bytes = new TextEncoder().encode(text);
  const words = new Uint32Array((((bytes.length + 8) >> 6) + 1) * 16);
  const put = (byte: number, index: number) => {
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << (24 - (index % 4) * 8));
  };
  bytes.forEach(put);
  put(0x80, bytes.length);
  words[words.length - 2] = Math.floor(bytes.length / 2 ** 29);
  words[words.length - 1] = bytes.length << 3;
  return words;
}

function scheduleOf(block: Uint32Array): number[] {
  const schedule = [...block];
  for (let index = 16; index < 64; index++) {
    const [early = 0, next = 0, late = 0, last = 0] = [16, 15, 7, 2].map((back) => schedule[index - back]);
    const first = rotate(next, 7) ^ rotate(next, 18) ^ (next >>> 3);
    const second = rotate(last, 17) ^ rotate(last, 19) ^ (last >>> 10);
    schedule.push((early + first + late + second) | 0);
  }
  return schedule;
}

/** The first 32 bits behind the point of powers of the first primes, from which the standard takes its constants. */
function firstDigits(count: number, exponent: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes.map((prime) => ((prime ** exponent % 1) * 2 ** 32) | 0);
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
