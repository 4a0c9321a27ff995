// What is wrong with the letters of a page. Runs inside the page, and so holds everything it needs.

/** Texts that are clipped, leave their box or the page, or lie upon each other. */
export function misplaced() {
  const wrong = [];
  const root = document.documentElement;
  const shown = text => text.trim().slice(0, 40);
  if (root.scrollWidth > root.clientWidth) wrong.push(`the page is ${root.scrollWidth} wide, of ${root.clientWidth}`);
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('title, desc')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(rect => rect.width > 0 && rect.height > 0);
    if (rects.length === 0) {
      if (!parent.closest('.wide, .narrow, aside')) wrong.push(`not shown: ${shown(node.data)}`);
      continue;
    }
    const frame = parent.closest('svg, td, th, dd, dt, p, h1, h2, h3, li, figcaption') ?? parent;
    const outer = frame.getBoundingClientRect();
    for (const rect of rects) {
      const inside = rect.left >= outer.left - 1 && rect.right <= outer.right + 1 && rect.top >= outer.top - 3 && rect.bottom <= outer.bottom + 3;
      if (!inside) wrong.push(`outside its ${frame.tagName}: ${shown(node.data)}`);
      if (rect.left < 0 || rect.right > root.clientWidth) wrong.push(`outside the page: ${shown(node.data)}`);
      boxes.push({ rect, node });
    }
    if (!(parent instanceof SVGElement) && parent.clientWidth > 0 && parent.scrollWidth > parent.clientWidth + 1) {
      wrong.push(`clipped: ${shown(node.data)}`);
    }
  }
  for (const sign of document.querySelectorAll('svg g, svg circle.dot, svg circle.ahead')) {
    const rect = sign.getBoundingClientRect();
    if (rect.width > 0) boxes.push({ rect, node: { data: `a sign of ${sign.closest('svg').querySelector('title')?.textContent}` } });
  }
  for (const [index, one] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) {
      if (one.node === other.node) continue;
      const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
      // The boxes of neighbouring lines touch; letters that lie upon each other share half a line.
      if (across > 1 && down > 6) wrong.push(`upon each other: ${shown(one.node.data)} and ${shown(other.node.data)}`);
    }
  }
  return wrong;
}

/** Whatever could run, load or send, and whatever is not of the page's own making. */
export function active() {
  const own = new Set(
    'html head meta title style body header main footer section p h1 h2 h3 strong small code time dl dt dd div figure figcaption a table thead tbody tr th td svg desc path circle rect g text aside ul li'.split(' '),
  );
  const found = [];
  for (const element of document.querySelectorAll('*')) {
    if (!own.has(element.localName)) found.push(`<${element.localName}>`);
    for (const { name, value } of element.attributes) {
      if (/^on|^(style|src|srcset|action|formaction|background|data|xlink:href)$/i.test(name)) found.push(`${name}="${value}"`);
      if (name === 'href' && !/^(#[gs]\d+|https?:\/\/[^\s<>"]+)$/.test(value)) found.push(`href="${value}"`);
      if (name === 'href' && value.startsWith('#') && !document.getElementById(value.slice(1))) found.push(`${value} leads nowhere`);
    }
  }
  return found;
}

/** Headings by level and name, in the order in which a reader meets them. */
export function outline() {
  return [...document.querySelectorAll('h1, h2')].map(heading => heading.id || heading.localName);
}
