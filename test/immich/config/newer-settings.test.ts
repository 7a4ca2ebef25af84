import { newerSettings, withSetting } from '../../../lib/immich/config/newer-settings.ts';
import { immichConfig } from '../../../lib/immich/config.ts';
import { parseInstallation, problemText } from '../../../lib/installation/parse.ts';
import { edited, shippedTexts } from '../../installation/example.ts';

const config = { trash: { days: 3, moon: { full: true } }, party: [1], oauth: { defaultStorageQuota: null } };

test('what is not known is taken out, and can be put back', () => {
  const { known, unknown } = newerSettings(config, immichConfig.json);
  expect(known).toEqual({ trash: { days: 3 }, oauth: { defaultStorageQuota: null } });
  expect(unknown).toEqual([
    { path: ['trash', 'moon'], value: { full: true } },
    { path: ['party'], value: [1] },
  ]);
  expect(unknown.reduce((all, { path, value }) => withSetting(all, path, value), known)).toEqual(config);
});

test.each([
  ['v9.0.0', ['warning: config.party: "party" is not a setting that is known here']],
  ['v3.3.1', ['config.party: "party" is not a known key.']],
])('in a file of Immich %s', (version, told) => {
  const text = edited(shippedTexts.home, [
    'version: v3.3.1',
    `version: ${version}\nconfig: { party: [1], trash: { days: 3 } }`,
  ]);
  const { installation, problems } = parseInstallation('home.yaml', text);
  const said = problems.map(problemText).filter((line) => line.includes('config'));
  expect(said).toEqual(told.map((line) => expect.stringContaining(line)));
  if (version === 'v9.0.0') {
    expect(installation?.configuration).toEqual({
      kind: 'written',
      config: { party: [1], trash: { days: 3 } },
    });
  } else expect(installation).toBeUndefined();
});
