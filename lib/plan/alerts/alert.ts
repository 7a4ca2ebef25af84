/** One alert: when it fires, what a person is told, and what they do then. */
export interface Alert {
  readonly name: string;
  /** In PromQL. */
  readonly expression: string;
  /** How long it must hold before anybody is told, such as `15m`. */
  readonly patience: string;
  readonly severity: 'warning' | 'critical';
  /** What is wrong, in a sentence. */
  readonly summary: string;
  /** What to look at and what to do, for the runbook. */
  readonly action: string;
}

/** The alerts that one PrometheusRule holds. */
export interface AlertGroup {
  /** Name of the rule and its group. */
  readonly name: string;
  /** The Kubernetes cluster whose Prometheus knows the metrics. */
  readonly cluster: string;
  readonly alerts: readonly Alert[];
}

/** Seconds of an hour and of a day, as PromQL compares them. */
export const hour = 3600;
export const day = 24 * hour;

/** Which instances of a CloudNativePG database a metric is of. */
export function instancesOf(namespace: string, database: string): string {
  return `namespace="${namespace}",pod=~"${database}-[0-9]+"`;
}

/** A regular expression that fits these names and no others; names of Kubernetes hold no other special character. */
export function anyOf(names: readonly string[]): string {
  return names.map((name) => name.replaceAll('.', String.raw`\\.`)).join('|');
}

/** The free share of claims, from the kubelet; where several nodes mount one, it is told once. */
export function freeShareOf(claims: string): string {
  return `min by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes{${claims}} / kubelet_volume_stats_capacity_bytes{${claims}})`;
}

/** What claims will have free after some seconds, when they go on filling as in the last day. */
export function freeAfter(claims: string, seconds: number): string {
  return `min by (namespace, persistentvolumeclaim) (predict_linear(kubelet_volume_stats_available_bytes{${claims}}[1d], ${seconds}))`;
}
