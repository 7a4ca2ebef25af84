import type { Place } from '../../cli/init/place.ts';

/** A repository of one's own. */
export const root: Place = {
  project: '',
  root: '',
  repository: '.',
  output: 'dist',
  dist: 'dist',
  own: { output: 'dist', dist: 'dist' },
  named: undefined,
  installations: 'installations',
  flux: 'flux',
};

/** A folder inside of a repository that Flux reads already. */
export const below: Place = {
  ...{ project: 'apps/immich', root: '../..', repository: '../..', output: 'made', dist: 'apps/immich/made' },
  own: { output: 'made', dist: 'apps/immich/made' },
  named: undefined,
  ...{ installations: 'ours', flux: 'flux' },
};
