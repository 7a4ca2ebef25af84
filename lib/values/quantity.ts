import type { Parsed } from './parsed.ts';
import { quote, refuse, understand } from './parsed.ts';

/**
 * An amount as Kubernetes writes it: `500Gi`, `200m`, `2`, `1e3`.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export interface Quantity {
  readonly text: string;
  /** The amount in its base unit: bytes, or cores. Equal amounts are equal numbers, however they are written. */
  readonly amount: number;
}

const number = '(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)';
const exponent = '[eE][+-]?[0-9]{1,3}';

/** Zero, however it is written. */
const zero = '\\+?(?:0+(?:\\.0*)?|\\.0+)(?:[a-zA-Z].*)?$';

/** Numbers that are too small for a size with their unit, as far as the count of their digits tells. */
const tooSmall = ['[0-9]{0,6}', '[0-9]{0,3}[kK]i?', '[0-9]{0,9}m', '[0-9]{0,12}u', '[0-9]{0,15}n']
  .map((form) => form.replace('}', '}(?:\\.[0-9]*)?'))
  .join('|');

/** What the readers of sizes and of CPU read, for editors, which do not calculate. */
export const sizePattern = `^(?!${zero})(?!\\+?(?:${tooSmall})$)\\+?${number}(?:[KMGTPE]i|[numkMGTPE]|${exponent})?$`;
export const cpuPattern = `^(?!${zero})(?!\\+?0*[1-9][0-9]{3,}(?:\\.[0-9]*)?$)\\+?${number}(?:[num]|${exponent})?$`;

/** Reads any quantity that is not negative. */
export function parseQuantity(text: string): Parsed<Quantity> {
  const amount = amountOf(text);
  if (amount === undefined) return refuse(`${quote(text)} ${problem(text)}`);
  if (amount >= 2 ** 63) {
    return refuse(`${quote(text)} is more than Kubernetes can count. Write less than 8Ei.`);
  }
  return understand({ text, amount });
}

/** Reads an amount of CPU: cores (`2`, `0.5`) or thousandths (`500m`). */
export function parseCpu(text: string): Parsed<Quantity> {
  const quantity = parseQuantity(text);
  if (/[0-9]\s*[kmgtpe](i|i?b)?$/i.test(text) && !/m$/.test(text)) {
    return refuse(
      `${quote(text)} is a size, not an amount of CPU. Write cores, such as 2, or thousandths, such as 500m.`,
    );
  }
  if (!quantity.ok) return quantity;
  const { amount } = quantity.value;
  if (amount === 0) {
    return refuse(`${quote(text)} is no CPU at all. Write at least 1m; 200m is a fifth of a core.`);
  }
  if (!Number.isInteger(Number((amount * 1000).toPrecision(15)))) {
    return refuse(
      `${quote(text)} is finer than a thousandth of a core. Write ${Math.max(1, Math.round(amount * 1000))}m.`,
    );
  }
  if (amount >= 1000) {
    return refuse(`${quote(text)} means ${amount} cores. Write ${amount}m for ${amount / 1000} cores.`);
  }
  return quantity;
}

/** Reads an amount of memory, at least 1Mi. */
export function parseMemory(text: string): Parsed<Quantity> {
  return size(text, 'memory', '512Mi');
}

/** Reads the size of a volume, at least 1Mi. */
export function parseStorage(text: string): Parsed<Quantity> {
  return size(text, 'storage', '20Gi');
}

/** Below 0 when `a` is less than `b`, above 0 when it is more, 0 when both are the same amount. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return a.amount - b.amount;
}

/** The number of cores in an amount of CPU: 0.5 for `500m`. */
export function cpuCores(quantity: Quantity): number {
  return quantity.amount;
}

/** The number of bytes in an amount of memory. */
export function memoryBytes(quantity: Quantity): number {
  return quantity.amount;
}

const quantity = new RegExp(`^\\+?(${number})(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?[0-9]{1,3}))?$`);
const textLength = 64;
const decimalUnits: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binaryUnits: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const mebibyte = 2 ** 20;

/** Undefined when the text is not a quantity. Each form rounds once at most, so that equal amounts are equal. */
function amountOf(text: string): number | undefined {
  if (text.length > textLength) return undefined;
  const match = quantity.exec(text);
  if (!match) return undefined;
  const [, digits = '', binary, decimal, exponent] = match;
  if (binary !== undefined) return Number(digits) * 2 ** (binaryUnits[binary] ?? 0);
  if (decimal !== undefined) return Number(`${digits}e${decimalUnits[decimal] ?? 0}`);
  return Number(`${digits}e${exponent ?? 0}`);
}

function size(text: string, what: 'memory' | 'storage', example: string): Parsed<Quantity> {
  const quantity = parseQuantity(text);
  if (!quantity.ok) return quantity;
  const { amount } = quantity.value;
  if (amount >= mebibyte) return quantity;
  if (/[num]$/.test(text)) {
    const digits = text.slice(0, -1);
    return refuse(`${quote(text)} means ${amount} bytes: m is a thousandth, for CPU. Write ${digits}Mi.`);
  }
  if (/^[1-9][0-9]*$/.test(text)) {
    return refuse(`${quote(text)} is a number of bytes. Write the unit: ${text}Mi or ${text}Gi.`);
  }
  return refuse(
    `${quote(text)} is less than 1Mi, too little ${what} to be meant. Write a size such as ${example}.`,
  );
}

/** What is wrong with a text that is not a quantity, and the quantity that was probably meant. */
function problem(text: string): string {
  if (text.trim() === '') return 'is empty. Write a quantity such as 20Gi.';
  if (/^\s*-/.test(text)) return `is negative. Write ${text.trim().slice(1).trim() || '20Gi'}.`;
  const meant = text.length > textLength ? undefined : probable(text);
  if (meant === undefined) {
    return 'is not a quantity of Kubernetes. Write a number and a unit, such as 20Gi, 512Mi or 500m.';
  }
  if (/\s/.test(text)) return `has a space in it. Write ${meant}.`;
  if (text.includes(',')) return `has a comma; the decimal sign is a dot. Write ${meant}.`;
  return `has a unit that Kubernetes does not know; case matters, and there is no B at the end. Write ${meant}.`;
}

function probable(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '').replace(',', '.');
  if (amountOf(compact) !== undefined) return compact;
  const [, digits, letter, binary] =
    new RegExp(`^(${number})([kmgtpe])(i?)b?(?:ytes?)?$`, 'i').exec(compact) ?? [];
  if (digits === undefined || letter === undefined) return undefined;
  const unit = letter.toUpperCase();
  return binary === ''
    ? `${digits}${unit}i, or ${digits}${unit === 'K' ? 'k' : unit} for powers of ten`
    : `${digits}${unit}i`;
}
