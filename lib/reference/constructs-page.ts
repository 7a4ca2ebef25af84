import { sectionPaths } from './section-types.ts';

/** A property or a handle of a construct. */
export interface MemberDescription {
  readonly name: string;
  /** Its type in TypeScript. */
  readonly type: string;
  readonly isRequired: boolean;
  /** What holds when it is left out; undefined where nothing is said. */
  readonly standard: string | undefined;
  readonly description: string;
}

/** A construct as its source describes it. */
export interface ConstructDescription {
  readonly name: string;
  readonly description: string;
  /** A few lines of TypeScript that use it in a `chart`. */
  readonly example: string;
  readonly props: readonly MemberDescription[];
  readonly handles: readonly MemberDescription[];
}

/** A type that properties or handles speak of. */
export interface TypeDescription {
  readonly name: string;
  /** Its declaration in TypeScript. */
  readonly text: string;
}

/** The page of all constructs, as Markdown. */
export function constructsPage(
  constructs: readonly ConstructDescription[],
  types: readonly TypeDescription[],
): string {
  const known = new Set(types.map(({ name }) => name));
  const isWhole = ({ name }: ConstructDescription) => name === 'Immich';
  const inOrder = [...constructs.filter(isWhole), ...constructs.filter((construct) => !isWhole(construct))];
  return `${[
    head,
    table(
      ['Construct', 'What it makes'],
      inOrder.map(({ name, description }) => [
        `[${name}](#${name.toLowerCase()})`,
        firstSentence(description),
      ]),
    ),
    ...inOrder.map((construct) => constructSection(construct, known)),
    '## Types',
    'What properties and handles speak of, and the package exports.',
    ...types.map(({ name, text }) => `### ${name}\n\n${code(text)}`),
  ].join('\n\n')}\n`;
}

const head = `# Constructs

What \`import { ... } from 'immich-cdk8s'\` gives to a cdk8s app; \`cdk8s\` and \`constructs\` must be installed beside it. This
page is derived from the source by \`npm run docs\`.

${code(`import { App, Chart } from 'cdk8s';
import { Valkey } from 'immich-cdk8s';

const app = new App();
const chart = new Chart(app, 'photos', { disableResourceNameHashes: true });
new Valkey(chart, 'valkey', { namespace: 'photos' });
app.synth();`)}

A section, such as \`ServerSection\`, has the keys that [reference.md](reference.md) lists for an installation file, with the
same defaults. What is wrong throws the sentence that the file would get. What is likely wrong stands in the handle
\`warnings\`, which cdk8s does not print.

In the examples \`chart\` is a Chart of cdk8s, and every other name is what the example of another construct makes.`;

function constructSection(
  { name, description, example, props, handles }: ConstructDescription,
  known: ReadonlySet<string>,
): string {
  return [
    `## ${name}`,
    description,
    code(example),
    table(
      ['Property', 'Type', 'Default', 'Meaning'],
      props.map((prop) => [
        `\`${prop.name}\``,
        typeCell(prop.type, known),
        prop.isRequired ? 'required' : (prop.standard ?? ''),
        prop.description,
      ]),
    ),
    table(
      ['Handle', 'Type', 'Meaning'],
      handles.map((handle) => [`\`${handle.name}\``, typeCell(handle.type, known), handle.description]),
    ),
  ].join('\n\n');
}

/** A type that says where its keys stand. */
function typeCell(type: string, known: ReadonlySet<string>): string {
  const names = [...new Set(type.match(/\b[A-Z]\w+/g) ?? [])];
  const links = names.flatMap((name) => {
    if (name === 'Installation') return ['[keys](reference.md)'];
    const section = sectionPaths.get(name)?.split('.')[0];
    if (section !== undefined) return [`[keys](reference.md#${section.toLowerCase()})`];
    return known.has(name) ? [`[fields](#${name.toLowerCase()})`] : [];
  });
  return [`\`${type}\``, ...links].join(' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
}
