// Writes a configuration tree as TOML: strings, numbers, booleans, arrays of inline tables, nested tables.

export function toml(tree, path = []) {
  const entries = Object.entries(tree);
  const values = entries.filter(([, value]) => !isTable(value)).map(pair);
  const tables = entries.filter(([, value]) => isTable(value)).map(([name, value]) => toml(value, [...path, name]));
  const header = path.length > 0 && values.length > 0 ? [`[${path.map(key).join('.')}]`] : [];
  return [[...header, ...values].join('\n'), ...tables].filter(Boolean).join('\n\n');
}

function inline(value) {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (isTable(value)) return `{ ${Object.entries(value).map(pair).join(', ')} }`;
  return JSON.stringify(value);
}

function pair([name, value]) {
  return `${key(name)} = ${inline(value)}`;
}

// Bare where it may be; a ticker such as USDT.e would be a table and a key.
function key(name) {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name);
}

function isTable(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
