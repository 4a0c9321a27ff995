// Writes a configuration tree as TOML: strings, numbers, booleans, arrays of inline tables, nested tables.

export function toml(tree, path = []) {
  const entries = Object.entries(tree);
  const values = entries.filter(([, value]) => !isTable(value)).map(([key, value]) => `${key} = ${inline(value)}`);
  const tables = entries.filter(([, value]) => isTable(value)).map(([key, value]) => toml(value, [...path, key]));
  const header = path.length > 0 && values.length > 0 ? [`[${path.join('.')}]`] : [];
  return [[...header, ...values].join('\n'), ...tables].filter(Boolean).join('\n\n');
}

function inline(value) {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (isTable(value)) return `{ ${Object.entries(value).map(([key, item]) => `${key} = ${inline(item)}`).join(', ')} }`;
  return JSON.stringify(value);
}

function isTable(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
