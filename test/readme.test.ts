import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileSettings } from '#config/file-settings.ts';
import { knownSettings } from '#config/load.ts';
import { knownKeysAt } from '#config/wording.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { simulators } from '#connectors/simulators.ts';
import { COMMANDS } from '#domain/commands.ts';
import { CONTAINMENT_ACTIONS } from '#domain/containment.ts';
import { parseDuration, renderDuration } from '#domain/duration.ts';
import { type Markings, objectionToExposure, PAPS, TLPS } from '#domain/marking.ts';
import type { ObservableKind } from '#domain/observable.ts';
import { DEFAULT_LIMITS, DEFAULT_RULES, TIERS } from '#domain/policy.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** The rows of the table that begins with this heading, cell by cell, without the marks of code. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, rest] = README.split(`\n${heading}\n`);
  if (rest === undefined) throw new Error(`the README has no table with ${heading}`);
  const [table = ''] = rest.split('\n\n');
  const rows = table.split('\n').slice(1);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

function allMatches(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([whole, part]) => part ?? whole))];
}

const KIND_WORDS: Readonly<Record<ObservableKind, string>> = {
  ipv4: 'IPv4',
  ipv6: 'IPv6',
  cidr: 'networks',
  domain: 'domains',
  url: 'URLs',
  email: 'e-mail addresses',
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  host: 'hosts',
};

describe("the README's tables", () => {
  it('list the commands as SocBot has them', () => {
    const rows = tableUnder('| Command | From role | What it does | Example |');

    expect(rows).toEqual(COMMANDS.map(({ name, role, does, example = '' }) => [`/${name}`, role, does, example]));
  });

  it('list every source, what switches it on, and what it is asked about', () => {
    const rows = tableUnder('| Source | Switched on by | Asked about | Terms |').map((row) => row.slice(0, 3));

    const sources = sourceConnectors.map(({ title, switchOn, kinds }) => [
      title,
      switchOn,
      kinds.map((kind) => KIND_WORDS[kind]).join(', '),
    ]);
    expect(rows).toEqual(sources);
  });

  it('tell the markings up to which somebody learns something', () => {
    const rows = tableUnder('| What | Up to TLP | Up to PAP |');

    const limits = rows.map(([what = '', tlp, pap]) => [/\((\w+)\)$/.exec(what)?.[1], tlp, pap]);
    const used = ['own', 'containment', ...sourceConnectors.map(({ exposure }) => exposure)] as const;
    expect(limits).toHaveLength(new Set(used).size);
    for (const exposure of used) expect(limits).toContainEqual([exposure, ...limitOf(exposure)]);
  });

  it('list the settings of socbot.yaml with their defaults', () => {
    const rows = tableUnder('| Setting | Unless set | What it does |').map(([name, value = '']) => [
      name,
      parseDuration(value) ?? value,
    ]);

    expect(rows).toEqual(DEFAULTS);
  });

  it('list what every action takes, by how much is at stake', () => {
    const heading =
      '| Action | At stake | Approvals | Code | Reason | Waits | Begins within | Lasts at most | Emergency |';

    const yesNo = (is: boolean) => (is ? 'yes' : 'no');
    const rules = CONTAINMENT_ACTIONS.flatMap((action) => {
      const alike = Map.groupBy(TIERS, (tier) => {
        const { approvals, code, reason, lifeMs, windowMs, longestMs, emergency } = DEFAULT_RULES[action][tier];
        const times = [lifeMs, windowMs, longestMs].map(renderDuration);
        return [`${approvals}`, yesNo(code), yesNo(reason), ...times, yesNo(emergency)].join(' | ');
      });
      return [...alike].map(([rule, tiers]) => [action, tiers.join(', '), ...rule.split(' | ')]);
    });
    expect(tableUnder(heading)).toEqual(rules);
  });

  it('list the search attributes with their types', () => {
    const rows = tableUnder('| Search attribute | Type | Holds |').map((row) => row.slice(0, 2));

    expect(rows).toEqual(Object.entries(SEARCH_ATTRIBUTES));
  });
});

function limitOf(
  exposure: Parameters<typeof objectionToExposure>[1],
): readonly [string | undefined, string | undefined] {
  const isAllowed = (markings: Partial<Markings>) =>
    objectionToExposure({ tlp: 'CLEAR', pap: 'CLEAR', ...markings }, exposure) === null;
  return [TLPS.findLast((tlp) => isAllowed({ tlp })), PAPS.findLast((pap) => isAllowed({ pap }))];
}

const { policy, lookUps, markings } = FileSettings.parse({});

/** Every setting with what it is unless set; durations in milliseconds. */
const DEFAULTS: readonly (readonly [string, unknown])[] = [
  ['people', 'nobody'],
  ...['groups', 'auditChat', 'ownNetworks', 'ownDomains', 'hosts', 'tools'].map((name) => [name, 'none'] as const),
  ...knownKeysAt(FileSettings, ['policy']).flatMap((name) => (name === 'limits' ? [] : [ofPolicy(name)])),
  ...knownKeysAt(FileSettings, ['policy', 'limits']).map(
    (name) => [`policy.limits.${name}`, name === 'fleet' ? 'not known' : limitOfName(name)] as const,
  ),
  ...Object.entries(lookUps).map(([name, value]) => [`lookUps.${name}`, value] as const),
  ...Object.entries(markings).map(([name, value]) => [`markings.${name}`, value] as const),
];

/** What is left out is as each rule has it. */
function ofPolicy(name: string): readonly [string, unknown] {
  const value = name === 'rules' ? 'as below' : new Map(Object.entries(policy)).get(name);
  return [`policy.${name}`, value ?? 'by rule'];
}

function limitOfName(name: string): string {
  return String(new Map(Object.entries(DEFAULT_LIMITS)).get(name));
}

describe('what the README names', () => {
  it('is a setting that there is', () => {
    const { keys, secrets } = knownSettings(sourceConnectors, responderConnectors);
    const names = allMatches(README, /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g);

    const known = [...keys, ...secrets.map((secret) => `${secret}_FILE`)];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(15);
  });

  it('is a script of npm that there is', () => {
    const names = [...allMatches(README, /npm run ([\w-]+)/g), ...allMatches(README, /npm (start|test)\b/g)];

    expect(names.filter((name) => PACKAGE.scripts[name] === undefined)).toEqual([]);
    expect(names.toSorted()).toEqual(Object.keys(PACKAGE.scripts).toSorted());
  });

  it('is a subcommand that the command line has', () => {
    const help = execFileSync(process.execPath, [join(ROOT, 'bin/socbot.js'), '--help'], { encoding: 'utf8' });
    const simulated = allMatches(README, /socbot -- simulator ([\w-]+)/g);

    for (const name of allMatches(README, /socbot -- ([\w-]+)/g))
      expect(help).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    expect(['telegram', ...simulators.map(({ name }) => name)]).toEqual(expect.arrayContaining([...simulated]));
  });

  it('is a command that SocBot knows', () => {
    const names = allMatches(README, /`\/([a-z]+)\b(?![./])/g);

    const known = ['start', 'newbot', ...COMMANDS.map(({ name }) => name)];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('is a search attribute in each filter', () => {
    const filters = README.split('```').filter((block) => block.includes('ExecutionStatus'));
    const names = allMatches(filters.join('\n'), /([A-Z]\w+)\s*(?:!?=|[<>]| IN )/g);

    const known = [...Object.keys(SEARCH_ATTRIBUTES), 'ExecutionStatus', 'WorkflowType', 'StartTime'];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('is a file or folder that there is', () => {
    const paths = allMatches(README, /`((?:src|test|docs|bin)\/[\w./-]+)`/g);
    const run = allMatches(README, /node ([\w./-]+\.ts)/g);

    expect([...paths, ...run].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('every link', () => {
  const pages = globSync(['*.md', '{src,test}/**/*.md'], { cwd: ROOT });

  it.each(pages)('of %s leads somewhere', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const targets = [...allMatches(text, /\]\(([^)\s]+)\)/g), ...allMatches(text, /src="([^"]+)"/g)];

    const local = targets.filter((target) => !/^(?:https?:|#)/.test(target));
    const lost = local.filter((target) => !existsSync(join(ROOT, dirname(page), target.split('#')[0] ?? '')));
    expect(lost).toEqual([]);
  });
});
