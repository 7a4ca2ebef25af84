import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { textLike } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';
import { quote } from '../values/parsed.ts';
import { folder } from './flux.ts';
import { label, objectName } from './texts.ts';

/** How Argo CD finds and applies dist. */

const repositoryURL = textLike(
  /^(?:(?:https?|oci):\/\/(?![^/@]*:[^/@]*@)|ssh:\/\/)\S+$|^[\w.-]+@[\w.-]+:\S+$/,
  (url) =>
    `${quote(url)} is no URL of a repository without a password. Write it as Argo CD knows it, such as https://git.example.com/home/cluster.git.`,
);

const revision = textLike(
  /^\w[\w./-]*$/,
  (name) => `${quote(name)} is no branch, tag or commit. Write one, such as main.`,
);

const server = textLike(
  /^https:\/\/\S+$/,
  (url) =>
    `${quote(url)} is no URL of a Kubernetes API. Write it as Argo CD knows it, such as https://kubernetes.default.svc.`,
);

/** How Argo CD finds and applies dist. */
export type ArgoCD = Read<typeof argocd>;

export const argocd = mapping({
  repository: required(repositoryURL, 'URL of the repository that holds dist, as Argo CD knows it.'),
  revision: defaulting(
    revision,
    'HEAD',
    'Branch, tag or commit; HEAD is the newest of the branch that the repository shows first.',
  ),
  path: defaulting(folder, './dist', 'Where dist stands inside the repository.'),
  namespace: defaulting(label, 'argocd', 'Namespace of the Applications.'),
  project: defaulting(
    objectName,
    'default',
    'Project of the Applications; it must allow the namespaces of Immich and of the drill, and objects of the whole cluster.',
  ),
  server: optional(
    server,
    'URL of the Kubernetes API of the cluster, as Argo CD knows it; default that of the cluster that Argo CD runs in.',
  ),
});
