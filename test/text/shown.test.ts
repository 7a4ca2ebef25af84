import fc from 'fast-check';
import { credentialIn } from '../../lib/text/credential.ts';
import { show } from '../../lib/text/shown.ts';
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
