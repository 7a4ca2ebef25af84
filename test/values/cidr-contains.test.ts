import { contains, parseCidr } from '../../lib/values/locations.ts';

test.each<[range: string, address: string, isInside: boolean]>([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.0.0.10/32', '10.0.0.10', true],
  ['10.0.0.10/32', '10.0.0.11', false],
  ['0.0.0.0/0', '192.0.2.1', true],
  ['0.0.0.0/0', 'fd00::1', false],
  ['fd00::/8', 'fdff::1', true],
  ['fd00::/8', 'fe80::1', false],
  ['10.0.0.0/8', 'api.example.com', false],
])('%s contains %s: %s', (range, address, isInside) => {
  const parsed = parseCidr(range);
  if (!parsed.ok) throw new Error(parsed.message);
  expect(contains(parsed.value, address)).toBe(isInside);
});
