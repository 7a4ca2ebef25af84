import { backedDatabaseOf, type Names } from './names.ts';
import { type Section, steps } from './section.ts';

/** After a disaster: the database and the files, so that they fit together. */
export function bothInOrder({ installation, plan }: Names): Section {
  const library = plan.volumeBackups.find(({ key }) => key === 'library');
  const database = backedDatabaseOf(installation);
  const when = library === undefined ? 'its last copy' : `a backup of it, made ${library.schedule.words} UTC`;
  return {
    title: 'Restore both, in the right order',
    blocks: [
      'A file that no row of the database names does no harm; nobody sees it. A row whose file is missing is a lost photo. So the database goes back to a moment **before** the files were copied, never after.',
      steps(
        `Choose the copy of the library: ${when}. Note when it began.`,
        'Stop the server.',
        database === undefined
          ? 'Ask the people who run the database to restore it to that moment or a little earlier.'
          : `Restore the database with \`time\` at that moment or a little earlier: \`${database.folder}\` reaches every second in between its base backups.`,
        'Restore the library.',
        'Bring the server back. Files that the database does not know are listed in Administration > Repair or Maintenance, and can be uploaded again.',
      ),
    ],
  };
}
