import { learningPoolsOf } from '../../installation/machine-learning.ts';
import { vectorIndexesName } from '../../names.ts';
import { type Names, queryCommand } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** A search that finds nothing, or not what it should. */
export function searchFindsNothing(names: Names): Section {
  const { app, data, namespace, installation } = names;
  const { database, machineLearning } = installation;
  // Where others run the database, nobody here can count.
  const seen =
    database.kind === 'cnpg'
      ? 'The count is 0, or far below the number of photos'
      : 'Administration > Jobs shows that Smart Search never ran, or fails';
  return {
    title: 'Search finds nothing',
    blocks: [
      commands(
        ...(database.kind === 'cnpg'
          ? [
              queryCommand(names, database.cnpg, 'immich', 'select count(*) from smart_search'),
              `${data} get jobs.batch --namespace ${namespace} | grep ${vectorIndexesName}`,
            ]
          : []),
        ...learningPoolsOf(installation.machineLearning).map(
          ({ name }) => `${app} logs deployment/${name} --namespace ${namespace} --tail=20`,
        ),
      ),
      bullets(
        machineLearning.kind === 'none'
          ? 'Without machine learning nothing is computed, and photos are found by names, dates and places alone.'
          : `${seen}: nothing was computed. See "Machine learning does not work", then Administration > Jobs, Smart Search, "Missing".`,
        'Another model was chosen in the settings: all is computed anew, Smart Search, "All". Until that ends, search finds little.',
        ...(database.kind === 'cnpg'
          ? [
              `The Job \`${vectorIndexesName}-...\` has failed: an index cannot be read; its log names it.`,
              'Words of other alphabets are not found, in names and descriptions: the database was made with the ctype C; docs/operations.md has a chapter on it.',
            ]
          : []),
        'Search by content needs words of the language that the model knows: the default one knows English.',
      ),
    ],
  };
}
