import { checkContracts } from '#connectors/contracts.ts';

/**
 * `socbot contracts`: reads every recorded answer that belongs to a connector with that connector's schema and prints
 * the count. Throws when one fails, and when there was nothing to read.
 */
export async function checkRecordedAnswers(dir: string, print: (line: string) => void): Promise<void> {
  const { read, notOurs, failed } = await checkContracts(dir);
  for (const { file, case: name, why } of failed) print(`${file}${name === undefined ? '' : ` (${name})`}: ${why}`);
  print(`${read} read, ${notOurs} not ours, ${failed.length} failed`);
  if (failed.length > 0 || read === 0)
    throw new Error(failed.length > 0 ? 'some answers were not read as they should be' : 'nothing was read');
}
