import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import { Icon } from '../icons.ts';
import { fileAddressOf } from '../telegram.ts';
import { sizeTextOf } from './moment.ts';

/**
 * The file or picture of a message, to be saved under its own name. The name is outside text: set apart, so that a
 * right-to-left character in it cannot turn the words around it.
 */
export function Attachment({ message }: { message: PhoneMessage }): VNode | null {
  const { photo, document: file } = message;
  if (photo) {
    const address = fileAddressOf(photo.fileId);
    return html`<a class="photo" href=${address} download=${photo.name} aria-label="Save the picture ${photo.name}">
      <img src=${address} alt="" width=${photo.width} height=${photo.height} loading="lazy" />
    </a>`;
  }
  if (!file) return null;
  return html`<a class="file" href=${fileAddressOf(file.fileId)} download=${file.name}>
    <span class="file-icon" aria-hidden="true"><${Icon} name="file" /></span>
    <span class="file-text"
      ><b><bdi>${file.name}</bdi></b
      ><small>${sizeTextOf(file.size)}, save</small></span
    >
  </a>`;
}
