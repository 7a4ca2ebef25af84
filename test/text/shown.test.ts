import fc from 'fast-check';
import { credentialIn } from '../../lib/text/credential.ts';
import { show, showJson } from '../../lib/text/shown.ts';
import { madeUpSecrets } from './made-up-secrets.ts';

const shaped = madeUpSecrets.filter(({ text }) => credentialIn(text) !== undefined);

test('no text that is shown has a secret in it, wherever the secret stood', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(...shaped.map(({ text }) => text)),
    fc.constantFrom('/', '=', ':', ' '),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      expect(credentialIn(show(parts.join('')))).toBeUndefined();
    }),
  );
});

test.each(shaped.map(({ what, text, hidden }) => [what, text, hidden] as const))(
  '%s is hidden',
  (_what, text, hidden) => {
    expect(show(`It is ${text}.`)).not.toContain(hidden);
  },
);

test('what is no secret is shown as it is', () => {
  const text =
    'The image is ghcr.io/a/b:v1@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0.';
  expect(show(text)).toBe(text);
});

test('what a command leaves to its reader is shown, in JSON too', () => {
  const command =
    'kubectl create secret generic db --from-literal=username=immich --from-literal=password=...';
  expect(show(JSON.stringify({ mend: [command] }))).toBe(JSON.stringify({ mend: [command] }));
  expect(show('--from-literal=password=hunter2hunter2')).not.toContain('hunter2');
});

/** A value with a text at each kind of place, followed by each kind of neighbour. */
function valueAround(text: string) {
  return {
    version: 1,
    [text]: true,
    alone: text,
    last: `It is ${text}`,
    quoted: `It is "${text}".`,
    lines: `first\n${text}\nlast`,
    list: [text, [`${text}`], { inner: text }],
    none: null,
  };
}

/** Too short to be known as one, until a quote and a comma of JSON stand behind it. */
const short = ['token=ab', 'password=x', 'sig=', 'secret=abc"', 'api_key=abcd\\', 'postgres://a:b'];

describe('as JSON', () => {
  test.each(shaped.map(({ what, text, hidden }) => [what, text, hidden] as const))(
    '%s is hidden wherever it stands, and the rest stays',
    (_what, text, hidden) => {
      const json = showJson(valueAround(text));
      expect(json).not.toContain(JSON.stringify(hidden).slice(1, -1));
      expect(JSON.parse(json)).toEqual(
        expect.objectContaining({ version: 1, alone: show(text), list: expect.any(Array), none: null }),
      );
    },
  );

  test.each(short)('%s takes nothing of what stands around it along', (text) => {
    expect(Object.keys(JSON.parse(showJson(valueAround(text))))).toHaveLength(8);
    expect(JSON.parse(showJson({ first: text, second: 'stays' }))).toEqual({
      first: show(text),
      second: 'stays',
    });
  });

  test('any texts stay a value of the same shape, in which no text has a secret', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom(...shaped.map(({ text }) => text), ...short));
    const text = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        expect(JSON.parse(showJson(texts))).toEqual(texts.map(show));
      }),
    );
  });

  test('what is no secret is as JSON.stringify writes it', () => {
    const value = { version: 1, of: ['a "b"', 'c\\d', 'ü\n'], at: { line: 3, column: null, is: true } };
    expect(showJson(value)).toBe(`${JSON.stringify(value, null, 2)}\n`);
  });
});
