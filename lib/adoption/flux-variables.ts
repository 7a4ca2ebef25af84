import { variablesIn } from '../text/flux-variables.ts';
import { type Piece, take } from './piece.ts';

/** What Flux takes the values of variables from, as `flux.substitute.from` has it. */
export interface VariableSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Where it is written. */
  readonly from: string;
}

/**
 * The pieces with those variables of Flux declared that stand in them.
 *
 * @param sources Where Flux takes their values from today. Without one nothing fills them in, and what stands in their
 *   place otherwise is taken.
 */
export function declareVariables(pieces: readonly Piece[], sources: readonly VariableSource[]): Piece[] {
  const undeclared = pieces.filter(({ path }) => path[0] !== 'flux' || path[1] !== 'substitute');
  const names = [...new Set(undeclared.flatMap(variablesOf))].sort();
  if (names.length === 0) return undeclared;
  return sources.length === 0
    ? undeclared.map((piece) => (piece.kind === 'taken' && piece.otherwise ? piece.otherwise : piece))
    : [
        ...undeclared,
        take(
          ['flux', 'substitute', 'from'],
          sources.map(({ kind, name }) => ({ kind, name })),
          sources[0]?.from,
        ),
        take(['flux', 'substitute', 'variables'], names),
      ];
}

/** The variables that a piece keeps, rather than happens to mention. */
function variablesOf(piece: Piece): string[] {
  return piece.kind === 'taken' && piece.otherwise !== undefined && typeof piece.value === 'string'
    ? variablesIn(piece.value)
    : [];
}
