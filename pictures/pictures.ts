import { auditPicture } from './audit.ts';
import { inAndOutPicture } from './in-and-out.ts';
import { reviewPicture } from './review.ts';
import { type Theme, themes } from './theme.ts';

/**
 * The pictures of README.md by their names, as the program makes them now.
 *
 * @param installation The text of the installation file that they show.
 */
export function picturesOf(installation: string): ReadonlyMap<string, string> {
  return new Map(
    themes.flatMap((theme) =>
      Object.entries(drawings).map(([name, draw]) => [
        `${name}-${theme.name}.svg`,
        draw(theme, installation),
      ]),
    ),
  );
}

const drawings: { readonly [name: string]: (theme: Theme, installation: string) => string } = {
  'in-and-out': inAndOutPicture,
  review: reviewPicture,
  audit: auditPicture,
};
