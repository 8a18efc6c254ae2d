export { BLOCK_FEED, createBlockFeedResponder } from './responder.ts';
export { type FeedOptions, serveBlockFeed } from './server.ts';
