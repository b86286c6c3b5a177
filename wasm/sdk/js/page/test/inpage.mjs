// Functions that run in the page, and measure what is drawn there.

/** Text and edges whose contrast is less than WCAG 2.2 AA asks for. */
export function weakContrasts() {
  const rgba = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((c, i) => c * a + under[i] * (1 - a));
  const luminance = (rgb) => rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
  const ground = (node) => {
    const layers = [];
    for (let n = node; n; n = n.parentElement) layers.push(rgba(getComputedStyle(n).backgroundColor));
    return layers.reverse().reduce((under, layer) => over(layer, under), matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255]);
  };
  const shown = (node) => node.checkVisibility() && !node.closest(".unseen") && node.getClientRects().length > 0;
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let count = 0;
  for (let t; (t = walker.nextNode()); ) {
    const node = t.parentElement;
    if (!t.data.trim() || !shown(node) || node.closest(":disabled") || node.closest("option")) continue;
    const style = getComputedStyle(node);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const have = ratio(over(rgba(style.color), ground(node)), ground(node));
    count++;
    if (have < (large ? 3 : 4.5)) weak.push(`${have.toFixed(2)} "${t.data.trim().slice(0, 40)}" (${node.className || node.tagName})`);
  }
  for (const node of document.querySelectorAll("button, select, input[type=text], textarea")) {
    if (!shown(node) || node.disabled || node.matches(".action, .quiet")) continue;
    const style = getComputedStyle(node);
    const have = Math.max(ratio(rgba(style.borderTopColor).slice(0, 3), ground(node.parentElement)), ratio(ground(node), ground(node.parentElement)));
    if (have < 3) weak.push(`${have.toFixed(2)} edge of ${node.id || node.textContent}`);
  }
  return { weak, count };
}

/** Targets that are smaller than 24 by 24 CSS pixels. */
export function smallTargets() {
  return [...document.querySelectorAll("a, button, select, input, textarea, label.choice")].filter((node) => {
    if (!node.checkVisibility() || node.matches(".skip") || node.closest("label.choice") && node.matches("input")) return false;
    const { width, height } = node.getBoundingClientRect();
    return width < 24 || height < 24;
  }).map((node) => node.id || node.textContent);
}

/** What is wider than the window, other than what scrolls by itself. */
export function tooWide() {
  const width = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("body *")].filter((node) => node.checkVisibility() && !node.closest("pre, .unseen, option") && node.getBoundingClientRect().right > width + 1);
  return [document.documentElement.scrollWidth > width ? `the page: ${document.documentElement.scrollWidth} of ${width}` : [], wide.map((node) => `${node.tagName} ${node.className || node.id}`)].flat();
}

/** Whether what has the focus shows it, by an outline that can be told from what is around it. */
export function focusSeen() {
  const node = document.activeElement;
  const ring = node.matches(":focus-visible") ? getComputedStyle(node) : undefined;
  const seen = ring && ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2;
  const box = node.getBoundingClientRect();
  return { name: node.id || node.className || node.textContent.slice(0, 30) || node.tagName, last: node === document.body, seen: Boolean(seen), inView: box.bottom > 0 && box.top < innerHeight };
}
