import { decryption } from '../../../lib/doctor/checks/decryption.ts';
import { home } from '../../installation/example.ts';
import { found, subjectOf } from '../living.ts';

const subject = subjectOf(`${home}secrets: { sops: { folder: ./secrets } }\n`);

test.each([
  [
    'is there',
    { 'flux-system/sops-age': { keys: ['age.agekey'] } },
    'well: Secret flux-system/sops-age has a private key of age.',
  ],
  [
    'is called otherwise',
    { 'flux-system/sops-age': { keys: ['key.txt'] } },
    'error: Secret flux-system/sops-age has no key that ends in .agekey, so that Flux decrypts none of the Secrets in git.',
  ],
  [
    'is missing',
    {},
    'error: Secret flux-system/sops-age is missing, with which Flux decrypts the Secrets in git. Nothing starts that reads them.',
  ],
])('the key %s', async (_what, secrets, expected) => {
  expect((await found(decryption, { secrets }, subject))[0]).toBe(expected);
});

test('nothing is asked where no Secret is encrypted', async () => {
  expect(await found(decryption, {}, subjectOf(home))).toEqual([]);
});
