export * from './browser.js';
export * from './kafka.js';
export * from './tokens.js';
export * from './webhook.js';
