import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ObservableKind } from '#domain/observable.ts';
import { LEFT_OUT, NEVER, TELL, TWO_PEOPLE } from '#src/warning-lists/choices.ts';
import { makeWarningLists } from '#src/warning-lists/make.ts';
import { openWarningLists } from '#src/warning-lists/open.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

const CHOSEN = Object.keys({ ...NEVER, ...TWO_PEOPLE, ...TELL });

let folder: string;
let file: string;

beforeEach(() => {
  folder = createScratchDirectory();
  file = join(createScratchDirectory(), 'lists.bin');
  for (const name of CHOSEN) writeList(name, 'cidr', []);
});

function writeList(name: string, type: string, list: readonly string[], version = 3): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'list.json'), JSON.stringify({ name: 'x', type, version, list, description: 'x' }));
}

/** Makes the copy, opens it and says which lists an observable is on. */
function ask(kind: ObservableKind, ...values: string[]): string[][] {
  writeList('fastly', 'cidr', [], 20_260_131);
  makeWarningLists(folder, file);
  const lists = openWarningLists(file);
  return values.map((value) => lists.find({ kind, value }).map(({ list }) => list));
}

describe('the copy of the warning lists', () => {
  it('has the day of the newest list for its date, and our words and tier for each list', () => {
    writeList('akamai', 'cidr', ['192.0.2.0/24']);
    writeList('zscaler', 'cidr', [], 20_251_223);
    writeList('cloudflare', 'cidr', [], 25_121_022);
    expect(ask('ipv4', '192.0.2.7')).toEqual([['akamai']]);

    const lists = openWarningLists(file);

    expect(lists.date).toBe('2026-01-31');
    expect(lists.find({ kind: 'ipv4', value: '192.0.2.7' })).toEqual([
      { list: 'akamai', title: 'Akamai', tier: 'two_people' },
    ]);
  });

  it('finds an address in networks that hold each other, up to their last address and not beyond', () => {
    writeList('akamai', 'cidr', ['198.51.100.0/24', '198.51.100.0/24', '198.51.100.64/26']);
    writeList('sinkholes', 'cidr', ['198.51.100.64/27', '198.51.100.200', '255.255.255.255/32']);

    expect(
      ask(
        'ipv4',
        '198.51.99.255',
        '198.51.100.0',
        '198.51.100.95',
        '198.51.100.96',
        '198.51.100.200',
        '198.51.100.255',
        '198.51.101.0',
        '255.255.255.255',
        '0.0.0.0',
      ),
    ).toEqual([
      [],
      ['akamai'],
      ['akamai', 'sinkholes'],
      ['akamai'],
      ['akamai', 'sinkholes'],
      ['akamai'],
      [],
      ['sinkholes'],
      [],
    ]);
  });

  it('finds IPv6 addresses, and files a mapped one as IPv4', () => {
    writeList('akamai', 'cidr', ['2001:DB8:1::/48']);
    writeList('umbrella-blockpage-v6', 'cidr', ['::ffff:c000:0201']);

    expect(ask('ipv6', '2001:db8:1:ffff::1', '2001:db8:2::')).toEqual([['akamai'], []]);
    expect(ask('ipv4', '192.0.2.1')).toEqual([['umbrella-blockpage-v6']]);
  });

  it('says of a network what it lies in and what lies in it', () => {
    writeList('akamai', 'cidr', ['198.51.0.0/16']);
    writeList('sinkholes', 'cidr', ['198.51.100.255', '198.51.101.0']);

    expect(ask('cidr', '198.51.100.0/24', '198.51.100.0/25', '0.0.0.0/1', '128.0.0.0/1')).toEqual([
      ['akamai', 'sinkholes'],
      ['akamai'],
      [],
      ['akamai', 'sinkholes'],
    ]);
  });

  it('matches names as the type of the list says', () => {
    writeList('url-shortener', 'hostname', ['short.example', '.Link.example', 'co.uk']);
    writeList('captive-portals', 'string', ['www.portal.example', '.whole.example', 'bücher.example']);

    expect(ask('domain', 'short.example', 'a.b.short.example', 'notshort.example', 'a.link.example')).toEqual([
      ['url-shortener'],
      ['url-shortener'],
      [],
      ['url-shortener'],
    ]);
    expect(ask('domain', 'www.portal.example', 'x.www.portal.example', 'x.whole.example')).toEqual([
      ['captive-portals'],
      [],
      ['captive-portals'],
    ]);
    expect(ask('domain', 'xn--bcher-kva.example', 'shop.co.uk')).toEqual([['captive-portals'], []]);
  });

  it('counts a listed name for its parents, unless it is only told', () => {
    writeList('captive-portals', 'string', ['log-in.cloud.example']);
    writeList('whats-my-ip', 'hostname', ['ip.tool.example']);

    expect(ask('domain', 'cloud.example', 'other.cloud.example', 'tool.example')).toEqual([
      ['captive-portals'],
      [],
      [],
    ]);
  });

  it('takes the parents of dynamic DNS for themselves', () => {
    writeList('dynamic-dns', 'hostname', ['.dyn.example']);

    expect(ask('domain', 'dyn.example', 'evil.dyn.example')).toEqual([['dynamic-dns'], []]);
  });

  it('looks a URL up by its host, be it a name or an address', () => {
    writeList('url-shortener', 'hostname', ['short.example']);
    writeList('akamai', 'cidr', ['192.0.2.0/24', '2001:db8::/32']);

    expect(ask('url', 'https://short.example/x', 'http://192.0.2.1:8080/', 'http://[2001:db8::1]/')).toEqual([
      ['url-shortener'],
      ['akamai'],
      ['akamai'],
    ]);
  });

  it('finds hashes of the three kinds, and says nothing of machines and mail addresses', () => {
    writeList('nioc-filehash', 'string', ['A'.repeat(32), 'b'.repeat(40), 'c'.repeat(64), 'd'.repeat(128), '3::']);

    expect(ask('md5', 'a'.repeat(32), `b${'a'.repeat(31)}`)).toEqual([['nioc-filehash'], []]);
    expect(ask('sha1', 'b'.repeat(40))).toEqual([['nioc-filehash']]);
    expect(ask('sha256', 'c'.repeat(64), 'd'.repeat(64), '')).toEqual([['nioc-filehash'], [], []]);
    expect([...ask('host', 'a'.repeat(32)), ...ask('email', 'a@b.example')]).toEqual([[], []]);
  });

  it('is not made while a list is undecided on or a chosen one is missing', () => {
    writeList('brand-new', 'cidr', []);
    expect(() => makeWarningLists(folder, file)).toThrow('Decide on these lists in choices.ts: brand-new.');

    folder = createScratchDirectory();
    for (const name of CHOSEN.filter((one) => one !== 'akamai')) writeList(name, 'cidr', []);
    expect(() => makeWarningLists(folder, file)).toThrow('missing: akamai');
  });

  it('says how many entries of which list were of no use', () => {
    writeList('akamai', 'cidr', ['192.0.2.0/24', 'evil.example', '192.0.2.0/33', ''], 20_260_131);

    expect(makeWarningLists(folder, file)).toContain('akamai: 3 entries left out\n');
  });

  it('does not open when it is cut short, spoilt or not there', () => {
    ask('ipv4', '192.0.2.1');
    const whole = readFileSync(file);
    const find = () => openWarningLists(file).find({ kind: 'ipv4', value: '192.0.2.1' });

    for (const bytes of [whole.subarray(0, -5), Buffer.alloc(0), Buffer.from('{}')]) {
      writeFileSync(file, bytes);
      expect(find).toThrow();
    }
    file = join(folder, 'nowhere.bin');
    expect(find).toThrow('ENOENT');
  });

  it('puts every list into one table only', () => {
    const all = [NEVER, TWO_PEOPLE, TELL, LEFT_OUT].flatMap((table) => Object.keys(table));

    expect(new Set(all).size).toBe(all.length);
  });
});
