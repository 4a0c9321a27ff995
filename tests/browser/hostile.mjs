// Plants what browsers, editors and terminals act upon into everything that a ledger and a desk may write freely.

const evil =
  '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><svg/onload=alert(1)> javascript:alert(1) http://127.0.0.1:9/x ' +
  '\u001b[2J\u202edetiderc\u2066\u200b {{7*7}} &lt;b&gt; </title></style> ' + 'W'.repeat(300) + ' ' + '長'.repeat(120);

/** Fields whose value names nothing that another answer is found by. */
const free = new Set([
  'account', 'status', 'reason', 'raw_status', 'subject', 'body', 'priority', 'channel', 'role', 'id', 'author',
]);

/** The recording with hostile answers of ledger and desk, and how many fields were planted. */
export function hostile(har) {
  const recording = JSON.parse(har);
  let planted = 0;
  const plant = (value, key, service) => {
    if (Array.isArray(value)) return value.map(one => plant(one, key, service));
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plant(one, name, service)]));
    }
    // A ticket of another id, or of another account, is another ticket.
    const isName = service === 'desk' && ['id', 'account'].includes(key);
    if (typeof value !== 'string' || !free.has(key) || isName) return value;
    planted += 1;
    return ['body', 'id', 'account'].includes(key) ? `${value} ${evil}` : evil;
  };
  for (const entry of recording.log.entries) {
    const { content } = entry.response;
    if (!['ledger', 'desk'].includes(entry._service) || entry.response.status !== 200) continue;
    content.text = JSON.stringify(plant(JSON.parse(content.text), '', entry._service));
  }
  return { text: JSON.stringify(recording), planted };
}
