import type { Role } from './person.ts';

/** A command as people type it. The list is the help, the menu and the rights in one. */
export type Command = {
  readonly name: string;
  /** Who may use it; the roles above included. */
  readonly role: Role;
  readonly does: string;
  readonly example?: string;
};

export const COMMANDS: readonly Command[] = [
  { name: 'ioc', role: 'viewer', does: 'asks all sources', example: '/ioc tlp:green 203.0.113.66' },
  { name: 'vt', role: 'viewer', does: 'asks VirusTotal only', example: '/vt login.evil.example' },
  {
    name: 'block',
    role: 'analyst',
    does: 'asks to block an address; a responder decides',
    example: '/block 203.0.113.66 24h C2 traffic',
  },
  { name: 'unblock', role: 'analyst', does: 'asks to lift a block', example: '/unblock 203.0.113.66' },
  { name: 'blocked', role: 'viewer', does: 'lists what is blocked now' },
  { name: 'pending', role: 'viewer', does: 'lists what waits for a decision' },
  { name: 'status', role: 'viewer', does: 'shows how SocBot is, or one request', example: '/status 7K3M' },
  {
    name: 'audit',
    role: 'responder',
    does: 'shows who did what, in your private chat only',
    example: '/audit 7K3M',
  },
  { name: 'cancel', role: 'viewer', does: 'cancels your request', example: '/cancel 7K3M' },
  { name: 'whoami', role: 'viewer', does: 'shows your id and your role' },
  { name: 'help', role: 'viewer', does: 'shows this' },
];
