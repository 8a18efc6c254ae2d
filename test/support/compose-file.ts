import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A service of docker-compose.yml, as far as tests look at it. */
export type ComposeService = {
  readonly image: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
  readonly scale?: number;
};

export type ComposeFile = {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
};

const PATH = join(import.meta.dirname, '../../docker-compose.yml');

/** The text of docker-compose.yml, with its comments. */
export function readComposeText(): string {
  return readFileSync(PATH, 'utf8');
}

/** docker-compose.yml with its anchors resolved. */
export function readComposeFile(): ComposeFile {
  return parse(readComposeText(), { merge: true }) as ComposeFile;
}

/** The shell script that a service runs, with Compose's own `$$` undone. */
export function scriptOf(service: ComposeService | undefined): string {
  if (service?.entrypoint?.[0] !== '/bin/sh') throw new Error('this service runs no shell script');
  return (service.command ?? []).join('\n').replaceAll('$$', '$');
}
