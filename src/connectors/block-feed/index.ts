export { AllowedNetworks } from './access.ts';
export { blockFeedProfile, createBlockFeedResponder } from './responder.ts';
export { type FeedOptions, serveBlockFeed } from './server.ts';
