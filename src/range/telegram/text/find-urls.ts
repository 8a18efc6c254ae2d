import { parse as parseDomain } from 'tldts';
import type { Entity } from './entities.ts';

/** A run of characters that may be a domain name; beyond Latin-1 nearly everything may. */
const DOMAIN_RUN = /(?:[\w.~-]|(?![\p{Z}\u2000-\u200b\u200e-\u2010\u2016-\u206f])[\u00c0-\u{10ffff}])+/gu;
const USER_DATA = /[^\s/[\]{}()'`<>"@«»]+@$/u;
const SCHEME = /([\p{L}\p{N}+-]+):\/\/$/u;
const LINKED_SCHEME = /(?:https?|ftp|tonsite)$/;
const UNLINKED_SCHEMES = new Set(['shttp', 'tftp', 'sftp']);
const PATH = /^[/?#][^\s<>"«»]*/u;
const EMAIL =
  /^(?:[a-z0-9_-]{0,26}[.+:]){0,10}[a-z0-9_-]{1,35}@(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9]\.){1,6}[a-z]{2,8}$/i;

/** Links and e-mail addresses, with or without a scheme, after `match_urls` and `fix_url` in tdlib/td. */
export function findUrls(text: string): Entity[] {
  const found: Entity[] = [];
  let searchedTo = 0;
  for (const run of text.matchAll(DOMAIN_RUN)) {
    if (run.index < searchedTo || !run[0].includes('.')) continue;
    const url = urlAt(text, run.index, run[0]);
    if (url === null) continue;
    found.push(url);
    searchedTo = url.offset + url.length;
  }
  return found;
}

function urlAt(text: string, start: number, run: string): Entity | null {
  const domain = run.replace(/\.+$/, '');
  const userData = USER_DATA.exec(text.slice(Math.max(0, start - 256), start))?.[0] ?? '';
  if (userData === '' && text.charAt(start - 1) === '@') return null;
  const beforeName = text.slice(Math.max(0, start - userData.length - 16), start - userData.length);
  const protocol = protocolOf(beforeName);
  if (protocol === '' && /(?::\/\/|[\p{L}\p{N}_/#@])$/u.test(beforeName)) return null;
  if (!isLinkable(domain, protocol !== '')) return null;
  const tail = domain === run ? tailOf(text.slice(start + domain.length)) : '';
  const offset = start - userData.length - protocol.length;
  const length = protocol.length + userData.length + domain.length + tail.length;
  const isEmail = userData !== '' && protocol === '' && EMAIL.test(userData + domain) && tail === '';
  return { type: isEmail ? 'email' : 'url', offset, length };
}

/** The scheme that ends the text, with its slashes; empty when there is none that Telegram links. */
function protocolOf(text: string): string {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase() ?? '';
  const linked = UNLINKED_SCHEMES.has(scheme) ? undefined : LINKED_SCHEME.exec(scheme)?.[0];
  return linked === undefined ? '' : text.slice(-linked.length - '://'.length);
}

/** A port and a path, without the punctuation that ends a sentence or a bracket opened before the link. */
function tailOf(rest: string): string {
  const port = /^:0*(\d{1,5})/.exec(rest);
  const shownPort = port && Number(port[1]) > 0 && Number(port[1]) <= 65_535 ? port[0] : '';
  const path = PATH.exec(rest.slice(shownPort.length))?.[0] ?? '';
  const trimmed = balanced(path).replace(/[.:;,('?!`]+$/, '');
  return shownPort + (path.startsWith('/') || trimmed.length > 1 ? trimmed : '');
}

function balanced(path: string): string {
  const open = { '(': 0, '[': 0, '{': 0 };
  const pairs: Readonly<Record<string, keyof typeof open>> = { ')': '(', ']': '[', '}': '{' };
  for (let index = 0; index < path.length; index += 1) {
    const unit = path.charAt(index);
    if (unit === '(' || unit === '[' || unit === '{') open[unit] += 1;
    const opening = pairs[unit];
    if (opening === undefined) continue;
    open[opening] -= 1;
    if (open[opening] < 0) return path.slice(0, index);
  }
  return path;
}

function isLinkable(domain: string, hasProtocol: boolean): boolean {
  const labels = domain.split('.');
  if (labels.length < 2 || labels.some((label) => label === '' || label.length > 63 || label.endsWith('-')))
    return false;
  if (labels.every((label) => /^\d+$/.test(label))) {
    return labels.length === 4 && labels.every((label) => String(Number(label)) === label && Number(label) <= 255);
  }
  const top = labels.at(-1) ?? '';
  if (top.length < 2 || (/[_-]/.test(top) && !top.startsWith('xn--'))) return false;
  if (labels.at(-2)?.includes('_')) return false;
  return hasProtocol || isTopLevel(top);
}

/** `.example` stands for any real name here, since nothing in the range may carry one. */
function isTopLevel(top: string): boolean {
  return top.toLowerCase() === 'example' || parseDomain(`name.${top}`).isIcann === true;
}
