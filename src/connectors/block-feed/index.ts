export { AllowedNetworks } from './access.ts';
export { BLOCK_FEED, blockFeedProfile, createBlockFeedResponder } from './responder.ts';
export { type FeedOptions, serveBlockFeed } from './server.ts';
