import { parsePort, portText } from '../../lib/values/port.ts';

test.each([
  ['443', { protocol: 'TCP', port: 443 }],
  ['53/UDP', { protocol: 'UDP', port: 53 }],
  ['65535/TCP', { protocol: 'TCP', port: 65535 }],
])('%s is a port', (text, value) => {
  expect(parsePort(text)).toEqual({ ok: true, value });
});

test.each(['0', '65536', '53/udp', '443-445', 'https', '', '053'])('"%s" is none', (text) => {
  expect(parsePort(text)).toEqual({
    ok: false,
    message: `"${text}" is not a port. Write a number from 1 to 65535, such as 443, or "53/UDP".`,
  });
});

test('a port is written as it is read', () => {
  expect(portText({ protocol: 'UDP', port: 53 })).toBe('53/UDP');
  expect(portText({ protocol: 'TCP', port: 443 })).toBe('443');
});
