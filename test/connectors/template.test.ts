import { describe, expect, it } from 'vitest';
import { template } from '#connectors/template/index.ts';
import { templateSimulator } from '#connectors/template/simulator.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { describeSource } from '#support/source-contract.ts';

describeSource({
  connector: template,
  simulator: templateSimulator,
  samples: {
    malicious: [{ kind: 'domain', value: 'update-cdn.example' }],
    suspicious: [{ kind: 'domain', value: 'secure-login-bank.example' }],
    no_hits: [{ kind: 'domain', value: 'campus.example' }],
    unknown: [{ kind: 'domain', value: 'never-seen.example' }],
  },
});

async function lookUp(body: unknown, status = 200) {
  const settings = template.settings.parse({ TEMPLATE_API_KEY: 'a-key' });
  const source = template.create(settings, answerWith(body, status));
  return source.lookUp({ kind: 'domain', value: 'shop.example' }, new AbortController().signal);
}

describe('template', () => {
  it('reads no level from a rating that it does not know', async () => {
    await expect(lookUp({ domain: 'shop.example', rating: 'fine' })).rejects.toMatchObject({
      kind: 'malformed_response',
    });
  });

  it('shows the note, and does without one that is broken', async () => {
    const noted = await lookUp({ domain: 'shop.example', rating: 'bad', note: 'seen in a mail' });
    const broken = await lookUp({ domain: 'shop.example', rating: 'bad', note: 7 });

    expect(noted.facts).toEqual([{ label: 'Note', value: 'seen in a mail' }]);
    expect(broken).toMatchObject({ level: 'malicious', facts: [] });
  });
});
