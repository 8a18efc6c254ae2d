import type { Card } from '#domain/card.ts';
import { renderAudit } from './audit.ts';
import { renderCheckpoint } from './checkpoint.ts';
import { renderContainment } from './containment.ts';
import { renderDrift } from './drift.ts';
import { renderHeld } from './held.ts';
import { renderHelp } from './help.ts';
import { renderLookUp } from './look-up.ts';
import { renderNote } from './note.ts';
import { renderOffer } from './offer.ts';
import { renderRequests, renderStatus } from './status.ts';
import type { Rendered } from './text.ts';
import { renderWhoAmI } from './who-am-i.ts';

/** Draws any card. Pure: the same state is the same text. */
export function renderCard(card: Card): Rendered {
  switch (card.kind) {
    case 'look_up':
      return renderLookUp(card);
    case 'offer':
      return renderOffer(card);
    case 'containment':
      return renderContainment(card);
    case 'held':
      return renderHeld(card);
    case 'help':
      return renderHelp(card);
    case 'who_am_i':
      return renderWhoAmI(card);
    case 'status':
      return renderStatus(card);
    case 'requests':
      return renderRequests(card);
    case 'drift':
      return renderDrift(card);
    case 'checkpoint':
      return renderCheckpoint(card);
    case 'audit':
      return renderAudit(card);
    case 'note':
      return renderNote(card);
  }
}
