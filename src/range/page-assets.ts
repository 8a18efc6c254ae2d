import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { contentPolicyOf } from './page-guard.ts';

/** One file as the browser gets it. */
export type Asset = { readonly body: string | Buffer; readonly headers: Readonly<Record<string, string>> };

const LIBRARIES: Readonly<Record<string, string>> = {
  preact: import.meta.resolve('preact'),
  'preact/hooks': import.meta.resolve('preact/hooks'),
  htm: import.meta.resolve('htm'),
  'htm/preact': import.meta.resolve('htm/preact'),
};

const FONT_FOLDERS: Readonly<Record<string, string>> = {
  inter: new URL('.', import.meta.resolve('@fontsource-variable/inter/wght.css')).href,
  emoji: new URL('.', import.meta.resolve('twemoji-colr-font/twemoji.css')).href,
};

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  ts: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

const IMPORT_MAP = JSON.stringify({
  imports: Object.fromEntries(Object.keys(LIBRARIES).map((name) => [name, `/lib/${name}.js`])),
});

/** The file behind a path of the page, or null when there is none. Only names listed here or of the page's own shape. */
export async function readAsset(path: string): Promise<Asset | null> {
  if (path === '/') return readPage();
  const [, folder = '', rest = ''] = /^\/(page|lib|fonts)\/(.+)$/.exec(path) ?? [];
  if (folder === 'lib') return readLibrary(rest);
  if (folder === 'fonts') return readFont(rest);
  return folder === 'page' ? readOwn(rest) : null;
}

async function readPage(): Promise<Asset> {
  const html = await readFile(new URL('page/index.html', import.meta.url), 'utf8');
  const hash = createHash('sha256').update(IMPORT_MAP).digest('base64');
  return {
    body: html.replace('<!-- import map -->', `<script type="importmap">${IMPORT_MAP}</script>`),
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentPolicyOf(hash) },
  };
}

async function readOwn(name: string): Promise<Asset | null> {
  const [, kind = ''] = /^(?:[a-z-]+\/)?[a-z-]+\.(ts|css|svg)$/.exec(name) ?? [];
  const text = kind && (await readIfThere(new URL(`page/${name}`, import.meta.url)));
  if (!text) return null;
  return assetOf(kind, kind === 'ts' ? stripTypes(text.toString('utf8')) : text);
}

async function readLibrary(file: string): Promise<Asset | null> {
  const name = file.replace(/\.js$/, '');
  const address = Object.hasOwn(LIBRARIES, name) ? LIBRARIES[name] : undefined;
  return address === undefined ? null : assetOf('ts', await readFile(new URL(address)));
}

async function readFont(file: string): Promise<Asset | null> {
  const [, family = '', rest = '', kind = ''] =
    /^(inter|emoji)\/((?:files\/)?[a-z0-9-]+\.(css|woff2))$/.exec(file) ?? [];
  const body = family && (await readIfThere(new URL(rest, FONT_FOLDERS[family])));
  return body ? assetOf(kind, body) : null;
}

function assetOf(kind: string, body: string | Buffer): Asset {
  return { body, headers: { 'content-type': TYPES[kind] ?? 'application/octet-stream' } };
}

async function readIfThere(address: URL): Promise<Buffer | null> {
  try {
    return await readFile(address);
  } catch {
    return null;
  }
}

/** Node warns once a process that this function is experimental; nobody at the terminal can act on that. */
const stripTypes = quietFirst(stripTypeScriptTypes);

function quietFirst(strip: (source: string) => string): (source: string) => string {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => {};
  try {
    strip('');
  } finally {
    process.emitWarning = emitWarning;
  }
  return strip;
}
