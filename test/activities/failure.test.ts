import { ApplicationFailure, defaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { pending, toFailure } from '#activities/failure.ts';
import { ConnectorError } from '#connectors/errors.ts';
import { FAULT_KINDS } from '#domain/fault.ts';
import { StoreUnavailable } from '#store/store-unavailable.ts';

const SECRET = '7000000001:AAF-canary';

/** What a history would keep of an error that an activity throws. */
function inHistory(error: unknown): string {
  return JSON.stringify(defaultFailureConverter.errorToFailure(toFailure(error), defaultPayloadConverter));
}

describe('toFailure', () => {
  it.each(FAULT_KINDS)('names connector and kind, and repeats only what a repeat can help: %s', (kind) => {
    const failure = toFailure(new ConnectorError({ connector: 'alpha', kind, message: 'as told' }));

    expect(failure).toMatchObject({
      type: `alpha.${kind}`,
      message: 'as told',
      nonRetryable: kind !== 'unreachable' && kind !== 'rate_limited',
    });
  });

  it('hands on how long the vendor asks us to wait', () => {
    const error = new ConnectorError({ connector: 'alpha', kind: 'rate_limited', message: '', retryAfterMs: 61_000 });

    expect(toFailure(error)).toMatchObject({ nextRetryDelay: 61_000 });
  });

  it('has the store tried again', () => {
    expect(toFailure(new StoreUnavailable('ECONNREFUSED'))).toMatchObject({
      type: 'store.unavailable',
      nonRetryable: false,
    });
  });

  it('leaves a call that was cancelled as it is, so that it counts as cancelled', () => {
    const aborted = new DOMException('stop', 'AbortError');

    expect(toFailure(aborted)).toBe(aborted);
  });

  it('leaves what Temporal made as it is', () => {
    const failure = ApplicationFailure.nonRetryable('no', 'telegram.refused');

    expect(toFailure(failure)).toBe(failure);
  });

  it('keeps the words of an error that nobody foresaw, and has it tried again', () => {
    const failure = toFailure(new TypeError('undefined is not a function'));

    expect(failure).toMatchObject({ message: 'undefined is not a function' });
    expect(failure).not.toMatchObject({ nonRetryable: true });
  });

  it.each([
    ['a fault', new ConnectorError({ connector: 'alpha', kind: 'unreachable', message: 'no answer' })],
    ['an unforeseen error', new TypeError('fetch failed')],
  ])('leaves the cause of %s out of the history: it may hold a URL with a key in it', (_, error) => {
    error.cause = new Error(`getaddrinfo https://api.telegram.example/bot${SECRET}/getMe`);

    expect(inHistory(error)).not.toContain(SECRET);
  });

  it.each([null, undefined, 'text', 42, { message: SECRET }])('makes an error of %j without showing it', (thrown) => {
    expect(toFailure(thrown)).toBeInstanceOf(Error);
    expect(inHistory(thrown)).not.toContain(SECRET);
  });
});

describe('pending', () => {
  it('is tried again after the given time and is no error', () => {
    expect(pending('alpha.asking', 'not yet', 400)).toMatchObject({
      type: 'alpha.asking',
      message: 'not yet',
      nextRetryDelay: 400,
      category: 'BENIGN',
      nonRetryable: false,
    });
  });
});
