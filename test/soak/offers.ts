import type { Observable } from '#domain/observable.ts';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import type { UserSide } from '#range/telegram/user-side.ts';
import { createPhone, hasButton, openSecondLook, type Phone } from '#support/journey-phone.ts';
import { ANALYSTS, OUTSIDERS, RESPONDERS } from './people.ts';
import type { Random } from './random.ts';

export type LookUpOffer = { readonly asked: PhoneMessage; readonly target: Observable };

/** What is done about a request for a block: who presses what on it, the right people and the wrong ones. */
export type Fate =
  | 'approved'
  | 'denied'
  | 'approved twice'
  | 'pressed by both'
  | 'pressed by the wrong people'
  | 'left alone';

export type BlockOffer = LookUpOffer & {
  readonly fate: Fate;
  /** Whether its time is up before the soak is over: then it must have lifted itself. */
  readonly isShort: boolean;
  /** Whether its card came to those who decide, so that the presses could be made. */
  isDecidable: boolean;
};

export type Offers = {
  readonly lookUps: LookUpOffer[];
  readonly blocks: BlockOffer[];
  /** Offers that are still being acted out by their people. */
  readonly acting: Promise<void>[];
};

const FATES: readonly Fate[] = [
  'approved',
  'approved',
  'approved',
  'denied',
  'approved twice',
  'pressed by both',
  'pressed by the wrong people',
  'left alone',
];
const ASKED_ABOUT = 120;
const ONE_IN_BLOCKS = 0.2;
/** How long people look for a card before they give up pressing: everything may be dead in the meantime. */
const CARD_WITHIN_MS = 120_000;

export function createOffers(): Offers {
  return { lookUps: [], blocks: [], acting: [] };
}

/** Has somebody ask for something, chosen by chance, and sees to its fate in the background. */
export async function offerOne(people: UserSide, random: Random, offers: Offers): Promise<void> {
  const phone = createPhone(people, random.pick(ANALYSTS).id);
  if (random.isHit(ONE_IN_BLOCKS)) return offerBlock(phone, { people, random, offers });
  const target: Observable = { kind: 'ipv4', value: `198.51.100.${random.between(1, ASKED_ABOUT)}` };
  offers.lookUps.push({ asked: await phone.say(`/ioc ${target.value}`), target });
}

async function offerBlock(
  phone: Phone,
  { people, random, offers }: { people: UserSide; random: Random; offers: Offers },
): Promise<void> {
  const target: Observable = { kind: 'ipv6', value: `2001:db8::${(0x1000 + offers.blocks.length).toString(16)}` };
  const fate = random.pick(FATES);
  const isShort = random.isHit(0.5);
  const offer: BlockOffer = {
    asked: await phone.say(`/block ${target.value} ${isShort ? '5s' : '1h'}`),
    target,
    fate,
    isShort,
    isDecidable: false,
  };
  offers.blocks.push(offer);
  offers.acting.push(decide(offer, people).catch(() => undefined));
}

async function decide(offer: BlockOffer, people: UserSide): Promise<void> {
  const [ben, cleo] = RESPONDERS.map(({ id }) => createPhone(people, id));
  if (!ben || !cleo) return;
  const card = await openSecondLook(ben, offer.target, CARD_WITHIN_MS);
  offer.isDecidable = true;
  switch (offer.fate) {
    case 'approved':
      await ben.press(card, 'Yes, ', 0);
      return;
    case 'denied':
      await cleo.press(await openDenial(cleo, offer.target), NO_REASON, 0);
      return;
    case 'approved twice':
      await Promise.all([ben.press(card, 'Yes, ', 0), ben.press(card, 'Yes, ', 0)]);
      return;
    case 'pressed by both': {
      const denial = await openDenial(cleo, offer.target);
      await Promise.all([ben.press(card, 'Yes, ', 0), cleo.press(denial, NO_REASON, 0)]);
      return;
    }
    case 'pressed by the wrong people':
      return pressWrongly(offer, card, people);
    case 'left alone':
      return;
  }
}

const NO_REASON = 'No reason';

/** Opens the page that asks why not; gives the card that has it. */
async function openDenial(phone: Phone, target: Observable): Promise<PhoneMessage> {
  const card = await phone.waitFor(target, hasButton('Deny'), CARD_WITHIN_MS);
  await phone.press(card, 'Deny', 0);
  return phone.waitFor(target, hasButton(NO_REASON), CARD_WITHIN_MS);
}

/** The requester and outsiders send the bytes of the button from their own chats, as a changed client could. */
async function pressWrongly({ asked }: BlockOffer, card: PhoneMessage, people: UserSide): Promise<void> {
  const data = card.keyboard.flat().find(({ text }) => text.includes('Yes, '))?.data ?? '';
  const wrong = [asked.chat, ...OUTSIDERS.map(({ id }) => id)];
  for (const person of wrong) {
    const own = (await people.messages({ chat: person, as: person })).find(({ from }) => from.isBot);
    if (own) await people.press({ from: person, chat: person, message: own.id, button: { data } });
  }
}
