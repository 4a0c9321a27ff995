// Addresses as Bitcoin Cash writes them: https://documentation.cash/protocol/blockchain/encoding/cashaddr

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n];
const VERSIONS = { key: 0, script: 8 };

export function cashAddress(prefix, kind, hash) {
  const bits = [VERSIONS[kind], ...hash].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const values = (bits.padEnd(Math.ceil(bits.length / 5) * 5, '0').match(/.{5}/g)).map((group) => parseInt(group, 2));
  const start = [...prefix].map((letter) => letter.charCodeAt(0) & 31);
  const sum = checksum([...start, 0, ...values, ...Array(8).fill(0)]);
  const end = Array.from({ length: 8 }, (_, at) => Number((sum >> BigInt(5 * (7 - at))) & 31n));
  return `${prefix}:${[...values, ...end].map((value) => ALPHABET[value]).join('')}`;
}

function checksum(values) {
  const all = values.reduce((sum, value) => {
    const shifted = ((sum & 0x07ffffffffn) << 5n) ^ BigInt(value);
    return GENERATORS.reduce((c, g, bit) => ((sum >> (35n + BigInt(bit))) & 1n ? c ^ g : c), shifted);
  }, 1n);
  return all ^ 1n;
}
