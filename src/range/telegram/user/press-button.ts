import type { OutgoingPress } from '../phone.ts';
import type { Button } from '../text/keyboard.ts';
import { deliverPress } from '../world/delivery.ts';
import type { StoredPress } from '../world/presses.ts';
import type { World } from '../world/world.ts';
import { messageIn, personOf, refuseOutsider } from './look-up.ts';
import { Objection } from './objection.ts';

const MAX_DATA_BYTES = 64;

/**
 * A person presses a button, or a hostile client sends bytes as if it had. Links and copies happen on the phone alone,
 * and a disabled button does nothing.
 */
export function pressButton(world: World, outgoing: OutgoingPress): StoredPress {
  const { from, chat, message: messageId } = outgoing;
  refuseOutsider(world, personOf(world, from), chat);
  const message = messageIn(world, chat, messageId);
  if (message.author.kind !== 'bot') throw new Objection(`message ${messageId} is not from the bot`);
  const button = buttonOf(outgoing, message.keyboard?.flat() ?? []);
  const press = world.presses.add({
    from,
    chat,
    message: messageId,
    kind: button.kind,
    pressedAtMs: world.clock.nowMs() - (outgoing.agoMs ?? 0),
    url: button.kind === 'url' ? button.url : null,
    copiedText: button.kind === 'copy' ? button.copyText : null,
  });
  if (button.kind === 'callback') deliverPress(world, press, button.data);
  return press;
}

function buttonOf({ button: wanted }: OutgoingPress, buttons: readonly Button[]): Button {
  if (typeof wanted === 'string') {
    const found = buttons.find((button) => button.text === wanted);
    if (found) return found;
    const shown = buttons.map((button) => `"${button.text}"`).join(', ') || 'no buttons';
    throw new Objection(`there is no button "${wanted}"; the message has ${shown}`);
  }
  const bytes = Buffer.byteLength(wanted.data, 'utf8');
  if (bytes < 1 || bytes > MAX_DATA_BYTES)
    throw new Objection(`a press carries 1 to ${MAX_DATA_BYTES} bytes, not ${bytes}`);
  return { text: '', kind: 'callback', data: wanted.data };
}
