import { ApiObject, App, Chart } from 'cdk8s';
import { parse } from 'yaml';
import { yamlOf } from '../../lib/dist/yaml.ts';
import type { Installation } from '../../lib/installation/installation.ts';
import { parseInstallation, problemText } from '../../lib/installation/parse.ts';
import { commentsOf } from '../../lib/kubernetes/comment.ts';

/** The files of what a component adds to a chart, one after the other. */
export function built(build: (chart: Chart) => void): string {
  const chart = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
  build(chart);
  return chart.node
    .findAll()
    .filter((node) => ApiObject.isApiObject(node))
    .map((object) => yamlOf({ file: object.name, object: object.toJson(), comments: commentsOf(object) }))
    .join('---\n');
}

/** The object of a kind and name among those files, as a reader of YAML sees it. */
export function objectIn(text: string, kind: string, name?: string) {
  const objects = text.split(/^---$/m).map((document) => parse(document));
  const found = objects.filter(
    (object) => object.kind === kind && (name ?? object.metadata.name) === object.metadata.name,
  );
  if (found.length !== 1) throw new Error(`${kind} is there ${found.length} times`);
  return found[0];
}

/** A text as an installation. */
export function installationOf(text: string): Installation {
  const { installation, problems } = parseInstallation('', text);
  if (installation === undefined) throw new Error(problems.map(problemText).join('\n'));
  return installation;
}
