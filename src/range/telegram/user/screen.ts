import type { PhoneButton, PhoneMessage } from '../phone.ts';

/**
 * A chat as plain text, the same for the same messages: no times, no ids. Buttons stand in brackets, those that open a
 * link, copy or do nothing carry a sign.
 */
export function renderScreen(title: string, messages: readonly PhoneMessage[]): string {
  const byId = new Map(messages.map((message) => [message.id, message]));
  return [`── ${title} ──`, ...messages.map((message) => renderMessage(message, byId)), ''].join('\n');
}

function renderMessage(message: PhoneMessage, byId: ReadonlyMap<number, PhoneMessage>): string {
  if (message.service !== null) return `· ${message.service} ·`;
  const notes = [
    message.editDate === null ? '' : ' (edited)',
    message.silent ? ' 🔕' : '',
    message.pinned ? ' 📌' : '',
  ];
  const repliedTo = message.replyTo === null ? undefined : byId.get(message.replyTo);
  const file = message.document ?? message.photo;
  const lines = [
    message.forwardedFrom === null ? null : `forwarded from ${message.forwardedFrom}`,
    repliedTo ? `↪ ${repliedTo.from.name}: ${firstLineOf(repliedTo)}` : null,
    file ? `${message.photo ? '🖼' : '📎'} ${file.name} (${file.size} bytes)` : null,
    ...(message.text === '' ? [] : message.text.split('\n')),
    ...message.keyboard.map((row) => row.map(renderButton).join(' ')),
    message.reactions.length === 0 ? null : message.reactions.map(({ emoji, by }) => `${emoji} ${by}`).join('  '),
  ];
  const body = lines.filter((line) => line !== null).map((line) => `  ${line}`.trimEnd());
  return [`${message.from.name}${notes.join('')}:`, ...body].join('\n');
}

function firstLineOf(message: PhoneMessage): string {
  return message.text.split('\n')[0] ?? '';
}

const SIGNS: Readonly<Record<PhoneButton['kind'], string>> = { callback: '', url: ' ↗', copy: ' ⧉', disabled: ' ⊘' };

function renderButton({ text, kind }: PhoneButton): string {
  return `[${text}${SIGNS[kind]}]`;
}
