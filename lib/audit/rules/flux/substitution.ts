import { type Field, isList, isMapping } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import type { Manifest, Value } from '../../../manifests/manifest.ts';
import { appliedBy, fluxKustomizations, isTold } from '../../../manifests/views/flux.ts';
import { quote } from '../../../text/quoting.ts';
import type { Report, Rule } from '../../rule.ts';
import { immichsKustomizations } from '../../views/immichs-database.ts';

export const substitution: Rule = {
  id: 'substitution',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Flux would replace a variable in a value, or fail because it knows no such variable.',
  why: 'When a Kustomization has postBuild variables, Flux replaces what looks like one in every object, also in scripts and configuration files that mean a variable of the shell. The text silently becomes empty, or the whole Kustomization fails.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  limits:
    'Where some variables come from config maps or secrets it is not known which there are, and nothing is said of any of them.',
  examples: {
    good: `
# flux/immich.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich, namespace: flux-system }
spec: { interval: 1h, retryInterval: 2m, path: ./app, prune: true, postBuild: { substitute: { APP: immich } } }
---
# app/config.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: immich, namespace: immich }
data: { script.sh: "echo $\${HOME}" }
`,
    broken: {
      $$: '$',
    },
  },
  check(inventory, report) {
    // A Kustomization above often gives all others their variables by a patch.
    const isPatched = fluxKustomizations(inventory).some((one) =>
      JSON.stringify(one.get('spec', 'patches') ?? '').includes('substitute'),
    );
    const ofImmich = immichsKustomizations(inventory);
    checkDollars(inventory, ofImmich, report);
    for (const object of inventory.fields) {
      if (!holdsVariable(object.value) || isTold(object, 'substitute', 'disabled')) {
        continue;
      }
      const applying = inventory.complete ? undefined : appliedBy(inventory, object.manifest);
      const allowed = variables(applying);
      if (
        !inventory.complete &&
        (allowed === undefined || isPatched || applying === undefined || !ofImmich.has(applying.manifest))
      ) {
        continue;
      }
      for (const [field, text] of texts(object)) {
        const variable = undefinedVariable(text, allowed);
        if (variable !== undefined) {
          report(field, {
            message:
              allowed === undefined
                ? `Flux replaces "\${${variable}}" as soon as a Kustomization above this one substitutes variables.`
                : `No postBuild variable is called ${quote(variable)} and it has no default; Flux fails, or writes nothing in its place.`,
            fix: `Write "$\${${variable}}" if the text is meant, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled.`,
            // What an empty text does in its place is not known.
            ...(inventory.complete ? {} : { severity: 'warning' }),
          });
        }
      }
    }
  },
};

/**
 * The dollars that quote a block of SQL, of which substitution leaves one: the statement is refused, and the database is
 * never set up. https://github.com/fluxcd/pkg/blob/main/envsubst/parse/scan.go
 */
function checkDollars(inventory: Inventory, ofImmich: ReadonlySet<Manifest>, report: Report): void {
  for (const cluster of inventory.all('postgresql.cnpg.io', 'Cluster')) {
    const applying = appliedBy(inventory, cluster.manifest);
    const postBuild = applying?.at('spec', 'postBuild');
    const isCertain = postBuild !== undefined && postBuild.at('substitute').entries.length > 0;
    const isLikely = postBuild !== undefined && postBuild.at('substituteFrom').items.length > 0;
    if (
      applying === undefined ||
      !ofImmich.has(applying.manifest) ||
      !(isCertain || isLikely) ||
      isTold(cluster, 'substitute', 'disabled')
    ) {
      continue;
    }
    const initdb = cluster.at('spec', 'bootstrap', 'initdb');
    const statements = ['postInitSQL', 'postInitTemplateSQL', 'postInitApplicationSQL'].flatMap(
      (list) => initdb.at(list).items,
    );
    for (const statement of statements.filter(({ text }) => /(^|[^$])\$\$(?![${])/.test(text ?? ''))) {
      report(statement, {
        message:
          'Flux makes one dollar of "$$" when it substitutes variables; PostgreSQL refuses the statement, and the database is not set up.',
        fix: 'Write a word between the dollars, such as $body$, at both ends.',
        ...(isCertain ? {} : { severity: 'warning' }),
      });
    }
  }
}

/**
 * The variables of a Kustomization; undefined when it substitutes nothing, or when some of them come from config
 * maps or secrets, whose keys cannot be told.
 */
function variables(kustomization: Field | undefined): ReadonlySet<string> | undefined {
  const postBuild = kustomization?.at('spec', 'postBuild');
  if (postBuild === undefined || !postBuild.exists || postBuild.at('substituteFrom').items.length > 0) {
    return undefined;
  }
  return new Set(postBuild.at('substitute').entries.map(([name]) => name));
}

function undefinedVariable(text: string, allowed: ReadonlySet<string> | undefined): string | undefined {
  if (!text.includes('${')) {
    return undefined;
  }
  for (const [, doubled, name = '', operator] of text.matchAll(variable)) {
    const isDefined = allowed !== undefined && (allowed.has(name) || operator !== '}');
    if (doubled === '' && !isDefined) {
      return name;
    }
  }
  return undefined;
}

/** A variable as envsubst of Flux reads it; a doubled dollar stands for a single one. */
const variable = /(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)(\}|[^}])/g;

/** Told apart first, because hardly any object holds one and fields cost more than their values. */
function holdsVariable(value: Value | undefined): boolean {
  if (typeof value === 'string') {
    return value.includes('${');
  }
  if (isList(value)) {
    return value.some(holdsVariable);
  }
  if (isMapping(value)) {
    // Every value of every object passes here, so no list of them is made.
    for (const key in value) {
      if (holdsVariable(value[key])) {
        return true;
      }
    }
  }
  return false;
}

function* texts(field: Field): Generator<[Field, string]> {
  const { text } = field;
  if (text !== undefined) {
    yield [field, text];
  }
  for (const item of field.items) {
    yield* texts(item);
  }
  for (const [, entry] of field.entries) {
    yield* texts(entry);
  }
}
