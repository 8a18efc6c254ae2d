import { describe, expect, it } from 'vitest';
import { COMMANDS } from '#domain/commands.ts';
import { hasRole } from '#domain/person.ts';
import { ANA, GROUP, PEOPLE, startBotFixture, VIC } from '#support/bot.ts';

const REFUSED = { input: { card: { kind: 'note', tone: 'error', title: 'Not allowed' } } };

describe('who may use which command', () => {
  it('lets every role use the commands of its own and of the roles below, in private and in a group', async () => {
    const fixture = await startBotFixture();
    const rows: { command: string; role: string; chat: string; isAllowed: boolean }[] = [];

    for (const command of COMMANDS) {
      for (const person of PEOPLE) {
        for (const isPrivate of [true, false]) {
          const from = person.telegramIds[0] ?? 0;
          const text = `/${command.name}@socbot_range_bot 203.0.113.66`;
          await fixture.user.send({ from, chat: isPrivate ? from : GROUP, text });
          await fixture.deliver();
          const start = fixture.engine.starts.splice(0)[0];
          expect(start, text).toBeDefined();
          const isAllowed = !JSON.stringify(start).includes('Not allowed');
          rows.push({ command: command.name, role: person.role, chat: isPrivate ? 'private' : 'group', isAllowed });
        }
      }
    }

    const wanted = COMMANDS.flatMap((command) =>
      PEOPLE.flatMap((person) =>
        ['private', 'group'].map((chat) => ({
          command: command.name,
          role: person.role,
          chat,
          isAllowed: hasRole(person, command.role),
        })),
      ),
    );
    expect(rows).toEqual(wanted);
  });

  it('gives each role what it needs, and no more', () => {
    const namesFrom = (role: string) => COMMANDS.filter((one) => one.role === role).map(({ name }) => name);

    expect(namesFrom('viewer')).toEqual(['ioc', 'vt', 'blocked', 'pending', 'status', 'cancel', 'whoami', 'help']);
    expect(namesFrom('analyst')).toEqual(['block', 'unblock', 'allow', 'isolate', 'release']);
    expect(namesFrom('responder')).toEqual(['approve', 'deny', 'freeze', 'unfreeze', 'oncall', 'audit']);
    expect(namesFrom('admin')).toEqual([]);
  });

  it('tells whoever lacks the role which one is needed, and keeps a record', async () => {
    const { user, deliver, engine, audit } = await startBotFixture();
    await user.send({ from: VIC, chat: VIC, text: '/block 203.0.113.66' });

    await deliver();

    expect(engine.starts).toMatchObject([REFUSED]);
    expect(engine.starts).toMatchObject([
      { input: { card: { lines: ['This needs the role analyst; yours is viewer. It was recorded.'] } } },
    ]);
    expect(await audit()).toMatchObject([{ who: 'vic', telegramId: VIC, action: 'command', outcome: 'needs analyst' }]);
  });

  it('goes by the role of the moment', async () => {
    const people = [{ name: 'ana', role: 'viewer', telegramIds: [ANA] }] as const;
    const { user, deliver, engine } = await startBotFixture({ access: { people, groups: new Set() } });
    await user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.66' });

    await deliver();

    expect(engine.starts).toMatchObject([REFUSED]);
  });
});
