/** Why a request on the user side cannot be done, in words for whoever made it. Becomes a 400 with `{error}`. */
export class Objection extends Error {
  override name = 'Objection' as const;
}
