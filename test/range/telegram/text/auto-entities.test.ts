import { describe, expect, it } from 'vitest';
import { autoEntitiesOf } from '#range/telegram/text/auto-entities.ts';

function tappable(text: string): string[] {
  return autoEntitiesOf(text, []).map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`);
}

describe('autoEntitiesOf', () => {
  it.each([
    ['see evil.example now', ['url evil.example']],
    ['see https://evil.example/a(b)?q=1#x).', ['url https://evil.example/a(b)?q=1#x']],
    ['http://user:pw@evil.example:8080/', ['url http://user:pw@evil.example:8080/']],
    ['HTTPS://EVIL.EXAMPLE', ['url HTTPS://EVIL.EXAMPLE']],
    ['192.0.2.7 and 192.0.2.777', ['url 192.0.2.7']],
    ['invoice.zip, run.sh', ['url invoice.zip', 'url run.sh']],
    ['mail a.b+c@evil.example!', ['email a.b+c@evil.example']],
    ['bücher.example', ['url bücher.example']],
    ['(evil.example).', ['url evil.example']],
    ['hxxps://evil[.]example', []],
    ['sftp://files.example', []],
    ['xhttp://files.example', ['url http://files.example']],
    ['report.pdf v1.2.3 e.g. 3.14', []],
    ['xn--e1afmkfd.example', ['url xn--e1afmkfd.example']],
    ['@channel @ab a@b', ['mention @channel']],
    ['/approve_R7F3 now', ['bot_command /approve_R7F3']],
    ['/vt@socbot_range_bot x', ['bot_command /vt@socbot_range_bot']],
    ['a/b 1/2 </x> //x', []],
    ['#R7F3 #123 $TSLA', ['hashtag #R7F3', 'cashtag $TSLA']],
    ['🔴 /start', ['bot_command /start']],
  ])('finds what a phone makes tappable in %j', (text, expected) => {
    expect(tappable(text)).toEqual(expected);
  });

  it('finds nothing inside code', () => {
    const text = 'title /approve_R7F3 @channel https://evil.example';

    expect(autoEntitiesOf(text, [{ type: 'code', offset: 6, length: text.length - 6 }])).toEqual([]);
  });

  it('finds things inside quotes and bold text', () => {
    const text = 'https://evil.example';
    const bold = { type: 'bold', offset: 0, length: text.length };
    const quote = { type: 'blockquote', offset: 0, length: text.length };

    expect(autoEntitiesOf(text, [quote, bold])).toEqual([{ type: 'url', offset: 0, length: text.length }]);
  });

  it('finds nothing in long runs of half-made links and mentions', () => {
    const hostile = ['a@'.repeat(2048), '.'.repeat(4096), 'a.'.repeat(2048), '/a@'.repeat(1365)];

    expect(hostile.map((text) => autoEntitiesOf(text, []).length)).toEqual([0, 0, 0, 0]);
  });
});
