import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Command } from '../state.ts';

type Commands = readonly Command[];

/** The bot's commands that a text may become: all that begin like it, while it is one unfinished command. */
export function matchingCommands(commands: Commands, draft: string): Commands {
  const [, begun] = /^\/([a-z0-9_]*)$/i.exec(draft) ?? [];
  return begun === undefined ? [] : commands.filter(({ command }) => command.startsWith(begun.toLowerCase()));
}

type CommandMenuProps = { commands: Commands; index: number; onChoose: (index: number) => void };

/** The commands above the message box; the box keeps the focus and says which one is chosen. */
export function CommandMenu({ commands, index, onChoose }: CommandMenuProps): VNode {
  return html`<ul class="commands" id="commands" role="listbox" aria-label="Commands">
    ${commands.map(
      ({ command, description }, position) =>
        html`<li
          key=${command}
          id=${`command-${position}`}
          role="option"
          aria-selected=${position === index}
          onPointerDown=${(event: PointerEvent) => event.preventDefault()}
          onClick=${() => onChoose(position)}
        >
          <b>/${command}</b><span>${description}</span>
        </li>`,
    )}
  </ul>`;
}
