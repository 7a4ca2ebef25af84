/** Something that is wrong, as it is made, seen and mended. */
export interface Fault {
  /** Commands that make it. */
  readonly make: string;
  /** What `doctor` says of it, as `check: state: message`; its beginning, where the rest is of others. */
  readonly line: string;
  /** Commands that mend it, after which the line is gone. */
  readonly mend: string;
}

/** A command that applies manifests. */
export function apply(...manifests: readonly string[]): string {
  return ['kubectl apply --filename - <<EOF', manifests.join('\n---\n'), 'EOF'].join('\n');
}

/** A command that changes what an object says of itself, where no program that runs here does. */
export function say(object: string, namespace: string | undefined, status: object): string {
  return patch(object, namespace, { status }, ' --subresource=status');
}

/** A command that changes fields of an object. */
export function patch(object: string, namespace: string | undefined, fields: object, options = ''): string {
  const place = namespace === undefined ? '' : ` --namespace ${namespace}`;
  return `kubectl patch ${object}${place}${options} --type=merge --patch '${JSON.stringify(fields)}'`;
}

/** A Deployment of a program of others. */
export function program(namespace: string, name: string, image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ${namespace}, name: ${name} }
spec:
  selector: { matchLabels: { program: ${name} } }
  template:
    metadata: { labels: { program: ${name} } }
    spec: { containers: [{ name: main, image: "${image}" }] }`;
}

/** A pod that Pod Security lets in anywhere. */
export function pod(namespace: string, name: string, labels: string, spec = ''): string {
  return `apiVersion: v1
kind: Pod
metadata: { namespace: ${namespace}, name: ${name}, labels: { ${labels} } }
spec:
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: main
      image: example.com/main:1
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
${spec}`;
}

/** A definition of a kind whose program does not run here, so that its objects may be anything. */
export function kind(
  group: string,
  version: string,
  name: string,
  plural: string,
  scope = 'Namespaced',
): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.${group}, annotations: { api-approved.kubernetes.io: "unapproved, for a test" } }
spec:
  group: ${group}
  scope: ${scope}
  names: { kind: ${name}, listKind: ${name}List, plural: ${plural}, singular: ${name.toLowerCase()} }
  versions:
    - name: ${version}
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }`;
}
