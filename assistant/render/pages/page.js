"use strict";
const filters = document.querySelector(".filters");
const boxes = [...filters.querySelectorAll("input")];
const marked = [...document.querySelectorAll("[data-severity]")];
const findings = [...document.querySelectorAll(".findings li[data-severity]")];
const causes = [...document.querySelectorAll(".findings > li.cause")];
const status = document.querySelector(".status");

function wanted(kind) {
  return new Set(boxes.filter((box) => box.name === kind && box.checked).map((box) => box.value));
}

function show() {
  const severities = wanted("severity"), families = wanted("family"), decisions = wanted("decision");
  for (const place of marked) {
    const { severity, family, decision } = place.dataset;
    place.classList.toggle("off", !(severities.has(severity) && families.has(family) && decisions.has(decision)));
  }
  for (const cause of causes) cause.classList.toggle("off", !cause.querySelector("li:not(.off)"));
  const shown = findings.filter((finding) => !finding.classList.contains("off")).length;
  status.textContent = `显示 ${shown} 项，共 ${findings.length} 项`;
}

filters.hidden = false;
filters.addEventListener("change", show);
show();
