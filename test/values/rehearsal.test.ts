import { rehearsedText, verdictsIn } from '../../lib/values/rehearsal.ts';

const database = { before: 'r/db:17-1', after: 'r/db:18-1@sha256:aa' };
const server = { before: 'r/server:v1', after: 'r/server:v1' };
const rehearsed = rehearsedText({ database, server });
const line = `rehearsal of home: passed in 412 s: ${rehearsed}: restored in 42 s`;

test('what changes has an arrow, and what stays has none', () => {
  expect(rehearsed).toBe('database r/db:17-1 -> r/db:18-1@sha256:aa, server r/server:v1');
});

test('a verdict is found in a log, with what it is of', () => {
  expect(verdictsIn(`Warning: something\r\n  ${line}\r\n`)).toEqual([
    { installation: 'home', hasPassed: true, seconds: 412, rehearsed, line },
  ]);
});

test('one that failed is told from one that passed', () => {
  expect(verdictsIn(line.replace('passed in', 'failed after'))).toMatchObject([{ hasPassed: false }]);
});

test('of each installation the last one counts', () => {
  const other = line.replace('home', 'other');
  const later = line.replace('412', '500');
  expect(verdictsIn([line, other, later].join('\n')).map(({ line }) => line)).toEqual([later, other]);
});

test.each([
  ['', 'nothing'],
  ['The backup is good.', 'the report of a drill'],
  [line.replace('412 s', 'some time'), 'no seconds'],
  [`see ${line}`, 'a sentence about it'],
  [line.replace(', server r/server:v1', ''), 'no server'],
])('%s is no verdict: %s', (text) => {
  expect(verdictsIn(text)).toEqual([]);
});
