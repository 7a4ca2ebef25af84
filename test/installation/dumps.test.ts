import { parseInstallation } from '../../lib/installation/parse.ts';
import { edited, home, k3s, tachtit } from './example.ts';

function errorsOf(text: string) {
  const { problems } = parseInstallation('installations/x.yaml', text);
  return problems.filter(({ key }) => key.startsWith('config')).map(({ message }) => message);
}

const dumps = (text: string, enabled = true) =>
  `${text}config: { backup: { database: { enabled: ${enabled} } } }\n`;
const v24 = (text: string) => edited(text, ['version: v2.5.0', 'version: v2.4.1']);

describe('dumps of Immich', () => {
  test('before v2.5 need a superuser, which the login of a database of ours is not', () => {
    expect(errorsOf(dumps(v24(tachtit)))).toEqual([expect.stringContaining('which needs a superuser')]);
  });

  test.each([
    ['switched off', dumps(v24(tachtit), false)],
    ['from v2.5 on', dumps(tachtit)],
    ['of a newer Immich', dumps(home)],
    ['of a database whose login may be a superuser', edited(k3s, ['version: v3.3.1', 'version: v2.4.1'])],
  ])('are nobody’s concern when %s', (_, text) => {
    expect(errorsOf(text)).toEqual([]);
  });
});
