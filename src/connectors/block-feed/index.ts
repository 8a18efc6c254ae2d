export { BLOCK_FEED, createBlockFeedResponder } from './responder.ts';
export { serveBlockFeed } from './server.ts';
