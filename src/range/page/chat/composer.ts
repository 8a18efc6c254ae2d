import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../context.ts';
import { Icon } from '../icons.ts';
import { personOf } from '../reading.ts';
import { seatOf } from '../state.ts';
import type { Command, State } from '../state.ts';
import { Authenticator } from './authenticator.ts';
import { CommandMenu, matchingCommands } from './command-menu.ts';
import { IntentBar } from './intent-bar.ts';

const MAX_BOX_PX = 160;

/** Where whoever holds the phone writes: Enter sends, Shift and Enter break the line, pasted files are sent. */
export function Composer(): VNode {
  const { state, actions } = usePage();
  const box = useRef<HTMLTextAreaElement>(null);
  const draft = state.drafts[seatOf(state.person, state.chat)] ?? '';
  const menu = useCommandMenu(draft);
  useGrowingBox(box, draft);
  const submit = (event: Event): void => {
    event.preventDefault();
    void actions.sendDraft();
    box.current?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing || menu.takes(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) submit(event);
    if (event.key === 'Escape') actions.setIntent(null);
  };
  const paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void actions.upload(files);
  };
  return html`<form class="composer" onSubmit=${submit}>
    <${IntentBar} />
    <${Authenticator} />
    ${menu.isOpen && html`<${CommandMenu} commands=${menu.commands} index=${menu.index} onChoose=${menu.choose} />`}
    <div class="composer-row">
      <${AttachButton} />
      <textarea
        id="message"
        ref=${box}
        rows="1"
        value=${draft}
        aria-label="Message as ${personOf(state, state.person).name}"
        placeholder="Message, address, hash…"
        autocomplete="off"
        spellcheck=${false}
        aria-autocomplete="list"
        aria-controls=${menu.isOpen ? 'commands' : undefined}
        aria-activedescendant=${menu.isOpen ? `command-${menu.index}` : undefined}
        onInput=${(event: InputEvent) => actions.writeDraft((event.currentTarget as HTMLTextAreaElement).value)}
        onKeyDown=${press}
        onPaste=${paste}
      ></textarea>
      ${commandsNow(state).length > 0 && html`<${CommandButton} box=${box} />`}
      <button type="submit" class="send" aria-label="Send" disabled=${draft.trim() === ''}>
        <${Icon} name="send" />
      </button>
    </div>
  </form>`;
}

function AttachButton(): VNode {
  const { actions } = usePage();
  const input = useRef<HTMLInputElement>(null);
  const send = (): void => {
    void actions.upload([...(input.current?.files ?? [])]);
    if (input.current) input.current.value = '';
  };
  return html`<button type="button" class="round" aria-label="Send a file" onClick=${() => input.current?.click()}>
      <${Icon} name="attach" />
    </button>
    <input ref=${input} type="file" multiple hidden tabindex="-1" aria-label="File" onChange=${send} />`;
}

function CommandButton({ box }: { box: { current: HTMLTextAreaElement | null } }): VNode {
  const { actions } = usePage();
  const open = (): void => {
    actions.writeDraft('/');
    box.current?.focus();
  };
  return html`<button type="button" class="round" aria-label="Commands" onClick=${open}>
    <${Icon} name="slash" />
  </button>`;
}

function commandsNow(state: State): readonly Command[] {
  return state.commands[seatOf(state.person, state.chat)] ?? [];
}

type CommandMenuState = {
  isOpen: boolean;
  commands: ReturnType<typeof matchingCommands>;
  index: number;
  choose: (index: number) => void;
  /** Whether the menu took the key. */
  takes: (event: KeyboardEvent) => boolean;
};

function useCommandMenu(draft: string): CommandMenuState {
  const { state, actions } = usePage();
  const [index, setIndex] = useState(0);
  const [closedFor, setClosedFor] = useState('');
  const commands = matchingCommands(commandsNow(state), draft);
  const isOpen = commands.length > 0 && closedFor !== draft;
  const active = Math.min(index, commands.length - 1);
  const choose = (chosen: number): void => {
    const command = commands[chosen];
    if (command) actions.writeDraft(`/${command.command} `);
    document.querySelector<HTMLElement>('#message')?.focus();
  };
  const takes = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) setIndex((active + step + commands.length) % commands.length);
    else if (event.key === 'Escape') setClosedFor(draft);
    else if (event.key === 'Tab' && !event.shiftKey) choose(active);
    else if (event.key === 'Enter' && !event.shiftKey && draft !== `/${commands[active]?.command}`) choose(active);
    else return false;
    event.preventDefault();
    return true;
  };
  return { isOpen, commands, index: active, choose, takes };
}

function useGrowingBox(box: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, MAX_BOX_PX)}px`;
  }, [text]);
}
