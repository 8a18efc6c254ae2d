import { describe, expect, it } from 'vitest';
import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';

describe('a fault that a connector finds by itself', () => {
  it('counts as an answer when the vendor spoke of something else', () => {
    const fault = faultOfOtherIndicator('urlhaus');

    expect(fault).toMatchObject({ kind: 'malformed_response', connector: 'urlhaus', isAnswered: true });
  });

  it('counts as no call at all when the source cannot be asked', () => {
    const fault = faultOfUnsupportedKind('urlhaus', 'email');

    expect(fault).toMatchObject({ kind: 'refused', connector: 'urlhaus', isUndone: true, isAnswered: false });
  });
});
