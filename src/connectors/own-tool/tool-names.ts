/** A header's secret: the scheme, if the header has one, and the name of the environment variable that holds it. */
export type HeaderSecret = { readonly scheme: string | null; readonly variable: string };

type Flaw = { readonly path: readonly string[]; readonly text: string };

/** Names whose settings are somebody else's, so that no tool is sent the secrets of another. */
const TAKEN = ['socbot', 'telegram', 'temporal', 'database', 'block-feed'];
const NOT_OURS_TO_SET = [
  'host',
  'connection',
  'content-length',
  'content-type',
  'transfer-encoding',
  'accept',
  'accept-encoding',
  'user-agent',
];

/** What every setting of a tool starts with: `EDGE_PROXY_` for `edge-proxy`. */
export function prefixOf(name: string): string {
  return `${name.replaceAll('-', '_').toUpperCase()}_`;
}

/** What is wrong with a tool's name and with the names of its secrets, which begin with it. */
export function flawsInName(name: string, headers: Readonly<Record<string, HeaderSecret>>): readonly Flaw[] {
  const isFit = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) && name.length <= 40 && !(name in {});
  if (!isFit) return [{ path: [], text: 'is not a name for a tool; write small letters, digits and hyphens' }];
  if (TAKEN.some((taken) => name === taken || name.startsWith(`${taken}-`)))
    return [{ path: [], text: 'is a name that SocBot has for itself; write another' }];
  return Object.entries(headers).flatMap(([header, { variable }]): Flaw[] => {
    const path = ['headers', header];
    const bare = prefixOf(name);
    if (!/^[a-z][a-z0-9-]*$/i.test(header) || NOT_OURS_TO_SET.includes(header.toLowerCase()))
      return [{ path, text: 'is not a header that can be set; write authorization, x-api-key or the like' }];
    const isOwn = variable.startsWith(bare) && variable.length > bare.length && !variable.endsWith('_FILE');
    if (isOwn && variable !== `${bare}URL`) return [];
    return [
      { path, text: `is not a secret of this tool; write a name that begins with ${bare}, such as ${bare}TOKEN` },
    ];
  });
}
