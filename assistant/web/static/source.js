// What a citation leads to is lit: a cell, a passage, a sentence.

export function lightUp(root, quoted = "") {
  const source = root.querySelector(".source");
  if (!source) return;
  const { metric, passage } = source.dataset;
  const bare = (text) => text.replace(/\s+/g, "");
  const metrics = (metric ?? "").split(" ");
  let found = [...source.querySelectorAll("td[data-metric]")].filter((cell) => metrics.includes(cell.dataset.metric));
  if (!found.length && passage) found = [source.querySelector(`#passage-${passage} p`)].filter(Boolean);
  if (!found.length && quoted) found = [...source.querySelectorAll("p")].filter((line) => bare(line.textContent).includes(bare(quoted)));
  for (const each of found) each.classList.add("lit");
  found[0]?.scrollIntoView({ block: "center" });
}

if (document.querySelector("main > .source")) lightUp(document, decodeURIComponent(location.hash.slice(1)));
