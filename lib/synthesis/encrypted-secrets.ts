import { yamlOf } from '../dist/yaml.ts';
import type { Files } from '../files/files.ts';
import { fillIn } from '../installation/fill-in.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { type EncryptedSecret, encryptedSecretsOf } from '../plan/encrypted-secrets.ts';
import type { Plan } from '../plan/plan.ts';
import { readSource } from '../text/yaml-source.ts';
import { enumerate } from '../values/parsed.ts';

/** What the encrypted files of an installation are like. */
export interface EncryptedFiles {
  /** The examples that are to be written: path in the repository to text. What is there is never written over. */
  readonly examples: ReadonlyMap<string, string>;
  /** What is missing in the folder, or wrong, in sentences. */
  readonly told: readonly { readonly severity: 'error' | 'warning'; readonly message: string }[];
}

/** Looks at the files of the encrypted Secrets, of which SOPS leaves names and keys to be read. */
export function lookAtEncryptedFiles(plan: Plan, repository: Files): EncryptedFiles {
  const { secrets: source } = plan.installation;
  const age = source.kind === 'sops' ? source.age : undefined;
  const examples = new Map<string, string>();
  const told: EncryptedFiles['told'][number][] = [];
  const missing: string[] = [];
  for (const encrypted of encryptedSecretsOf(plan)) {
    const { file } = encrypted;
    const found = repository.look(file);
    if (found?.kind === 'file') {
      told.push(...judgeFile(encrypted, repository.read(file)));
      continue;
    }
    missing.push(`${file} (${encrypted.secret.keys.join(', ')})`);
    if (repository.look(exampleOf(file)) === undefined) {
      examples.set(exampleOf(file), exampleText(encrypted, age));
    }
  }
  if (missing.length > 0) {
    told.push({
      severity: 'warning',
      message: `Missing, without which Flux starts nothing that reads them: ${missing.join(', ')}. Beside each stands an .example, whose first lines say how to make it.`,
    });
  }
  return { examples, told };
}

/** https://fluxcd.io/flux/guides/mozilla-sops/#encrypting-secrets-using-age */
const encryptedFields = "'^(data|stringData)$'";

function exampleOf(file: string): string {
  return `${file}.example`;
}

/** A Secret without any value, and how it becomes an encrypted one. */
function exampleText({ secret, file }: EncryptedSecret, age: string | undefined): string {
  const { name, namespace, keys, type, purpose } = secret;
  const manifest: Manifest = {
    file,
    object: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      type,
      stringData: Object.fromEntries(keys.map((key) => [key, fillIn(key)])),
    },
    comments: [],
    position: () => undefined,
  };
  const recipients = age === undefined ? '' : ` --age ${age}`;
  return [
    `# ${purpose.replace(/^./, (letter) => letter.toUpperCase())}. immich-cdk8s wrote this once, and Flux does not read it.`,
    '# Write the values into a copy outside of git, and encrypt that to where Flux reads it, from the root of the repository:',
    `#   sops encrypt --filename-override ${file} --encrypted-regex ${encryptedFields}${recipients} --output ${file} COPY`,
    '# Commit that file alone.',
    yamlOf(manifest),
  ].join('\n');
}

function judgeFile({ secret, file }: EncryptedSecret, text: string): EncryptedFiles['told'] {
  const { data, faults } = readSource(text, { strict: false });
  if (faults.length > 0 || !isMapping(data)) return [wrong(`${file} is no YAML of one Secret.`)];
  const { metadata, sops } = data;
  if (!isMapping(sops)) {
    return [
      wrong(
        `${file} is not encrypted: whoever can read the repository has its values. Encrypt it, sops encrypt --in-place --encrypted-regex ${encryptedFields} ${file}, and replace them where it was pushed already.`,
      ),
    ];
  }
  const { name, namespace } = isMapping(metadata) ? metadata : {};
  if (data['kind'] !== 'Secret' || name !== secret.name || namespace !== secret.namespace) {
    return [
      wrong(
        `${file} is not the Secret ${secret.namespace}/${secret.name}. Encrypt the one of its .example, whose kind, name and namespace stay readable with --encrypted-regex ${encryptedFields}.`,
      ),
    ];
  }
  const there = [data['data'], data['stringData']].flatMap((part) =>
    isMapping(part) ? Object.keys(part) : [],
  );
  const lacking = secret.keys.filter((key) => !there.includes(key));
  return lacking.length === 0
    ? []
    : [
        {
          severity: 'warning',
          message: `${file} lacks ${enumerate(lacking)}: ${secret.purpose}. Add it with sops edit ${file}.`,
        },
      ];
}

function wrong(message: string) {
  return { severity: 'error', message } as const;
}

function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
