import { applications, rootName } from '../argocd.ts';
import { applyNow, layerName, layersNamespace } from '../delivery.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** A layer that Argo CD does not get healthy, and what it calls so. */
export function layerIsNotHealthy(names: Names): Section {
  const { app, data, file, plan } = names;
  const place = `--namespace ${layersNamespace(names)}`;
  return {
    title: 'A layer of Argo CD is not healthy',
    blocks: [
      commands(
        `${app} get ${applications} ${place}`,
        ...(plan.isRemote ? [`${data} get ${applications} ${place}`] : []),
        `${app} get ${applications} ${layerName(names, 'app')} ${place} --output jsonpath='{.status.conditions} {.status.operationState.message}'`,
      ),
      bullets(
        `Not there at all: an Application of an earlier wave is not healthy, or \`${rootName(names)}\`, which makes them, is not synced.`,
        'Degraded, of the database: Argo CD calls it so while CloudNativePG applies a configuration, restarts the primary, switches or fails over, waits for a person, and during a major upgrade. It passes by itself, but for "Waiting for user action" and an upgrade that is delayed; `kubectl cnpg status` says which it is. Later waves wait as long, and what runs goes on running. With the entries below it is Progressing instead.',
        'Suspended, of the database: hibernated, a plugin that is missing, objects that cannot be made, or a database that is **unrecoverable**. That is worse than Degraded: see "Restore the database to a point in time".',
        'Degraded, of the drill: the last one failed; its log says why. Nothing waits for it.',
        'Progressing: a pod is not ready, as during a migration, which takes minutes to hours; nothing is undone.',
        'OutOfSync, and the message is an error: Kubernetes refuses an object. A kind that is not known: its operator is missing, `doctor` names it. A field that cannot be changed: `npx immich-cdk8s review` says so before it is merged. Never sync with Force or Replace.',
        `\`app path does not exist\`: dist is not where \`argocd.path\` of \`${file}\` says.`,
        'With the annotation `argocd.argoproj.io/skip-reconcile`: somebody stopped it, as every restore here does: "Bring the server back".',
      ),
      'After it is mended, without waiting:',
      commands(...applyNow(names, 'app', 'app')),
      ...toldToArgoCD(),
    ],
  };
}

/**
 * Argo CD begins a wave when the one before is healthy, and does not know by itself when an Application is, nor when a
 * database archives: https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#argocd-app
 */
function toldToArgoCD(): string[] {
  return [
    'Argo CD must be told once what healthy means, in the ConfigMap `argocd-cm`. Without the first entry the waves wait for nothing; without the others Immich may start beside a database that came up empty over the archive of an earlier one, which is Ready and does not archive.',
    ['```yaml', ...healthChecks.split('\n'), '```'].join('\n'),
  ];
}

const healthChecks = `data:
  resource.customizations.health.argoproj.io_Application: |
    local health = { status = "Progressing", message = "" }
    if obj.status ~= nil and obj.status.health ~= nil then
      health.status = obj.status.health.status
      health.message = obj.status.health.message or ""
    end
    return health
  resource.customizations.health.postgresql.cnpg.io_Cluster: |
    local health = { status = "Progressing", message = "" }
    if obj.status == nil then return health end
    health.message = obj.status.phase or ""
    if string.find(health.message, "unrecoverable") then health.status = "Degraded" end
    local ready, archiving = false, obj.spec.plugins == nil and obj.spec.backup == nil
    for _, condition in ipairs(obj.status.conditions or {}) do
      if condition.type == "Ready" and condition.status == "True" then ready = true end
      if condition.type == "ContinuousArchiving" and condition.status == "True" then archiving = true end
    end
    if ready and archiving then health.status = "Healthy" end
    return health
  resource.customizations.health.postgresql.cnpg.io_Database: |
    local health = { status = "Progressing", message = "" }
    if obj.status ~= nil then
      health.message = obj.status.message or ""
      if obj.status.applied and obj.status.observedGeneration == obj.metadata.generation then health.status = "Healthy" end
    end
    return health`;
