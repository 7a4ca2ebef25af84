import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { text } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';
import { quote, refuse, understand } from '../values/parsed.ts';
import { folder } from './flux.ts';
import { label, objectName } from './texts.ts';

/** How Argo CD finds and applies dist. */

const repositoryURL = text((url) =>
  /^(?:https?:\/\/|ssh:\/\/|oci:\/\/)[^\s]+$|^[\w.-]+@[\w.-]+:[^\s]+$/.test(url)
    ? /^https?:\/\/[^/@]*:[^/@]*@/.test(url)
      ? refuse(
          'A repository with a password in its URL would put that into git. Give Argo CD a Secret for it, and write the URL alone.',
        )
      : understand(url)
    : refuse(
        `${quote(url)} is no URL of a repository. Write it as Argo CD knows it, such as https://git.example.com/home/cluster.git.`,
      ),
);

const revision = text((name) =>
  /^[\w][\w./-]*$/.test(name)
    ? understand(name)
    : refuse(`${quote(name)} is no branch, tag or commit. Write one, such as main.`),
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
    text((url) =>
      /^https:\/\/\S+$/.test(url)
        ? understand(url)
        : refuse(
            `${quote(url)} is no URL of a Kubernetes API. Write it as Argo CD knows it, such as https://kubernetes.default.svc.`,
          ),
    ),
    'URL of the Kubernetes API of the cluster, as Argo CD knows it; default that of the cluster that Argo CD runs in.',
  ),
});
