// bcoin as this suite needs it: set up before its first module loads, so everything here imports it from this file.

import { createRequire } from 'node:module';

process.env.NODE_BACKEND = 'js'; // its native parts are not built: packages install without scripts

const bcoin = createRequire(import.meta.url)('bcoin');

// bcoin 1.0.2 is older than the agreement on "bcrt" and writes "rb".
bcoin.Network.get('regtest').addressPrefix.bech32 = 'bcrt';

export default bcoin;
