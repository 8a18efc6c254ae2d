/** Numbers for sets of numbers: many keys are on the same lists. */
export type SetNumbers = {
  /** The number of a set, the same for the same members; 0 for the empty set. */
  numberOf(members: readonly number[]): number;
  /** Every set that has a number, in the order of the numbers. */
  all(): number[][];
};

export function createSetNumbers(): SetNumbers {
  const numbers = new Map<string, number>([['', 0]]);
  return {
    numberOf: (members) => {
      const key = [...new Set(members)].sort((a, b) => a - b).join(' ');
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    },
    all: () => [...numbers.keys()].map((key) => (key === '' ? [] : key.split(' ').map(Number))),
  };
}
