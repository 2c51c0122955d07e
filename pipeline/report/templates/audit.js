"use strict";
(function () {
  var form = document.getElementById("filters");
  if (!form) return;
  var at = function (id) { return document.getElementById(id); };
  var rows = Array.from(document.querySelectorAll("article.row"));
  var pairs = Array.from(document.querySelectorAll("section.pair"));
  // Search works without tone marks, as people type numbers and names in a hurry.
  var fold = function (text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase(); };
  var folded = rows.map(function (row) { return fold(row.textContent); });
  var pairOf = rows.map(function (row) { return row.closest("section.pair").dataset.pair; });
  var names = ["pair", "section", "addressee", "search"];

  function verdicts() {
    return Array.from(form.querySelectorAll("input[name=verdict]:checked")).map(function (box) { return box.value; });
  }
  function apply() {
    var on = new Set(verdicts()), pair = at("pair").value, section = at("section").value, who = at("addressee").value;
    var wanted = fold(at("search").value).trim(), shown = 0, left = {};
    rows.forEach(function (row, i) {
      var fits = on.has(row.dataset.verdict) && (!at("waits").checked || row.dataset.waits === "1") && (!pair || pairOf[i] === pair) && (!section || row.dataset.section === section) &&
        (!who || row.dataset.addressees.split("\n").indexOf(who) >= 0) && (!wanted || folded[i].indexOf(wanted) >= 0);
      row.hidden = !fits;
      if (fits) { shown += 1; left[pairOf[i]] = true; }
    });
    pairs.forEach(function (part) { part.hidden = pair ? part.dataset.pair !== pair : !left[part.dataset.pair]; });
    at("none").hidden = shown > 0;
    at("shown").textContent = at("shown").dataset.text.replace("{shown}", shown).replace("{total}", rows.length);
  }
  function go(step) {
    var seen = rows.filter(function (row) { return !row.hidden; });
    var now = seen.indexOf(document.activeElement && document.activeElement.closest ? document.activeElement.closest("article.row") : null);
    var next = seen[Math.max(0, Math.min(seen.length - 1, now + step))];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "start" }); }
  }
  function openAll(open) {
    document.querySelectorAll("article details").forEach(function (part) { part.open = open; });
  }
  form.addEventListener("input", function (event) {
    if (event.target.id === "diff") document.body.classList.toggle("plain", !event.target.checked);
    else if (event.target.id === "open") openAll(event.target.checked);
    else apply();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  at("reset").addEventListener("click", function () {
    names.forEach(function (name) { at(name).value = ""; });
    at("waits").checked = false;
    form.querySelectorAll("input[name=verdict]").forEach(function (box) { box.checked = true; });
    apply();
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "/") { event.preventDefault(); at("search").focus(); }
    else if (event.key === "Enter" && event.target.matches("article.row")) {
      var part = event.target.querySelector("details");
      if (part) part.open = !part.open;
    }
  });
  apply();
})();
