import type { Finding } from '../lib/audit/finding.ts';
import { countOf, severities, severityCounts } from '../lib/text/severity.ts';
import { element, made } from './element.ts';
import { type ChosenFolder, folderOfDrop, folderOfList } from './folder.ts';
import type { AuditAnswer } from './work.ts';
import { Workshop } from './workshop.ts';

/** The panel in which a folder is audited. */
export function showAudit(): void {
  const state = element('audit-state', HTMLElement);
  const drop = element('drop', HTMLElement);
  const chooser = element('folder', HTMLInputElement);
  const workshop = new Workshop((answer) => {
    if (answer.kind === 'audit') show(answer);
    else if (answer.kind === 'failed') state.textContent = `The audit could not run: ${answer.message}`;
  });
  const take = async (chosen: Promise<ChosenFolder>) => {
    state.textContent = 'Reading ...';
    element('findings', HTMLElement).replaceChildren();
    const { name, texts } = await chosen;
    if (texts.size === 0) {
      state.textContent = 'No text files are in there. Choose a folder of manifests.';
      return;
    }
    state.textContent = `Looking at ${countOf(texts.size, 'file')} of ${name} ...`;
    workshop.start({ kind: 'audit', name, texts });
  };
  const takeOrTell = (chosen: Promise<ChosenFolder>) => {
    take(chosen).catch((error: unknown) => {
      state.textContent = `The folder cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    });
  };
  chooser.addEventListener('change', () => {
    if (chooser.files !== null) takeOrTell(folderOfList(chooser.files));
  });
  for (const name of ['dragenter', 'dragover']) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add('over');
    });
  }
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    if (event.dataTransfer !== null) takeOrTell(folderOfDrop(event.dataTransfer.items));
  });
}

function show({ findings, files, objects, note }: AuditAnswer): void {
  const counts = severityCounts(findings);
  const found = counts === '' ? 'No findings' : counts;
  element('audit-state', HTMLElement).textContent =
    `${found} in ${countOf(files, 'file')}, ${countOf(objects, 'object')}.${note === undefined ? '' : ` ${note}`}`;
  element('findings', HTMLElement).replaceChildren(...inOrder(findings).map(findingOf));
}

/** The gravest first. */
function inOrder(findings: readonly Finding[]): Finding[] {
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

function findingOf({ severity, file, line, column, rule, message, fix, object, url }: Finding): HTMLElement {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  const article = made('article', `finding ${severity}`, '');
  const sentence = made('p', '', '');
  sentence.append(made('span', 'severity', severity), ` ${message}`);
  const source = made('a', '', 'why');
  source.setAttribute('href', url);
  source.setAttribute('rel', 'noreferrer');
  const name = made(
    'p',
    'rule',
    `${[object.kind, object.name].filter((part) => part !== undefined).join(' ')}, ${rule}, `,
  );
  name.append(source);
  article.append(made('p', 'place', place), sentence, made('p', 'fix', fix), name);
  return article;
}
