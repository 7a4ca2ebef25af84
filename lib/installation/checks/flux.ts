import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { isNamedLikeLayer } from '../delivery.ts';
import type { Installation } from '../installation.ts';

/** Layers wait for the Kustomizations of others, and never for each other by this key. */
export function checkFlux(installation: Installation, at: Place): void {
  const { flux, secrets } = installation;
  if (secrets.kind === 'sops' && `${secrets.folder}/`.startsWith(`${flux.path}/`)) {
    at.in('secrets', 'sops', 'folder').error(
      `${quote(secrets.folder)} is inside of ${flux.path}, where synth removes what it has not written. Write a folder beside it, such as ./secrets.`,
    );
  }
  const section = at.in('flux');
  for (const [index, other] of flux.dependsOn.entries()) {
    if (!isNamedLikeLayer(installation, other.name)) continue;
    if (other.namespace !== undefined && other.namespace !== flux.namespace) continue;
    section
      .in('dependsOn', index)
      .error(
        `${quote(other.name)} is a layer of this installation, which would wait for itself. Write the Kustomization of somebody else, or remove it.`,
      );
  }
  if (flux.components.length > 0) {
    section
      .in('components')
      .warning(
        'What a component changes is not in dist: neither rules nor the report of changes see it, and it can undo what protects the data. Look at it with flux build kustomization.',
      );
  }
}
