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
    does: 'asks to block addresses, networks, domains, URLs or hashes; a responder decides',
    example: '/block 203.0.113.66 24h C2 traffic',
  },
  { name: 'unblock', role: 'analyst', does: 'asks to lift a block', example: '/unblock 203.0.113.66' },
  {
    name: 'allow',
    role: 'analyst',
    does: 'asks to take a target off the lists and keep it off',
    example: '/allow shop.example 7d false positive',
  },
  { name: 'isolate', role: 'analyst', does: 'asks to cut a machine off', example: '/isolate ws-114 beaconing' },
  { name: 'release', role: 'analyst', does: 'asks to connect a machine again', example: '/release ws-114' },
  { name: 'blocked', role: 'viewer', does: 'lists what is blocked now' },
  { name: 'pending', role: 'viewer', does: 'lists what waits for a decision' },
  { name: 'approve', role: 'responder', does: 'brings the card to decide on', example: '/approve 7K3M' },
  { name: 'deny', role: 'responder', does: 'brings the card to decide on', example: '/deny 7K3M' },
  {
    name: 'freeze',
    role: 'responder',
    does: 'stops all containments, those that wait and those to come',
    example: '/freeze wrong list',
  },
  { name: 'unfreeze', role: 'responder', does: 'lets them go on, when two responders say so' },
  { name: 'oncall', role: 'responder', does: 'shows or changes who is on call', example: '/oncall take' },
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
