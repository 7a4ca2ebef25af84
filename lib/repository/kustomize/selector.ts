import { apiGroupOf } from '../../manifests/api-group.ts';
import type { Field } from '../../manifests/field.ts';
import type { KubernetesObject } from '../../manifests/manifest.ts';
import type { Identity } from './resource.ts';

/** Whether a selector means an object by its group, version and kind, labels and annotations. */
export function selectsObject(selector: Field, object: KubernetesObject): boolean {
  const { apiVersion, metadata } = object;
  const labels = selector.at('labelSelector').text ?? '';
  const annotations = selector.at('annotationSelector').text ?? '';
  return (
    fits(selector.at('group').text, apiGroupOf(apiVersion)) &&
    fits(selector.at('version').text, apiVersion.slice(apiVersion.indexOf('/') + 1)) &&
    (labels === '' || carries(metadata?.labels ?? {}, labels)) &&
    (annotations === '' || carries(metadata?.annotations ?? {}, annotations))
  );
}

/** Whether a text is what a selector asks for: a regular expression that fits the whole, or nothing in particular. */
export function fits(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || pattern === '' || pattern === text || isMatch(`^(?:${pattern})$`, text);
}

/** Whether a regular expression fits a text; never for one that may run for ever. */
export function isMatch(pattern: string, text: string): boolean {
  return (
    /^(?:[\w./:@|*+?^$[\](){}-]|\\[^\w\s]){1,210}$/.test(pattern) &&
    // Braces around a name, as of a variable of Flux, are no repetition.
    !/\{\d/.test(pattern) &&
    !/[*+?)][*+?]/.test(pattern) &&
    (pattern.replace(/^\^\(\?:/, '').match(/[*+?]/g) ?? []).length <= 4 &&
    isRegularExpression(pattern) &&
    new RegExp(pattern).test(text.slice(0, 300))
  );
}

/** Whether a selector asks for a name, kind and namespace that a resource has, or had. */
export function selectsIdentity(selector: Field, { kind, name, namespace }: Identity): boolean {
  return (
    fits(selector.at('kind').text, kind) &&
    fits(selector.at('name').text, name) &&
    fits(selector.at('namespace').text, namespace ?? '_non_namespaceable_')
  );
}

function isRegularExpression(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
function carries(labels: Readonly<Record<string, string>>, selector: string): boolean {
  return selector.split(/,(?![^(]*\))/).every((part) => {
    const [, key = '', negated, list = ''] = /^\s*([^\s!=]+)\s+(not)?in\s*\(([^)]*)\)\s*$/.exec(part) ?? [];
    if (key !== '') {
      const values = list.split(',').map((value) => value.trim());
      return values.includes(labels[key] ?? '') === (negated === undefined);
    }
    const [, missing = '', label = '', sign, wanted] =
      /^\s*(!?)\s*([^\s!=]+)\s*(?:(!=|==?)\s*(\S*)\s*)?$/.exec(part) ?? [];
    if (sign !== undefined) return (labels[label] === wanted) === (sign !== '!=');
    return Object.hasOwn(labels, label) === (missing === '');
  });
}
