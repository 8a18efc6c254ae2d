import type { World } from '../../world/world.ts';
import { toBotUser } from '../bot-json.ts';
import { type CallInput, isSet } from '../call-input.ts';

/** See core.telegram.org/bots/api#getme. Everything that widens what the bot can be made to do is off. */
export function getMe(world: World): unknown {
  return {
    ...toBotUser(world),
    can_join_groups: false,
    can_read_all_group_messages: false,
    supports_guest_queries: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
  };
}

/** See core.telegram.org/bots/api#getwebhookinfo. There is never a webhook here. */
export function getWebhookInfo(world: World): unknown {
  const allowed = world.updates.allowedKinds();
  return {
    url: '',
    has_custom_certificate: false,
    pending_update_count: world.updates.count(),
    ...(allowed ? { allowed_updates: allowed } : {}),
  };
}

/** See core.telegram.org/bots/api#deletewebhook. */
export function deleteWebhook(world: World, input: CallInput): true {
  if (isSet(input, 'drop_pending_updates')) world.updates.clear();
  return true;
}
