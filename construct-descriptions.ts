import ts from 'typescript-api';
import type {
  ConstructDescription,
  MemberDescription,
  TypeDescription,
} from './lib/reference/constructs-page.ts';

/** What lib/index.ts exports for people who write cdk8s, as its own source says it. */
export interface ExportedConstructs {
  readonly constructs: readonly ConstructDescription[];
  /** The types that their properties and handles speak of. */
  readonly types: readonly TypeDescription[];
}

/**
 * Reads every exported construct with its properties and handles.
 *
 * TypeScript 7 has no API, so that version 6 does it under another name; nothing else may import it, since it is large.
 *
 * @param index The path of lib/index.ts.
 */
export function describeConstructs(index: string): ExportedConstructs {
  const program = ts.createProgram([index], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${index} exports nothing.`);
  const symbols = checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
  const constructs = symbols.flatMap((symbol) => {
    const declaration = symbol.declarations?.find(ts.isClassDeclaration);
    return declaration !== undefined && extendsConstruct(declaration)
      ? [constructOf(checker, symbol, declaration)]
      : [];
  });
  const declarations = new Map(
    symbols.flatMap((symbol) => {
      const declaration = symbol.declarations?.find(
        (one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one),
      );
      const file = declaration?.getSourceFile().fileName ?? '';
      return declaration === undefined || isOfReference(file) || symbol.name.endsWith('Props')
        ? []
        : [[symbol.name, { name: symbol.name, text: textOf(declaration) }] as const];
    }),
  );
  return { constructs, types: typesIn(constructs, declarations) };
}

/** Whether a file has types whose keys docs/reference.md explains. */
function isOfReference(file: string): boolean {
  return file.endsWith('/imports/sections.ts') || file.endsWith('/installation/installation.ts');
}

function extendsConstruct({ heritageClauses }: ts.ClassDeclaration): boolean {
  return (heritageClauses ?? []).some(({ types }) => types.some((type) => type.getText() === 'Construct'));
}

function constructOf(
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  declaration: ts.ClassDeclaration,
): ConstructDescription {
  const [, , props] = declaration.members.find(ts.isConstructorDeclaration)?.parameters ?? [];
  if (props === undefined) throw new Error(`${symbol.name} takes no properties.`);
  const handles = declaration.members.filter(
    (member) => ts.isPropertyDeclaration(member) && ts.isIdentifier(member.name),
  );
  return {
    name: symbol.name,
    description: descriptionOf(checker, symbol),
    example: tagOf(checker, symbol, 'example') ?? '',
    props: checker
      .getTypeAtLocation(props)
      .getProperties()
      .map((property) => memberOf(checker, property)),
    handles: handles.flatMap((handle) => {
      const known = checker.getSymbolAtLocation(handle.name ?? handle);
      return known === undefined ? [] : [memberOf(checker, known)];
    }),
  };
}

function memberOf(checker: ts.TypeChecker, symbol: ts.Symbol): MemberDescription {
  const declaration = symbol.declarations?.find(
    (one) => ts.isPropertySignature(one) || ts.isPropertyDeclaration(one),
  );
  if (declaration?.type === undefined) throw new Error(`The type of "${symbol.name}" is not stated.`);
  return {
    name: symbol.name,
    type: typeText(declaration.type, declaration.questionToken !== undefined),
    isRequired: declaration.questionToken === undefined,
    standard: tagOf(checker, symbol, 'default'),
    description: descriptionOf(checker, symbol),
  };
}

/** A type as people write it: what our own layers hand over, and the undefined of an optional key, are left out. */
function typeText(type: ts.TypeNode, isOptional: boolean): string {
  const alternatives = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  return alternatives
    .map((one) => one.getText().replace(/\s+/g, ' '))
    .filter((text) => !text.startsWith('Checked<') && !(isOptional && text === 'undefined'))
    .join(' | ');
}

function descriptionOf(checker: ts.TypeChecker, symbol: ts.Symbol): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker));
}

function tagOf(checker: ts.TypeChecker, symbol: ts.Symbol, name: string): string | undefined {
  const tag = symbol.getJsDocTags(checker).find((one) => one.name === name);
  return tag && ts.displayPartsToString(tag.text);
}

/** A declaration with its comments, without `export`. */
function textOf(declaration: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(declaration).map((one) => `${one.getText()}\n`);
  return `${comment.join('')}${declaration.getText().replace(/^export /, '')}`;
}

/** The types that are named by the constructs, and those that these name, in the order of the alphabet. */
function typesIn(
  constructs: readonly ConstructDescription[],
  declarations: ReadonlyMap<string, TypeDescription>,
): TypeDescription[] {
  const named = (text: string) => (text.match(/\b[A-Z]\w+/g) ?? []).filter((name) => declarations.has(name));
  const reached = new Set(
    constructs.flatMap(({ props, handles }) => [...props, ...handles].flatMap(({ type }) => named(type))),
  );
  for (const name of reached) {
    for (const one of named(declarations.get(name)?.text.replace(/\/\*\*.*?\*\//gs, '') ?? '')) {
      reached.add(one);
    }
  }
  return [...reached].sort().flatMap((name) => declarations.get(name) ?? []);
}
