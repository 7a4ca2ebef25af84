import type { Finding } from '../audit/finding.ts';
import { type Change, type Grade, severityOfGrade } from '../changes/change.ts';
import { nameOfManifest, objectName } from '../changes/pairs.ts';
import { isDerived, originOf } from '../manifests/derived.ts';
import type { Field } from '../manifests/field.ts';
import { nameOf } from '../manifests/name.ts';
import { fold } from '../text/fold.ts';
import { redactionOf } from '../text/redaction.ts';
import type { Style } from '../text/style.ts';
import { droppingDatabases, protectionsFor, retainCommands } from './protection.ts';
import type { Switch } from './switch.ts';
import type { Today } from './today.ts';

/** What is wrong today, by the rules of the audit. */
export function dangerLines(findings: readonly Finding[], style: Style): string[] {
  const dangers = findings.filter(({ severity }) => severity === 'error');
  return dangers.length === 0
    ? []
    : [
        '',
        style.title('Dangerous today, as the audit tells it'),
        ...dangers.map(({ file, line, severity, message, fix, rule }) =>
          fold(
            `  ${file}:${line ?? 1}: ${style.severity(severity, severity)}: ${message} ${fix} ${style.quiet(rule)}`,
            style.width,
            2,
          ),
        ),
      ];
}

/**
 * What the switch does.
 *
 * @param isProvisional Whether stand-ins were taken for what a person has still to fill in.
 */
export function switchLines(today: Today, found: Switch, isProvisional: boolean, style: Style): string[] {
  const redact = redactionOf([...today.holders, ...today.others].map(({ value }) => value));
  const { kept, staying, replaced, leaving, added, changes, lost } = found;
  const told = changes.filter((change) => isTold(change, leaving));
  const rest = changes.length - told.length;
  return [
    '',
    style.title(
      `What is applied today, against what dist applies${isProvisional ? ', with stand-ins for what is to be filled in' : ''}`,
    ),
    ...lost.map((sentence) => `  ${gradeWord('refused', style)}: ${sentence}`),
    ...listNames('keeps its name', kept),
    ...listNames('stays as it is, and is only named by dist', staying),
    ...listNames(
      'cannot be changed in place, goes, and is made anew',
      replaced.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`),
    ),
    ...listNames('goes with the files of today', leaving),
    `  ${added.length} objects are new.`,
    ...told.flatMap(({ grade, sentence, steps }) => [
      `  ${gradeWord(grade, style)}: ${sentence}`,
      ...steps.map((step) => `    ${step}`),
    ]),
    ...(rest === 0
      ? []
      : [
          `  ${rest} further changes are routine, or of objects that come and go as said above; review lists them all.`,
        ]),
    '  Immich is away from the moment its pods of today stop until those of dist are ready: a few minutes, and longer where images are pulled.',
  ].map((line) => fold(redact(line), style.width, 2));
}

function gradeWord(grade: Grade, style: Style): string {
  return style.severity(grade, severityOfGrade[grade]);
}

function listNames(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`  ${what}: ${names.join(', ')}`];
}

/** The two commits, in the words of somebody who makes them. */
export function commitLines(
  today: Today,
  found: Switch | undefined,
  file: string,
  { title }: Style,
): string[] {
  const protections = protectionsFor(today);
  const workloads = today.workloads.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace ?? 'default'))];
  const scales = namespaces.map(
    (namespace) =>
      `kubectl scale --namespace ${namespace} --replicas=0 ${workloads
        .filter((one) => (one.namespace ?? 'default') === namespace)
        .map(({ kind, name }) => `${kind.toLowerCase()}/${name}`)
        .join(' ')}`,
  );
  return [
    '',
    title('The first commit: protection, and nothing else'),
    ...(protections.length === 0
      ? ['  All that holds data is protected already: there is nothing to commit.']
      : []),
    ...protections.flatMap(({ object, from, where, lines }) => [
      `  ${from}, ${object}: ${where}`,
      ...lines.map((line) => `      ${line}`),
    ]),
    `  Push it, and wait until ${today.isByArgoCD ? 'Argo CD' : 'Flux'} has applied it. Then keep the volumes too:`,
    ...retainCommands(today).flatMap((command) => command.split('\n').map((line) => `    ${line}`)),
    `  And look, before you go on: each line must say ${today.isByArgoCD ? 'Prune=false,Delete=false' : 'disabled'}. Once dist is there, doctor looks too.`,
    ...checkCommands(today).map((command) => `    ${command}`),
    ...droppingDatabases(today).flatMap((one) => [
      '  And this one retain, since the object goes, and would take the database along:',
      `    kubectl get databases.postgresql.cnpg.io ${nameOf(one)} --namespace ${one.at('metadata', 'namespace').text ?? 'default'} --output jsonpath='{.spec.databaseReclaimPolicy}{"\\n"}'`,
    ]),
    '',
    title('The second commit: the switch'),
    '  1. Make a backup of the database, and wait until Administration > Job Queues shows nothing that waits.',
    `  2. Fill in the marks of ${file}, run synth, and create the Secrets that it lists.`,
    `  3. In one commit: add ${file}, dist/ and the ${today.isByArgoCD ? 'Application' : 'Kustomization'} that applies dist; and remove`,
    ...removedLines(today, found),
    '     with the files that are empty then from the kustomization.yaml that lists them.',
    '  4. Stop Immich right before you push, so that two never run at once:',
    ...scales.map((command) => `    ${command}`),
    `  5. Push, and watch: ${today.isByArgoCD ? 'kubectl get applications.argoproj.io --all-namespaces --watch' : 'flux get kustomizations --watch'}`,
    ...(today.others.some((one) => releaseName(one) !== undefined)
      ? [
          '  6. When all are Ready, once more, for what Helm may have taken along late: flux reconcile kustomization <name>-app',
        ]
      : []),
    '  The way back is git revert of this commit: what holds data was never touched.',
  ];
}

/** What dist has from now on, or nothing needs any more, by the file that holds it today. What stays is left there. */
function removedLines(today: Today, found: Switch | undefined): string[] {
  const stays = new Set(found?.staying ?? []);
  const byFile = new Map<string, Set<string>>();
  for (const one of [...today.holders, ...today.others]) {
    if (stays.has(nameOfManifest(one.manifest))) continue;
    const { file } = originOf(one.manifest, []).manifest;
    byFile.set(file, (byFile.get(file) ?? new Set()).add(releaseName(one) ?? nameOfManifest(one.manifest)));
  }
  return [...byFile].sort().map(([file, names]) => `       from ${file}: ${[...names].sort().join(', ')}`);
}

/** The release of Helm that an object comes of, which goes as a whole. */
function releaseName({ manifest }: Field): string | undefined {
  if (!isDerived(manifest) || manifest.subject.kind !== 'HelmRelease') return undefined;
  const { kind, metadata } = manifest.subject;
  return objectName({ kind, namespace: metadata?.namespace, name: metadata?.name ?? '' });
}

/** What somebody has to know or do; that pods and Services come anew is said already. */
function isTold({ grade, topic, objects }: Change, leaving: readonly string[]): boolean {
  if (grade === 'refused') return true;
  if (grade === 'routine' || topic === 'other') return false;
  if (grade === 'restarting') return objects.some((name) => name.startsWith('Cluster '));
  return !objects.every((name) => leaving.includes(name));
}

function checkCommands({ holders, isByArgoCD }: Today): string[] {
  const annotation = isByArgoCD
    ? 'argocd\\.argoproj\\.io/sync-options'
    : 'kustomize\\.toolkit\\.fluxcd\\.io/prune';
  return holders.map((holder) => {
    const { kind, apiVersion, metadata } = holder.manifest.object;
    const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
    const place = metadata?.namespace === undefined ? '' : ` --namespace ${metadata.namespace}`;
    return `kubectl get ${kind.toLowerCase()}${group} ${nameOf(holder)}${place} --output jsonpath='{.metadata.annotations.${annotation}}{"\\n"}'`;
  });
}
