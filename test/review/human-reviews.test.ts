import { markdownReport } from '../../lib/review/report/markdown.ts';
import { reviewOf } from '../../lib/review/review.ts';
import { reviewedByHand } from './human-reviews.ts';
import { change } from './trees.ts';

/** What the people said of each change that is true of it, as ours says it. What only the cluster knows is a step. */
const said: { readonly [name in keyof typeof reviewedByHand]: readonly string[] } = {
  serverBehind: [
    'Immich goes from v3.0.2 to v3.1.0 and migrates its database when it starts; from then on there is no way back but a restore of a backup from before.',
    'The server was v3.0.2 and machine learning v3.1.0; from now on both are the same version.',
    'The app needs iOS 14.',
    'the role of a user follows the role claim at each login',
    'See that the last backup of the database is complete and not older than a day; note its name and time.',
    'Migrations of v3.1.0: not recorded here.',
    'Nothing that is known here happens to data, traffic and secrets.',
  ],
  severalMinors: [
    'Immich goes from v2.3.1 to v2.7.0',
    'no way back but a restore of a backup from before',
    // Every release in between: what of it is to be known, and nothing where nothing is.
    ...['- [ ] v2.5.0: ', '- [ ] v2.5.2: ', '- [ ] v2.6.0: ', '- [ ] v2.7.0: '],
    'v2.6.0: From here on the tables are checked at each start, as by immich-admin schema-check: look for drift in the log of the server.',
    'See that the last backup of the database is complete',
    // No other image of the database, and both images move together.
    'Nothing that is known here happens to data, traffic and secrets.',
    '- Deployment photos/immich-machine-learning',
    '- Deployment photos/immich-server',
    'ConfigMap photos/immich-values',
  ],
  major: [
    'Immich goes from v2.7.5 to v3.1.0 and migrates its database when it starts',
    'Update the apps on all phones to 3.x on the same day: older ones do not work with a server 3.x.',
    'See that the last backup of the database is complete',
    'pgvecto.rs is gone.',
    // The claim, the database and Redis stay as they are; the path of the photos is said where it was not.
    'Nothing that is known here happens to data, traffic and secrets.',
    'IMMICH\\_MEDIA\\_LOCATION changed',
    'After the start: log in, open a photo, search for a word, and see under Administration &gt; Jobs that nothing fails.',
  ],
};

test.each(Object.entries(reviewedByHand))(
  '%s: ours says what a person said of it',
  (name, { before, after }) => {
    const text = markdownReport(reviewOf(change(before, after)));
    expect(text).toMatch(/^## Immich: Needs steps\n/);
    const sentences = Object.entries(said).find(([one]) => one === name)?.[1] ?? [];
    expect(sentences.length).toBeGreaterThan(5);
    for (const sentence of sentences) expect(text).toContain(sentence);
  },
);

test('a release that is not worth a word gets none', () => {
  const { before, after } = reviewedByHand.severalMinors;
  expect(markdownReport(reviewOf(change(before, after)))).not.toContain('- [ ] v2.4.1: ');
});
