import { validateStrictly } from '../schemas/validate.ts';
import { committedInstallations, committedObjects } from './committed.ts';

test.each(committedInstallations)('every object of %s is right by the schema of its kind', (installation) => {
  const objects = committedObjects(installation);
  const problems = objects.flatMap(({ file, object }) =>
    validateStrictly(object).map((problem) => `${file}: ${problem}`),
  );
  expect(problems).toEqual([]);
  expect(objects.length).toBeGreaterThan(10);
});
