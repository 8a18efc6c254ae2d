/** What Telegram adds to some errors. */
export type RefusalParameters = { readonly retry_after?: number; readonly migrate_to_chat_id?: number };

/** A call that Telegram answers with `ok: false`. */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal' as const;
  readonly code: number;
  readonly description: string;
  readonly parameters: RefusalParameters | null;

  constructor(code: number, description: string, parameters: RefusalParameters | null = null) {
    super(description);
    this.code = code;
    this.description = description;
    this.parameters = parameters;
  }
}

/** A 400 in Telegram's way of writing: the reason starts with a small letter unless it is a CONSTANT. */
export function badRequest(reason: string, parameters: RefusalParameters | null = null): ApiRefusal {
  return new ApiRefusal(400, `Bad Request: ${uncapitalized(reason)}`, parameters);
}

/** A 403. */
export function forbidden(reason: string): ApiRefusal {
  return new ApiRefusal(403, `Forbidden: ${uncapitalized(reason)}`);
}

/** The rule of `fail_query_with_error` in tdlib/telegram-bot-api, Client.cpp. */
function uncapitalized(reason: string): string {
  return /^.[A-Z_]/.test(reason) ? reason : reason.charAt(0).toLowerCase() + reason.slice(1);
}
