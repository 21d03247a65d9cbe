// 眼睛: what a person would find fault with on a page as it stands: `eyes()` gives sentences, none for a sound page.
(() => {
  "use strict";
  const SMALLEST = 23.5; // a finger's target, in px (WCAG 2.5.8, less what rounding takes)
  const canvas = document.createElement("canvas").getContext("2d");

  const name = (element) => {
    const classes = typeof element.className === "string" ? element.className.trim().replace(/\s+/g, ".") : "";
    const words = (element.innerText || element.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.tagName.toLowerCase()}${classes && "." + classes} ${words}>`;
  };
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const box = ({ left, right, top, bottom }) => ({ left, right, top, bottom });
  const small = (rect) => rect.right - rect.left <= 1 || rect.bottom - rect.top <= 1;
  const within = (rect, other) => ({
    left: Math.max(rect.left, other.left), right: Math.min(rect.right, other.right),
    top: Math.max(rect.top, other.top), bottom: Math.min(rect.bottom, other.bottom),
  });

  /** What of the box is not cut away by the elements around it. */
  const uncut = (rect, element) => {
    let left = rect;
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.overflowX !== "visible" || style.clip !== "auto") left = within(left, around.getBoundingClientRect());
      if (style.position === "fixed") break;
    }
    return left;
  };
  /** The fixed layer in which the element lies: a bottom bar lies over the page on purpose. */
  const layer = (element) => {
    for (let around = element; around; around = around.parentElement)
      if (getComputedStyle(around).position === "fixed") return around;
    return null;
  };

  /** Where a field has its words; a sign may stand in its margin. */
  const writable = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect(), style = getComputedStyle(element);
    return { left: left + parseFloat(style.paddingLeft), right: right - parseFloat(style.paddingRight), top, bottom };
  };

  /** Every line of words that can be seen, and every field, with its box. */
  const things = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("option, script, style, .skip") || !seen(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) found.push({ node, element, whole: box(rect) });
    }
    for (const element of document.querySelectorAll("input:not([type=hidden]), select, textarea, img, .state-shape"))
      if (seen(element)) found.push({ node: element, element, whole: writable(element) });
    for (const thing of found) {
      thing.rect = uncut(thing.whole, thing.element);
      thing.layer = layer(thing.element);
    }
    return found.filter((thing) => !small(thing.rect));
  };

  /** Two lie over each other where they share more than a hair: lines of a paragraph stand close on purpose. */
  const overlap = (a, b) => {
    const shared = within(a.rect, b.rect);
    const lower = Math.min(a.rect.bottom - a.rect.top, b.rect.bottom - b.rect.top);
    return shared.right - shared.left > 2 && shared.bottom - shared.top > lower * 0.4;
  };
  const overlaps = (all) => {
    const found = [], sorted = [...all].sort((a, b) => a.rect.top - b.rect.top);
    sorted.forEach((a, place) => {
      for (const b of sorted.slice(place + 1)) {
        if (b.rect.top >= a.rect.bottom) break;
        if (a.node === b.node || a.layer !== b.layer || a.node.contains(b.node) || b.node.contains(a.node)) continue;
        if (overlap(a, b)) found.push(`overlap: ${name(a.element)} and ${name(b.element)}`);
      }
    });
    return found;
  };

  /** Words that reach out of the sheet on which they stand. */
  const outside = (all) => all.flatMap(({ element, rect }) => {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      const sheet = style.borderRightWidth !== "0px" || style.backgroundColor !== "rgba(0, 0, 0, 0)";
      if (!sheet || style.display === "inline") continue;
      const edge = around.getBoundingClientRect();
      return rect.right > edge.right + 1 || rect.left < edge.left - 1 ? [`sticks out: ${name(element)} of ${name(around)}`] : [];
    }
    return [];
  });

  const width = (words, style) => {
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return canvas.measureText(words).width;
  };
  const cut = () => [...document.querySelectorAll("body *")].flatMap((element) => {
    if (!seen(element) || element.clientWidth <= 1) return [];
    const style = getComputedStyle(element);
    // A narrow field shows the beginning of what is chosen, with an ellipsis; opened, it shows the whole.
    if (element.matches("select") && style.textOverflow === "ellipsis") return [];
    if (element.matches("select, input[placeholder]")) {
      const chosen = element.matches("select") && element.selectedOptions[0];
      const words = chosen ? chosen.text : element.value ? "" : element.placeholder || "";
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return width(words, style) > room + 1 ? [`cut: ${name(element)}: ${words}`] : [];
    }
    const hides = /hidden|clip/.test(style.overflowX), hidesBelow = /hidden|clip/.test(style.overflowY);
    const cutAside = hides && element.scrollWidth > element.clientWidth + 1;
    const cutBelow = hidesBelow && element.scrollHeight > element.clientHeight + 1;
    const told = style.textOverflow === "ellipsis" && element.title;
    return (cutAside || cutBelow) && element.innerText?.trim() && !told ? [`cut: ${name(element)}`] : [];
  });

  /** Words pressed so narrow that their signs stand one below the other. */
  const upright = (all) => {
    const lines = new Map();
    for (const { node, element, whole } of all)
      if (node.nodeType === Node.TEXT_NODE) lines.set(node, [...(lines.get(node) || []), [element, whole.right - whole.left]]);
    return [...lines.values()].flatMap((each) => {
      const [[element]] = each, most = 1.6 * parseFloat(getComputedStyle(element).fontSize);
      return each.length > 2 && each.every(([, wide]) => wide < most) ? [`upright: ${name(element)}`] : [];
    });
  };

  const targets = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].flatMap((element) => {
    // A link within a sentence is as high as the sentence; whoever may not press it needs no room.
    if (!seen(element) || element.disabled || element.closest(".skip") || getComputedStyle(element).display === "inline") return [];
    const rects = [element, ...(element.labels || [])].map((part) => part.getBoundingClientRect()).filter((rect) => !small(rect));
    if (!rects.length) return [];
    const wide = Math.max(...rects.map((rect) => rect.right)) - Math.min(...rects.map((rect) => rect.left));
    const high = Math.max(...rects.map((rect) => rect.bottom)) - Math.min(...rects.map((rect) => rect.top));
    return wide < SMALLEST || high < SMALLEST ? [`small target ${Math.round(wide)}×${Math.round(high)}: ${name(element)}`] : [];
  });

  window.eyes = () => {
    const root = document.documentElement, all = things();
    const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
    return [...new Set([...wide, ...overlaps(all), ...outside(all), ...upright(all), ...cut(), ...targets()])];
  };
})();
