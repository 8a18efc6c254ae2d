/** Freezes plain objects and arrays all the way down; instances and functions, and a connector's own parts, stay as they are. */
export function freezeDeep<Value>(value: Value): Value {
  if (Array.isArray(value)) for (const entry of value) freezeDeep(entry);
  else if (isPlainObject(value))
    for (const [key, entry] of Object.entries(value)) if (key !== 'connector') freezeDeep(entry);
  return Array.isArray(value) || isPlainObject(value) ? Object.freeze(value) : value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
