import fc from 'fast-check';
import {
  compareQuantities,
  cpuCores,
  parseCpu,
  parseMemory,
  parseQuantity,
  parseStorage,
} from '../../lib/values/quantity.ts';
import { message, value } from './outcome.ts';

describe('parseQuantity', () => {
  test.each([
    ['0', 0],
    ['2', 2],
    ['+2', 2],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['200m', 0.2],
    ['1500u', 0.0015],
    ['7n', 7e-9],
    ['1k', 1000],
    ['3M', 3e6],
    ['20G', 20e9],
    ['1T', 1e12],
    ['1P', 1e15],
    ['1E', 1e18],
    ['1e3', 1000],
    ['1E3', 1000],
    ['5e-1', 0.5],
    ['1Ki', 1024],
    ['512Mi', 2 ** 29],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['2Ti', 2 ** 41],
    ['1Pi', 2 ** 50],
    ['1Ei', 2 ** 60],
  ])('reads %j as %d', (text, amount) => {
    expect(value(parseQuantity(text))).toEqual({ text, amount });
  });

  test.each([
    ['', '"" is empty. Write a quantity such as 20Gi.'],
    ['-1Gi', '"-1Gi" is negative. Write 1Gi.'],
    ['1,5Gi', '"1,5Gi" has a comma; the decimal sign is a dot. Write 1.5Gi.'],
    ['20G i', '"20G i" has a space in it. Write 20Gi.'],
    ['500 Gi', '"500 Gi" has a space in it. Write 500Gi.'],
    ['500gb', /Write 500Gi, or 500G for powers of ten\.$/],
    ['500GB', /Write 500Gi, or 500G for powers of ten\.$/],
    ['500gi', /Write 500Gi\.$/],
    ['500GiB', /Write 500Gi\.$/],
    ['20K', /Write 20Ki, or 20k for powers of ten\.$/],
    ['Gi', /is not a quantity/],
    ['1.5.5Gi', /is not a quantity/],
    ['1e', /Write 1Ei, or 1E for powers of ten\.$/],
    ['1e+', /is not a quantity/],
    ['0x10', /is not a quantity/],
    ['9Ei', /more than Kubernetes can count/],
    ['1e999', /more than Kubernetes can count/],
    ['1'.repeat(100), /is not a quantity/],
  ])('refuses %j and says what to write', (text, sentence) => {
    if (typeof sentence === 'string') expect(message(parseQuantity(text))).toBe(sentence);
    else expect(message(parseQuantity(text))).toMatch(sentence);
  });

  test('what it says to write can be read', () => {
    const wrong = fc.tuple(
      fc.integer({ min: 1, max: 5000 }),
      fc.constantFrom('', ' '),
      fc.constantFrom('gb', 'GB', 'gi', 'GiB', 'mb', 'K', 'kib', 'tI', 'bytes'),
    );
    fc.assert(
      fc.property(wrong, ([count, space, unit]) => {
        const written = /Write ([^ ,]+?)(?:,| |\.$)/.exec(
          message(parseQuantity(`${count}${space}${unit}`)),
        )?.[1];
        fc.pre(unit !== 'bytes');
        expect(value(parseQuantity(written ?? '')).amount).toBeGreaterThan(count);
      }),
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseQuantity(text)));
  });
});

describe('compareQuantities', () => {
  const compare = (a: string, b: string) =>
    compareQuantities(value(parseQuantity(a)), value(parseQuantity(b)));

  test.each([
    ['100m', '0.1'],
    ['1Gi', '1024Mi'],
    ['0.1Gi', '102.4Mi'],
    ['1.024k', '1Ki'],
    ['1e3', '1k'],
    ['0.3', '300m'],
  ])('%s and %s are the same amount', (a, b) => {
    expect(compare(a, b)).toBe(0);
  });

  test('tells less from more', () => {
    expect(compare('1G', '1Gi')).toBeLessThan(0);
    expect(compare('2000m', '1')).toBeGreaterThan(0);
  });

  test('thousandths are equal however they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (thousandths) => {
        const decimal = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
        expect(compare(`${thousandths}m`, decimal)).toBe(0);
      }),
    );
  });
});

describe('parseCpu', () => {
  test.each([
    ['200m', 0.2],
    ['2', 2],
    ['0.5', 0.5],
    ['4000m', 4],
    ['1m', 0.001],
  ])('%s is %d cores', (text, cores) => {
    expect(cpuCores(value(parseCpu(text)))).toBe(cores);
  });

  test.each([
    ['2Gi', 'is a size, not an amount of CPU. Write cores, such as 2, or thousandths, such as 500m.'],
    ['500M', 'is a size, not an amount of CPU. Write cores, such as 2, or thousandths, such as 500m.'],
    ['0', 'is no CPU at all. Write at least 1m; 200m is a fifth of a core.'],
    ['0.0005', 'is finer than a thousandth of a core. Write 1m.'],
    ['1.5m', 'is finer than a thousandth of a core. Write 2m.'],
    ['2000', 'means 2000 cores. Write 2000m for 2 cores.'],
    ['two', 'is not a quantity of Kubernetes. Write a number and a unit, such as 20Gi, 512Mi or 500m.'],
  ])('refuses %s: %s', (text, problem) => {
    expect(message(parseCpu(text))).toBe(`"${text}" ${problem}`);
  });
});

describe.each([
  ['parseMemory', parseMemory],
  ['parseStorage', parseStorage],
])('%s', (_name, parse) => {
  test.each(['512Mi', '1Mi', '500Gi', '2G', '1e9'])('reads %s', (text) => {
    expect(value(parse(text)).text).toBe(text);
  });

  test.each([
    ['200m', 'means 0.2 bytes: m is a thousandth, for CPU. Write 200Mi.'],
    ['512', 'is a number of bytes. Write the unit: 512Mi or 512Gi.'],
  ])('refuses %s: %s', (text, problem) => {
    expect(message(parse(text))).toBe(`"${text}" ${problem}`);
  });

  test.each(['0', '1Ki', '1e3', '1023Ki'])('refuses %s, which is less than 1Mi', (text) => {
    expect(message(parse(text))).toContain('is less than 1Mi');
  });

  test('passes on what is no quantity at all', () => {
    expect(message(parse('500gb'))).toContain('Write 500Gi');
  });
});
