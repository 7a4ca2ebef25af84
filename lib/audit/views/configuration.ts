import { isDerived } from '../../manifests/derived.ts';
import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { chartConfiguration, configurationFile } from '../../manifests/views/configuration-file.ts';
import type { ImmichContainerView } from '../../manifests/views/immich.ts';
import { readValue, splitDocuments } from '../../repository/manifest-document.ts';
import type { Path } from '../../text/path.ts';

/** The configuration that a server starts with. */
export interface ConfigurationView {
  /** What it says, by sections; empty where it is not one mapping. */
  readonly settings: object;
  /** Where a setting stands: its own place in the values of a chart, the whole text of a file. */
  readonly fieldOf: (path: Path) => Field;
  /** Whether braces in it are those of an operator that fills it in. */
  readonly isTemplate: boolean;
}

/** The configurations of a server that manifests hold: the file that it is told to read, and what its chart makes one of. */
export function configurationsOf(inventory: Inventory, found: ImmichContainerView): ConfigurationView[] {
  const file = configurationFile(inventory, found);
  const values = chartConfiguration(inventory, found);
  return [
    ...(file === undefined
      ? []
      : [
          {
            settings: settingsIn(file),
            fieldOf: () => file,
            isTemplate: !isDerived(file.manifest) && file.manifest.object.kind === 'ExternalSecret',
          },
        ]),
    ...(values === undefined
      ? []
      : [
          {
            settings: mappingOf(values.value),
            fieldOf: (path: Path) => values.at(...path),
            isTemplate: false,
          },
        ]),
  ];
}

/** What the text says as YAML, which JSON is too; nothing where it is a template, or not one mapping. */
function settingsIn(file: Field): object {
  try {
    const [first] = splitDocuments(file.manifest.file, file.text ?? '');
    return mappingOf(first === undefined ? undefined : readValue(first).value);
  } catch {
    return {};
  }
}

function mappingOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
