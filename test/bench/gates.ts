import type { Ceiling } from './ceiling.ts';
import type { Row } from './compare.ts';
import { renderNumber } from './numbers.ts';
import type { Sharing } from './sharing.ts';
import type { Waiting } from './waiting.ts';

/** Everything that one run measured. */
export type Measured = {
  readonly bare: Row;
  readonly bareTemporal: Row;
  readonly socbot: Row;
  readonly startUp: { readonly coldSeconds: number; readonly warmSeconds: number };
  readonly waiting: Waiting;
  readonly groupCalls: number;
  readonly sharing: Sharing;
  readonly ceiling: { readonly bareTemporal: Ceiling; readonly socbot: Ceiling };
};

/** One line of the table: what was measured, what the release asks for, and whether it is so. */
export type Gate = {
  readonly id: string;
  readonly what: string;
  readonly value: string;
  readonly gate: string;
  readonly isMet: boolean;
};

/** n8n 2.39 in the first study, on such a machine: investigations per second of CPU. */
const N8N_PER_CPU_SECOND = 2.6;

/** Holds a run against the gates of the table of targets, P1 to P16. */
export function judge(measured: Measured): readonly Gate[] {
  return [...judgeRows(measured), ...judgeParts(measured)];
}

function judgeRows({ socbot, bareTemporal }: Measured): Gate[] {
  const share = socbot.investigations.perCpuSecond / bareTemporal.investigations.perCpuSecond;
  const lookUpShare = socbot.lookUps.perCpuSecond / bareTemporal.lookUps.perCpuSecond;
  const withServer = socbot.investigations.perCpuSecondWithServer;
  const later = socbot.cardMs.p50 - bareTemporal.cardMs.p50;
  const { ackMs, pressToBlockMs } = socbot;
  const atMost = (spread: Spread, p50: number, p99: number) => spread.p50 <= p50 && spread.p99 <= p99;
  return [
    {
      id: 'P1',
      what: 'investigations per CPU-second, share of bare Temporal',
      value: renderNumber(share),
      gate: '≥ 0.6',
      isMet: share >= 0.6,
    },
    {
      id: 'P1',
      what: 'look-ups per CPU-second, share of bare Temporal',
      value: renderNumber(lookUpShare),
      gate: '≥ 0.6',
      isMet: lookUpShare >= 0.6,
    },
    {
      id: 'P2',
      what: 'investigations per CPU-second, server included',
      value: renderNumber(withServer),
      gate: `≥ 4 × ${N8N_PER_CPU_SECOND} (n8n)`,
      isMet: withServer >= 4 * N8N_PER_CPU_SECOND,
    },
    {
      id: 'P3',
      what: 'message to reaction, ms',
      value: renderSpread(ackMs),
      gate: 'p50 ≤ 60, p99 ≤ 250',
      isMet: atMost(ackMs, 60, 250),
    },
    {
      id: 'P4',
      what: 'card, later than bare Temporal by ms (p50)',
      value: renderNumber(later),
      gate: '≤ 60',
      isMet: later <= 60,
    },
    {
      id: 'P5',
      what: 'press to block, ms',
      value: renderSpread(pressToBlockMs),
      gate: 'p50 ≤ 45, p99 ≤ 200',
      isMet: atMost(pressToBlockMs, 45, 200),
    },
  ];
}

function judgeParts({ waiting, startUp, groupCalls, sharing, ceiling }: Measured): Gate[] {
  return [
    {
      id: 'P7',
      what: `more memory with ${waiting.count} waiting, MiB`,
      value: renderNumber(waiting.extraRssMb),
      gate: '≤ 200',
      isMet: waiting.extraRssMb <= 200,
    },
    {
      id: 'P10',
      what: 'npm start to ready, warm (cold), s',
      value: `${renderNumber(startUp.warmSeconds)} (${renderNumber(startUp.coldSeconds)})`,
      gate: '≤ 4',
      isMet: startUp.warmSeconds <= 4,
    },
    {
      id: 'P11',
      what: 'kill of everything to the first press carried out, s',
      value: renderNumber(waiting.firstAnswerSeconds),
      gate: '≤ 5',
      isMet: waiting.firstAnswerSeconds <= 5,
    },
    {
      id: 'P12',
      what: 'presses a second after that',
      value: renderNumber(waiting.pressesPerSecond),
      gate: 'none yet',
      isMet: true,
    },
    {
      id: 'P15',
      what: 'calls to Telegram per look-up in a group',
      value: renderNumber(groupCalls),
      gate: '≤ 3',
      isMet: groupCalls <= 3,
    },
    {
      id: 'P16',
      what: `paid calls made twice; ${sharing.answered} of ${sharing.asked} answered`,
      value: String(sharing.duplicates),
      gate: '0',
      isMet: sharing.duplicates === 0 && sharing.answered === sharing.asked,
    },
    {
      id: '',
      what: 'look-ups a second before they fall behind (bare Temporal)',
      value: `${ceiling.socbot.perSecond} (${ceiling.bareTemporal.perSecond})`,
      gate: 'stated',
      isMet: true,
    },
  ];
}

type Spread = { readonly p50: number; readonly p99: number };

function renderSpread({ p50, p99 }: Spread): string {
  return `${renderNumber(p50)} / ${renderNumber(p99)}`;
}
