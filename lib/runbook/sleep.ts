import { fetchCommit, fetchRevision } from './delivery.ts';
import { backedDatabaseOf, type Names } from './names.ts';
import { commands } from './section.ts';

/** The line of the installation file that stops Immich, and keeps it stopped whatever Flux does. */
export const asleep = 'stopped: true';

/** The blocks of a step that puts Immich to sleep in git, and ends when no server runs any more. */
export function putToSleep(names: Names): string[] {
  const isBehindDatabase = backedDatabaseOf(names.installation) !== undefined;
  return [
    `Put Immich to sleep: write this line into \`${names.file}\`, run \`npx immich-cdk8s synth\`, commit and push. ${fetchRevision(names)}${isBehindDatabase ? ' Where the pods stay after that, Flux waits for a database that is not well: then stop the server by hand, as in step 1 of a restore of the database.' : ''}`,
    ['```yaml', asleep, '```'].join('\n'),
    commands(...fetchCommit(names, 'app'), serverIsGone(names)),
  ];
}

/** The blocks that let Immich run again, in the commit that Flux has to fetch. */
export function wakeUp(names: Names): string[] {
  return [
    `Where \`${names.file}\` says \`${asleep}\`, let Immich run again: write this in its place, run \`npx immich-cdk8s synth\`, commit and push.`,
    ['```yaml', 'stopped: false', '```'].join('\n'),
  ];
}

/** The command that waits until no server runs. */
export function serverIsGone({ app, namespace, server }: Names): string {
  return `${app} wait pod --namespace ${namespace} --selector app.kubernetes.io/name=${server} --for=delete --timeout=15m`;
}
