import { headOf } from './kustomize/head.ts';
import type { YamlDocument } from './manifest-document.ts';

/** What can be told of a document without reading it whole. */
export interface Outline {
  readonly document: YamlDocument;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** Whether the whole of it was told: false where the text is written in a way that only a parser understands. */
  readonly certain: boolean;
}

/**
 * What a document says it is, from the lines that begin with `apiVersion`, `kind` and `metadata`; undefined when
 * it is no Kubernetes object. Ten times as fast as a parser, and most objects of a large repository need no more.
 */
export function outline(document: YamlDocument): Outline | undefined {
  const { file, text } = document;
  const kind = first(kindLine, text) ?? headOf(file)?.kind;
  const apiVersion = first(apiVersionLine, text) ?? headOf(file, kind)?.apiVersion;
  if (apiVersion === undefined || kind === undefined) {
    // JSON, and YAML written like it.
    return /^\s*\{/.test(text) && text.includes('apiVersion') && text.includes('kind')
      ? { document, apiVersion: '', kind: '', name: undefined, namespace: undefined, certain: false }
      : undefined;
  }
  const metadata = metadataLine.exec(text)?.[1] ?? '';
  const indent = /^( +)\S/m.exec(metadata)?.[1] ?? '';
  const name = field(metadata, indent, 'name');
  const namespace = field(metadata, indent, 'namespace');
  return { document, apiVersion, kind, name, namespace, certain: name !== undefined && !/List$/.test(kind) };
}

const apiVersionLine = /^["']?apiVersion["']?:[ \t]*["']?([^\s"'#]+)/m;
const kindLine = /^["']?kind["']?:[ \t]*["']?([^\s"'#]+)/m;
const metadataLine = /^metadata:[ \t]*(?:#[^\n]*)?\r?\n((?:[ \t]+[^\n]*\n?|\s*#[^\n]*\n|[ \t]*\r?\n)*)/m;

function first(pattern: RegExp, text: string): string | undefined {
  return pattern.exec(text)?.[1];
}

function field(metadata: string, indent: string, key: string): string | undefined {
  if (indent === '') {
    return undefined;
  }
  const found = new RegExp(
    `^${indent}${key}:[ \\t]+(?:&\\S+[ \\t]+)?["']?([^\\s"'#*{]+)["']?[ \\t]*(?:#[^\\n]*)?\\r?$`,
    'm',
  ).exec(metadata);
  return found?.[1];
}
