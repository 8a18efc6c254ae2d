import { describe, expect, it } from 'vitest';
import { parseMultipart } from '#range/telegram/bot-api/multipart.ts';

function parse(body: string): readonly { name: string; filename: string | null; text: string }[] {
  const parts = parseMultipart(Buffer.from(body, 'utf8'), 'B');
  return parts.map(({ name, filename, bytes }) => ({ name, filename, text: bytes.toString('utf8') }));
}

describe('parseMultipart', () => {
  it('reads names without quotes up to the semicolon, as grammY writes them', () => {
    const body =
      '--B\r\ncontent-disposition:form-data;name="chat_id"\r\n\r\n1001\r\n' +
      '--B\r\ncontent-disposition:form-data;name="f1";filename=my (1) report é.txt\r\n' +
      'content-type:application/octet-stream\r\n\r\na\r\n--C\r\nb\r\n--B--\r\n';

    expect(parse(body)).toEqual([
      { name: 'chat_id', filename: null, text: '1001' },
      { name: 'f1', filename: 'my (1) report é.txt', text: 'a\r\n--C\r\nb' },
    ]);
  });

  it('reads quoted names with escapes', () => {
    const body = '--B\r\nContent-Disposition: form-data; name="a"; filename="q\\"x;y.txt"\r\n\r\n\r\n--B--';

    expect(parse(body)).toEqual([{ name: 'a', filename: 'q"x;y.txt', text: '' }]);
  });

  it.each([
    ['nothing here'],
    ['--B\r\ncontent-disposition:form-data;name="a"\r\n\r\ncut off'],
    ['--B\r\ncontent-disposition:form-data;name="a"'],
    ['--B\r\ncontent-type:text/plain\r\n\r\nx\r\n--B--'],
  ])('refuses the broken form %j', (body) => {
    expect(() => parse(body)).toThrow('Bad Request');
  });
});
