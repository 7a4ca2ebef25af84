import { parseLabelName, parseLabelValue } from '../../lib/values/labels.ts';
import { message, value } from './outcome.ts';

test.each(['release', 'example.com/team', 'app.kubernetes.io/name', 'a_b-C.d', 'x'.repeat(63)])(
  '%s is the name of a label',
  (text) => {
    expect(value(parseLabelName(text))).toBe(text);
  },
);

test.each(['', 'a b', '-a', 'a-', 'Example.com/team', '/team', 'a/b/c', 'x'.repeat(64), 'ü'])(
  '%j is none',
  (text) => {
    expect(message(parseLabelName(text))).toMatch(/^".*" is not the name of a label\. Write /);
  },
);

test.each(['prometheus', 'v1.2', 'A', 'x'.repeat(63)])('%s is the value of a label', (text) => {
  expect(value(parseLabelValue(text))).toBe(text);
});

test.each(['', 'kube prometheus', 'a/b', '.a', 'x'.repeat(64)])('%j is not', (text) => {
  expect(message(parseLabelValue(text))).toMatch(/^".*" is not the value of a label\. Write /);
});
