/** What is listed: a kind by its name in paths, of all namespaces or of one, with some labels. */
export interface Listed {
  /** As in `apps/v1`; `v1` for the kinds of the core. */
  readonly apiVersion: string;
  /** As in `deployments`. */
  readonly resource: string;
  readonly namespace?: string | undefined;
  /** As kubectl takes it: `app=immich`. */
  readonly selector?: string | undefined;
}

/** The path of a list. https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris */
export function listPath({ apiVersion, resource, namespace, selector }: Listed): string {
  const place = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const query = selector === undefined ? '' : `?labelSelector=${encodeURIComponent(selector)}`;
  return `${apiPath(apiVersion)}${place}/${resource}${query}`;
}

/** The path of one object. */
export function objectPath(listed: Omit<Listed, 'selector'>, name: string): string {
  return `${listPath(listed)}/${name}`;
}

/** The path at which the API server says which kinds it has. */
export function apiPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
