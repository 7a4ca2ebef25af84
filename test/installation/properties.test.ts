import { Properties } from '../../lib/installation/properties.ts';
import { server } from '../../lib/installation/server.ts';
import { Checked } from '../../lib/schema/checked.ts';
import { anyText } from '../../lib/schema/scalar.ts';

const properties = () => new Properties('Thing "thing"');

test('all that is wrong with a property is told at once, a line each', () => {
  expect(() => properties().read(server, { replicas: 0, user: 0 }, 'server')).toThrow(
    /^Thing "thing": server\.user: 0 is not .*\nThing "thing": server\.replicas: 0 is not /,
  );
});

test('a property that is missing is said to be', () => {
  expect(() => properties().read(anyText, undefined, 'image')).toThrow(
    'Thing "thing": image: It is missing.',
  );
});

test('what was checked before is neither read nor checked again', () => {
  const checked = new Checked('v1');
  expect(properties().read(anyText, checked, 'version')).toBe('v1');
  expect(() => properties().check(checked, (at) => at.error('wrong'))).not.toThrow();
  expect(() => properties().check({}, (at) => at.in('a').error('wrong'))).toThrow('Thing "thing": a: wrong');
});

test('warnings are kept', () => {
  const read = properties();
  expect(read.warnings).toEqual([]);
  read.check({}, (at) => at.in('a').warning('unlikely'));
  expect(read.warnings).toEqual(['Thing "thing": a: unlikely']);
});

test('a secret is refused, and not shown', () => {
  const secret = `AKIA${'IOSFODNN7EXAMPLF'}`;
  const read = () => properties().read(server, { environment: { NOTE: secret } }, 'server');
  expect(read).toThrow(
    /^Thing "thing": server\.environment\.NOTE: The value holds .*, and dist is committed/,
  );
  expect(read).not.toThrow(secret);
});
