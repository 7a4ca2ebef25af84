import { mapping, optional } from '../../schema/mapping.ts';
import { flag, wholeNumber } from '../../schema/scalar.ts';
import { freeText } from './scalars.ts';
import { secretSetting } from './secret-setting.ts';

/** The mail that Immich sends. */
export const notifications = mapping({
  smtp: optional(
    mapping({
      enabled: optional(flag, 'Whether to send mail; default false.'),
      from: optional(freeText, 'The sender, such as Immich <photos@example.com>.'),
      replyTo: optional(freeText, 'The address for answers; default the sender.'),
      transport: optional(
        mapping({
          host: optional(freeText, 'The host of the mail server.'),
          port: optional(wholeNumber(0, 65_535), 'The port of the mail server; default 587.'),
          secure: optional(flag, 'Whether to speak TLS from the start, as on port 465; default false.'),
          ignoreCert: optional(flag, 'Whether to accept any certificate; default false.'),
          username: optional(freeText, 'The user at the mail server.'),
          password: optional(
            secretSetting,
            'The password at the mail server: { secret, key }, put into the file when a pod starts.',
          ),
        }),
        'The mail server.',
      ),
    }),
    'Mail by SMTP.',
  ),
});

/** The texts of the mail that Immich sends. */
export const templates = mapping({
  email: optional(
    mapping({
      albumInviteTemplate: optional(freeText, 'The invitation to an album; default the built-in one.'),
      albumUpdateTemplate: optional(
        freeText,
        'The mail about changes of an album; default the built-in one.',
      ),
      welcomeTemplate: optional(freeText, 'The mail that welcomes a user; default the built-in one.'),
    }),
    'Mail.',
  ),
});
