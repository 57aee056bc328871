
(() => {
  const tables = [...document.querySelectorAll(".urut table")];
  const key = (row, column) => {
    const cell = row.cells[column];
    if ("nilai" in cell.dataset) return Number(cell.dataset.nilai);
    const text = cell.textContent.trim();
    return text === "–" ? "" : text;
  };
  // What has no value comes last, whichever way the others are sorted.
  const compare = (a, b, sign) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b), "id", {numeric: true});
  };
  for (const table of tables) {
    const heads = [...table.tHead.rows[0].cells];
    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        heads.forEach(one => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
        const keyed = [...table.tBodies[0].rows].map(row => [key(row, head.cellIndex), row]);
        keyed.sort((a, b) => compare(a[0], b[0], sign));
        table.tBodies[0].append(...keyed.map(one => one[1]));
      });
    }
  }

  // One set of filters for all tables of units: that which lists them has the facts of every row.
  const first = document.querySelector("#tabel-satuan-kerja table");
  if (!first) return;
  const fold = text => text.toLocaleLowerCase("id").replace(/\s+/g, " ");
  const facts = new Map();
  const choices = [...first.tHead.rows[0].cells].filter(head => "pilih" in head.dataset);
  for (const row of first.tBodies[0].rows) {
    facts.set(row.dataset.baris, {text: fold(row.textContent), chosen: choices.map(head => row.cells[head.cellIndex].textContent.trim())});
  }
  const form = document.createElement("form");
  form.className = "saring";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Saring satuan kerja");
  const field = (label, input) => {
    const made = document.createElement("label");
    made.append(`${label} `, input);
    form.append(made);
    return input;
  };
  const words = field("Cari satuan kerja", Object.assign(document.createElement("input"), {type: "search", autocomplete: "off"}));
  const selects = choices.map((head, number) => {
    const select = document.createElement("select");
    const names = [...new Set([...facts.values()].map(one => one.chosen[number]))].sort((a, b) => a.localeCompare(b, "id"));
    select.append(new Option("Semua", ""), ...names.map(name => new Option(name, name)));
    return field(head.textContent.trim(), select);
  });
  const told = document.createElement("output");
  form.append(told);
  const run = () => {
    const wanted = fold(words.value).split(" ").filter(Boolean);
    const shown = new Set();
    for (const [name, one] of facts) {
      const fits = selects.every((select, number) => !select.value || select.value === one.chosen[number]);
      if (fits && wanted.every(word => one.text.includes(word))) shown.add(name);
    }
    for (const table of tables) for (const row of table.tBodies[0].rows) row.hidden = facts.has(row.dataset.baris) && !shown.has(row.dataset.baris);
    told.textContent = `${shown.size} dari ${facts.size} satuan kerja`;
  };
  form.addEventListener("input", run);
  form.addEventListener("submit", event => event.preventDefault());
  first.closest(".urut").before(form);
  run();
})();
