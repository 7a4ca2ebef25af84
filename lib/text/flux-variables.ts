/**
 * Variables that Flux fills in when it applies dist, such as `${SECRET_DOMAIN}`.
 *
 * A host or a bucket must be one before it is built upon, so that a stand-in of the same form goes through all of synth
 * in the place of a variable. Only what is written gets the variable back.
 */
export class FluxVariables {
  /** As they are declared. */
  readonly names: readonly string[];
  readonly #standIns: ReadonlyMap<string, string>;
  readonly #pattern: RegExp;

  constructor(names: readonly string[]) {
    this.names = names;
    const standIns = names.flatMap((name, index) =>
      (['name', 'address', 'block', 'url', 'urlHost'] as const).map(
        (form) => [standIn[form](name, index), name] as const,
      ),
    );
    this.#standIns = new Map(standIns);
    // The longest first, as one address begins like another.
    const alternatives = standIns.map(([text]) => text).sort((one, other) => other.length - one.length);
    this.#pattern = new RegExp(alternatives.map((text) => text.replaceAll('.', '\\.')).join('|'), 'g');
  }

  /** The text with a stand-in for each variable, which all must be declared. */
  withStandIns(text: string, form: 'name' | 'address' | 'url'): string {
    const isWhole = wholeVariable.test(text);
    const whole = form === 'address' && isWhole ? 'block' : form === 'url' && !isWhole ? 'name' : form;
    return text.replace(variable, (found, name: string) => {
      const index = this.names.indexOf(name);
      return index === -1 ? found : standIn[whole](name, index);
    });
  }

  /** Whether there is a stand-in in a text. */
  standIn(text: string): boolean {
    return this.names.length > 0 && text.search(this.#pattern) !== -1;
  }

  /** The text as a person wrote it. */
  asWritten(text: string): string {
    return this.names.length === 0
      ? text
      : text.replace(this.#pattern, (found) => `\${${this.#standIns.get(found)}}`);
  }

  /** The text as Flux must find it: every dollar that is meant is still there when variables are filled in. */
  asApplied(text: string): string {
    return this.asWritten(withEscapedDollars(text));
  }
}

/** The variables in a text, in all the forms that Flux reads. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(variable)].map(([, name = '']) => name);
}

/** Whether a text has nothing in braces after a dollar but names. */
export function hasPlainVariables(text: string): boolean {
  return !text.replace(variable, '').includes('${');
}

/** What a variable is replaced by: a name of no host, and addresses that are reserved, https://www.rfc-editor.org/rfc/rfc1112#section-4 */
const standIn = {
  name: (name: string) => `flux-${name.toLowerCase().replaceAll('_', '-')}-x.invalid`,
  address: (_name: string, index: number) => `240.${index}.0.0`,
  block: (_name: string, index: number) => `241.${index}.0.0/32`,
  url: (name: string) => `https://${standInOfUrl(name)}`,
  // Where only the host of an address is told.
  urlHost: (name: string) => standInOfUrl(name),
};

function standInOfUrl(name: string): string {
  return `flux-${name.toLowerCase().replaceAll('_', '-')}-url.invalid`;
}

/** Whether a host stands for that of an address of which nothing is known. */
export function isHostOfVariable(host: string): boolean {
  return /^flux-[a-z0-9-]+-url\.invalid$/.test(host);
}

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const wholeVariable = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/;

/**
 * Flux makes one dollar of two, and a variable of a dollar before a brace; any other stays as it is.
 * https://github.com/fluxcd/pkg/blob/main/envsubst/parse/scan.go
 */
function withEscapedDollars(text: string): string {
  return text.replace(/\$\$+|\$(?=\{)/g, (dollars) => dollars + dollars);
}
