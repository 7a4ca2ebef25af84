import { list } from '../../schema/list.ts';
import { mapping, optional } from '../../schema/mapping.ts';
import { anyText, choice, flag, textLike, wholeNumber } from '../../schema/scalar.ts';
import { quote } from '../../text/quoting.ts';
import { numberChoice } from './scalars.ts';

const videoCodec = choice('h264', 'hevc', 'vp9', 'av1');
// libopus is what v2 called opus; which of the two a version knows is checked where the version is known.
const audioCodec = choice('mp3', 'aac', 'opus', 'libopus', 'pcm_s16le');
const resolution = textLike(
  /^(?:\d+|original)$/,
  (value) => `${quote(value)} is not a resolution. Write lines such as "720", or original.`,
  { examples: ['720', 'original'] },
);
const bitrate = textLike(
  /^(?:\d+[kKmM]?)?$/,
  (value) => `${quote(value)} is not a bit rate. Write one such as "2600k" or "8M", or "0" for no limit.`,
  { examples: ['0', '2600k', '8M'] },
);
const preset = choice(
  'ultrafast',
  'superfast',
  'veryfast',
  'faster',
  'fast',
  'medium',
  'slow',
  'slower',
  'veryslow',
);

/** How videos are transcoded. */
export const ffmpeg = mapping({
  accel: optional(
    choice('nvenc', 'qsv', 'vaapi', 'rkmpp', 'disabled'),
    'The hardware that encodes; default disabled.',
  ),
  accelDecode: optional(flag, 'Whether the hardware decodes too; default true.'),
  acceptedAudioCodecs: optional(
    list(audioCodec),
    'Sound that needs no transcoding; default aac, mp3 and opus.',
  ),
  acceptedContainers: optional(
    list(choice('mov', 'mp4', 'ogg', 'webm')),
    'Containers that need no transcoding; default mov, ogg and webm.',
  ),
  acceptedVideoCodecs: optional(list(videoCodec), 'Pictures that need no transcoding; default h264.'),
  bframes: optional(wholeNumber(-1, 16), 'The number of B-frames, -1 for the encoder to choose; default -1.'),
  cqMode: optional(choice('auto', 'cqp', 'icq'), 'How hardware keeps the quality constant; default auto.'),
  crf: optional(wholeNumber(0, 51), 'The quality, 0 (best) to 51 (smallest); default 23.'),
  gopSize: optional(
    wholeNumber(0, 10_000),
    'The number of frames between keyframes, 0 for the encoder to choose; default 0.',
  ),
  maxBitrate: optional(bitrate, 'The highest bit rate, such as "2600k", "0" for no limit; default "0".'),
  preferredHwDevice: optional(anyText, 'The device to use, such as renderD128; default auto.'),
  preset: optional(preset, 'How much time to take to make files small; default ultrafast.'),
  realtime: optional(
    mapping({
      enabled: optional(flag, 'Whether videos are transcoded while they play; default false.'),
      resolutions: optional(
        list(numberChoice(480, 720, 1080, 1440, 2160)),
        'Lines to offer; default 480, 720 and 1080.',
      ),
      videoCodecs: optional(list(videoCodec), 'Pictures to offer; default h264 and hevc.'),
    }),
    'Transcoding while a video plays.',
  ),
  refs: optional(
    wholeNumber(0, 6),
    'The number of reference frames, 0 for the encoder to choose; default 0.',
  ),
  targetAudioCodec: optional(audioCodec, 'The sound of transcoded videos; default aac.'),
  targetResolution: optional(resolution, 'The lines of transcoded videos, or original; default "720".'),
  targetVideoCodec: optional(videoCodec, 'The pictures of transcoded videos; default h264.'),
  temporalAQ: optional(flag, 'Whether NVENC gives still scenes more quality; default false.'),
  threads: optional(wholeNumber(0, 1024), 'The number of threads, 0 for the encoder to choose; default 0.'),
  tonemap: optional(choice('hable', 'mobius', 'reinhard', 'disabled'), 'How HDR becomes SDR; default hable.'),
  transcode: optional(
    choice('all', 'optimal', 'bitrate', 'required', 'disabled'),
    'Which videos are transcoded; default required.',
  ),
  twoPass: optional(flag, 'Whether to encode twice, to meet the highest bit rate better; default false.'),
});
