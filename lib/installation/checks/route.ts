import type { Place } from '../../schema/place.ts';
import type { Installation } from '../installation.ts';

/** A certificate that phones accept. */
export function checkRoute({ route, host }: Pick<Installation, 'route' | 'host'>, at: Place): void {
  if (route.certificate === undefined) {
    at.in('route').warning(
      `No certificate is named for "${host}", so that Traefik answers with its default one, which phones refuse unless it is valid. Write route: { certificate: { clusterIssuer: letsencrypt-prod } }.`,
    );
  }
}
