type Row = Readonly<Record<string, unknown>>;
type Test = (row: Row) => boolean;

const TOKEN = /\s*(\(|\)|'(?:[^']|'')*'|\w+)/gy;

/** Reads as much of an OData filter as the simulated vendor is asked: equality of texts, `and`, `or`, brackets. Null if it is none. */
export function parseFilter(text: string): Test | null {
  const tokens = [...text.matchAll(TOKEN)].map(([, token = '']) => token);
  if (text.trim() === '') return () => true;
  if (text.replaceAll(TOKEN, '').trim() !== '') return null;
  try {
    const test = readOr(tokens);
    return tokens.length === 0 ? test : null;
  } catch {
    return null;
  }
}

function readOr(tokens: string[]): Test {
  const tests = [readAnd(tokens)];
  while (takes(tokens, 'or')) tests.push(readAnd(tokens));
  return (row) => tests.some((test) => test(row));
}

function readAnd(tokens: string[]): Test {
  const tests = [readOne(tokens)];
  while (takes(tokens, 'and')) tests.push(readOne(tokens));
  return (row) => tests.every((test) => test(row));
}

function readOne(tokens: string[]): Test {
  if (takes(tokens, '(')) {
    const inner = readOr(tokens);
    if (!takes(tokens, ')')) throw new Error('a bracket is not closed');
    return inner;
  }
  const [name = '', operator, literal = ''] = tokens.splice(0, 3);
  if (operator !== 'eq' || !literal.startsWith("'")) throw new Error('not an equality');
  const value = literal.slice(1, -1).replaceAll("''", "'");
  return (row) => row[name] === value;
}

/** Takes the next token away if it is this one. */
function takes(tokens: string[], expected: string): boolean {
  return tokens[0] === expected && tokens.shift() !== undefined;
}
