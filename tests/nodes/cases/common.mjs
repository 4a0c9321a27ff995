// What cases of several themes share.

import { ago } from '../exchange.mjs';

// Blocks come at the network's own pace, so a number of confirmations is also an age.
export const HALF_AN_HOUR = { confirmations: 150 };

// The flags of somebody who says what should have arrived.
export function claim({ account }, asset, amount) {
  return ['--account', account, '--asset', asset, '--amount', amount];
}

// Opens a ticket at the desk; `opened` says how long ago.
export function complain(world, { account }, { id, opened, ...told }) {
  world.desk.tickets.push({
    id, format: 'text', language: 'en', channel: 'email', status: 'open', priority: 'normal', account,
    created_at: ago(opened), updated_at: ago(opened), comments: [], ...told,
  });
}

// What became of a deposit of half an hour ago that went through.
export function credited() {
  return {
    status: 'credited', detected_at: ago({ minutes: 29 }), credited_at: ago({ minutes: 27 }),
    available_at: ago({ minutes: 27 }),
  };
}
