const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const FIRST_CODE_POINT = 128;
const LAST_CODE_POINT = 0x10ffff;

/**
 * Decodes one label without its `xn--` (RFC 3492, section 6.2), to learn which letters a name is made of. Null when it
 * is malformed. The caller checks that the result encodes back: this says nothing about IDNA.
 */
export function decodePunycode(label: string): string | null {
  const basicEnd = label.lastIndexOf('-');
  const output = Array.from(label.slice(0, Math.max(0, basicEnd)), (letter) => letter.codePointAt(0) ?? 0);
  let codePoint = FIRST_CODE_POINT;
  let index = 0;
  let bias = INITIAL_BIAS;
  let position = basicEnd + 1;
  while (position < label.length) {
    const integer = readInteger(label, position, bias);
    if (!integer) return null;
    index += integer.value;
    position = integer.end;
    const length = output.length + 1;
    bias = adaptBias(integer.value, length, output.length === Math.max(0, basicEnd));
    codePoint += Math.floor(index / length);
    index %= length;
    if (codePoint > LAST_CODE_POINT) return null;
    output.splice(index, 0, codePoint);
    index += 1;
  }
  return String.fromCodePoint(...output);
}

/** One generalised variable-length integer (RFC 3492, section 3.3) and where it ends. */
function readInteger(label: string, start: number, bias: number): { value: number; end: number } | null {
  let value = 0;
  let weight = 1;
  for (let position = start, k = BASE; position < label.length; position += 1, k += BASE) {
    const digit = toDigit(label.charCodeAt(position));
    if (digit === null) return null;
    value += digit * weight;
    if (value > Number.MAX_SAFE_INTEGER) return null;
    const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
    if (digit < threshold) return { value, end: position + 1 };
    weight *= BASE - threshold;
  }
  return null;
}

function adaptBias(difference: number, length: number, isFirst: boolean): number {
  let delta = Math.floor(difference / (isFirst ? DAMP : 2));
  delta += Math.floor(delta / length);
  let k = 0;
  while (delta > Math.floor(((BASE - T_MIN) * T_MAX) / 2)) {
    delta = Math.floor(delta / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * delta) / (delta + SKEW));
}

function toDigit(code: number): number | null {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  return code >= 0x61 && code <= 0x7a ? code - 0x61 : null;
}
