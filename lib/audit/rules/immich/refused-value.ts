import { environmentValueProblem } from '../../../immich/environment-values.ts';
import { isUnknown } from '../../../manifests/field.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { textOfVariable } from '../../../manifests/views/key-text.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const refusedValue: Rule = {
  id: 'refused-value',
  severity: 'error',
  whose: 'upstream',
  meaning: 'An environment variable has a value that this version of Immich refuses or passes over.',
  why: 'Immich checks most of its environment when it starts, and ends when a value is none that it knows. What an older version took, such as pgvecto.rs as the vector extension, is found out after the upgrade was rolled out.',
  url: 'https://docs.immich.app/install/environment-variables/',
  limits: 'Values from secrets are not read, besides the name of the vector extension.',
  examples: {
    good: documents(server('env: [{ name: DB_VECTOR_EXTENSION, value: vectorchord }]')),
    broken: { 'value: vectorchord': 'value: pgvecto.rs' },
  },
  check(inventory, report) {
    for (const { part, workload, container, version } of immich(inventory).containers) {
      if (part !== 'server') continue;
      for (const variable of environment(inventory, workload, container).values()) {
        const { name, field, from } = variable;
        // A value from a secret is not repeated, unless it is the name of an extension.
        const value =
          from?.kind === 'Secret' && name !== extension
            ? undefined
            : textOfVariable(inventory, workload.namespace, variable);
        const problem =
          value === undefined || isUnknown(value) ? undefined : environmentValueProblem(name, value, version);
        if (problem === undefined) continue;
        const at = problem.indexOf('. ');
        report(field.at('value').exists ? field.at('value') : field, {
          message: problem.slice(0, at + 1),
          fix: problem.slice(at + 2),
          ...(name === extension && version !== undefined ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

/** The variable whose wrong value ends the server, and that is no secret wherever it stands. */
const extension = 'DB_VECTOR_EXTENSION';
