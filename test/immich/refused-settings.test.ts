import { refusedSettings } from '../../lib/immich/refused-settings.ts';
import { release } from '../../lib/immich/release.ts';

const version = release(3, 0, 0);

test.each<[string, object, string[]]>([
  ['a word that is none', { ffmpeg: { targetVideoCodec: 'h266' } }, ['ffmpeg.targetVideoCodec']],
  ['a word of the list', { ffmpeg: { targetVideoCodec: 'hevc', accel: 'qsv' } }, []],
  ['one of several', { ffmpeg: { acceptedVideoCodecs: ['h264', 'x'] } }, ['ffmpeg.acceptedVideoCodecs.1']],
  ['a text for a switch', { oauth: { enabled: 'yes' } }, ['oauth.enabled']],
  ['a switch in quotes, which some releases take', { oauth: { enabled: 'true' } }, []],
  ['a text for a number', { trash: { days: 'thirty' } }, ['trash.days']],
  ['a number in quotes, which some releases take', { ffmpeg: { crf: '23' } }, []],
  [
    'no job at a time',
    { job: { thumbnailGeneration: { concurrency: 0 } } },
    ['job.thumbnailGeneration.concurrency'],
  ],
  ['a large number, whose bound is our own', { job: { thumbnailGeneration: { concurrency: 5000 } } }, []],
  ['what is filled in later', { trash: { days: '\u0024{DAYS}' }, oauth: { enabled: '{{ .x }}' } }, []],
  ['nothing', { oauth: { enabled: null } }, []],
  ['a setting that is not known', { trassh: { days: 'x' }, constructor: { name: 1 } }, []],
  // Names of codecs are judged by version.
  ['an older name of a codec', { ffmpeg: { targetAudioCodec: 'libopus' } }, []],
])('%s', (_, config, expected) => {
  expect(refusedSettings(config, version).map(({ path }) => path.join('.'))).toEqual(expected);
});

test('the sentence quotes the value and says what to write', () => {
  const [problem] = refusedSettings({ logging: { level: 'loud' } }, version);
  expect(problem?.message).toBe(
    'Immich does not take "loud" and would not start. Write one of verbose, debug, log, warn, error, fatal.',
  );
});

test('nothing is said of versions whose settings are not described', () => {
  const config = { logging: { level: 'loud' } };
  expect(refusedSettings(config, release(1, 132, 0))).toEqual([]);
  expect(refusedSettings(config, release(9, 0, 0))).toEqual([]);
  expect(refusedSettings(config, release(2, 5, 0))).toHaveLength(1);
});
