import type { Construct } from 'constructs';
import type { Comment } from '../manifests/manifest.ts';
import type { Path } from '../text/path.ts';

const metadataType = 'immich-cdk8s/comment';

/** Tells the reviewer of an object's file something about the value at `path`. */
export function comment(object: Construct, path: Path, text: string): void {
  const written: Comment = { path, text };
  object.node.addMetadata(metadataType, written);
}

/** The comments that were given to an object. */
export function commentsOf(object: Construct): readonly Comment[] {
  return object.node.metadata.flatMap((entry) => {
    const written: unknown = entry.data;
    return entry.type === metadataType && isComment(written) ? [written] : [];
  });
}

function isComment(value: unknown): value is Comment {
  return typeof value === 'object' && value !== null && 'path' in value && 'text' in value;
}
