// The cases: what is arranged in the world, what is asked of txsleuth, and what it must conclude.

import { assets } from './cases/assets.mjs';
import { blockbook } from './cases/blockbook.mjs';
import { bridges } from './cases/bridges.mjs';
import { complaints } from './cases/complaints.mjs';
import { credits } from './cases/credits.mjs';
import { deposits } from './cases/deposits.mjs';
import { destinations } from './cases/destinations.mjs';
import { explorers } from './cases/explorers.mjs';
import { identifiers } from './cases/identifiers.mjs';
import { innocents } from './cases/innocents.mjs';
import { mainNetwork } from './cases/main-network.mjs';
import { networks } from './cases/networks.mjs';
import { proofs } from './cases/proofs.mjs';
import { reorganisations } from './cases/reorganisations.mjs';
import { replacements } from './cases/replacements.mjs';
import { searches } from './cases/searches.mjs';
import { solana } from './cases/solana.mjs';
import { sources } from './cases/sources.mjs';
import { ton } from './cases/ton.mjs';
import { traps } from './cases/traps.mjs';
import { tron } from './cases/tron.mjs';
import { unsent } from './cases/unsent.mjs';
import { withdrawals } from './cases/withdrawals.mjs';
import { xrpl } from './cases/xrpl.mjs';

export const cases = [
  ...identifiers, ...deposits, ...destinations, ...assets, ...networks, ...credits, ...withdrawals, ...unsent,
  ...sources, ...proofs, ...reorganisations, ...replacements, ...innocents, ...traps, ...complaints, ...bridges,
  ...searches, ...explorers, ...mainNetwork, ...blockbook, ...tron, ...xrpl, ...solana, ...ton,
];
