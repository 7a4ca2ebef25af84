import { record } from '../schema/list.ts';
import { defaulting, mapping, optional } from '../schema/mapping.ts';
import { flag } from '../schema/scalar.ts';
import { type Read, refine } from '../schema/schema.ts';
import { variants, wordOr } from '../schema/variants.ts';
import { label, labelName, labelValue, page } from './texts.ts';

/** What the clusters around Immich look like. */

export type Clusters = Read<typeof clusters>;

export const clusters = mapping({
  app: optional(
    label,
    'Name of the Kubernetes cluster that Immich runs in; default the name of the installation.',
  ),
  database: optional(label, 'Name of the Kubernetes cluster that the database runs in; default the same.'),
});

/** How Grafana is given its dashboard. */
export type Dashboards =
  | { readonly kind: 'configMap'; readonly labels: { readonly [name: string]: string } }
  | { readonly kind: 'grafanaDashboard'; readonly instanceLabels: { readonly [name: string]: string } };

const dashboards = wordOr(
  'none',
  variants<Dashboards>({
    configMap: refine(
      mapping({
        configMap: defaulting(
          mapping({
            labels: defaulting(
              record(labelName, labelValue),
              { grafana_dashboard: '1' },
              "Labels that Grafana's sidecar looks for.",
            ),
          }),
          {},
          "A ConfigMap for Grafana's sidecar, as kube-prometheus-stack has it.",
        ),
      }),
      ({ configMap }) => ({ kind: 'configMap', ...configMap }),
    ),
    grafanaDashboard: refine(
      mapping({
        grafanaDashboard: defaulting(
          mapping({
            instanceLabels: defaulting(
              record(labelName, labelValue),
              { dashboards: 'grafana' },
              'Labels of the Grafana objects that show it.',
            ),
          }),
          {},
          'A GrafanaDashboard for the Grafana operator.',
        ),
      }),
      ({ grafanaDashboard }) => ({ kind: 'grafanaDashboard', ...grafanaDashboard }),
    ),
  }),
);

export type Monitoring = Read<typeof monitoring>;

export const monitoring = mapping({
  enabled: defaulting(
    flag,
    false,
    'Whether metrics are served, and monitors for the Prometheus operator made.',
  ),
  namespace: defaulting(label, 'monitoring', 'Namespace that Prometheus runs in.'),
  labels: defaulting(
    record(labelName, labelValue),
    {},
    'Labels that your Prometheus looks for on monitors, such as release: kube-prometheus-stack.',
  ),
  dashboards: defaulting(
    dashboards,
    { configMap: {} },
    'How Grafana gets a dashboard: { configMap } for its sidecar, { grafanaDashboard } for its operator, or none. Only with "enabled".',
  ),
  runbook: optional(
    page,
    'Address under which you read the RUNBOOK.md of this installation, which alerts then link to; default its path in dist.',
  ),
});

export type Protection = Read<typeof protection>;

export const protection = mapping({
  admission: defaulting(
    flag,
    true,
    'Whether the API server refuses to delete what holds data, unless it is annotated; needs Kubernetes 1.30.',
  ),
});
