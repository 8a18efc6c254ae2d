/**
 * A secret on its way from the configuration to the header that needs it. Printed, logged, put in JSON or in a
 * template, it is `[redacted]`; only `reveal` gives it away, so a search for that word finds every use.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself. Call it where the secret leaves the process, nowhere else. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  /** What Node prints when it inspects the object. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]';
  }
}
