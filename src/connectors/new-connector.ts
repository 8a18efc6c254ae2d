import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Why a text cannot be a connector's id, in words for the person who typed it; null if it can. */
export function objectionToId(id: string): string | null {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) return null;
  return `"${id}" cannot be a connector's name: write it in lower case with hyphens, like intel-desk`;
}

/**
 * Copies the template, renamed, to `src/connectors/<id>/` and `test/connectors/<id>.test.ts` below `root`, and gives the
 * paths of the new files. Fails, and changes nothing, if the folder is already there.
 */
export async function createConnector(root: string, id: string): Promise<readonly string[]> {
  const objection = objectionToId(id);
  if (objection !== null) throw new Error(objection);
  const template = join('src/connectors/template');
  const folder = join('src/connectors', id);
  try {
    await mkdir(join(root, folder));
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw isThere ? new Error(`${folder} is already there: choose another name`, { cause: error }) : error;
  }
  const copies = [
    ...(await readdir(join(root, template))).map((file) => [join(template, file), join(folder, file)] as const),
    ['test/connectors/template.test.ts', join('test/connectors', `${id}.test.ts`)] as const,
  ];
  for (const [from, to] of copies) {
    const text = await readFile(join(root, from), 'utf8');
    await writeFile(join(root, to), renameTemplate(text, id), { flag: 'wx' });
  }
  return copies.map(([, to]) => to);
}

/** What is left to do by hand once the files are there. */
export function tellNextSteps(id: string): string {
  const name = toCamelCase(id);
  return [
    `1. src/connectors/registry.ts:   import { ${name} } from './${id}/index.ts'; and add ${name} to the list`,
    `2. src/connectors/simulators.ts: import { ${name}Simulator } from './${id}/simulator.ts'; and add it to the list`,
    `3. npm test -- test/connectors/${id}.test.ts, and then src/connectors/README.md, step 3 and on`,
  ].join('\n');
}

/** Names in code follow the id in their own spelling; texts, keys and paths take it as it is. */
function renameTemplate(text: string, id: string): string {
  const camel = toCamelCase(id);
  return text
    .replaceAll('TEMPLATE', id.replaceAll('-', '_').toUpperCase())
    .replaceAll('Template', `${camel.charAt(0).toUpperCase()}${camel.slice(1)}`)
    .replaceAll(/(?<=['/-])template(?=['/.-])/g, id)
    .replaceAll('template', camel);
}

function toCamelCase(id: string): string {
  return id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
