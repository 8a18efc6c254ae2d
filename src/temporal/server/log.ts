/** What the supervision of the server tells; a pino logger fits. */
export type Log = { info(message: string): void; warn(message: string): void };
