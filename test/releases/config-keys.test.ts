import { configKeysIn } from '../../releases/config-keys.ts';

const enums = `export enum Other { A = 'x' }\nexport enum QueueName {\n  Sidecar = 'sidecar',\n  FaceDetection = 'faceDetection',\n}\n`;

test('keys are found at every level, whatever their values look like', () => {
  const text = `
const before = { notThis: 1 };
export const defaults = Object.freeze<Config>({
  backup: { database: { enabled: true, time: '0 02 * * *' } }, // { commented: 1 }
  codecs: [Codec.A, { inList: 1 }, Codec.B],
  job: {
    [QueueName.Sidecar]: { concurrency: 5 },
    [QueueName.FaceDetection]: { concurrency: 2 },
    [QueueName.Missing]: { concurrency: 1 },
  },
  url: process.env.URL || 'http://machine:3003/{path}',
  mode: process.env.MODE === 'a' ? 'b' : 'c',
  call: make({ inCall: 1 }),
  'quoted': null,
  last: 1
});
export const after = { neitherThis: 1 };
`;
  expect(configKeysIn(text, enums)).toEqual([
    'backup.database.enabled',
    'backup.database.time',
    'codecs',
    'job.sidecar.concurrency',
    'job.faceDetection.concurrency',
    'job.QueueName.Missing.concurrency',
    'url',
    'mode',
    'call',
    'quoted',
    'last',
  ]);
});

test.each(['', 'export const defaults = 3;', 'export const defaults = {', 'export const defaults = {};'])(
  'of %j nothing is known',
  (text) => {
    expect(configKeysIn(text, enums)).toBeUndefined();
  },
);
