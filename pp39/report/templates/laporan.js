"use strict";
(() => {
  const byHash = hash => hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  const fold = text => text.toLocaleLowerCase("id").replace(/\s+/g, " ");
  const make = (tag, properties, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };

  // A calculation opens beside its figure, closes by Esc or a click elsewhere, and gives the focus back.
  const bar = document.getElementById("bilah");
  const cardOf = hash => byHash(hash)?.closest(".jejak");
  const show = (card, link) => {
    Object.assign(card, {popover: "auto", tabIndex: -1, role: "dialog", ariaLabel: card.querySelector("strong").textContent});
    card.append(bar);
    bar.querySelector(".bilah-jejak").hash = link.hash;
    card.addEventListener("toggle", function closed(event) {
      if (event.newState !== "closed") return;
      card.removeEventListener("toggle", closed);
      for (const name of ["popover", "tabindex", "role", "aria-label"]) card.removeAttribute(name);
      ([...document.querySelectorAll(".jejak:popover-open")].pop() ?? document.body).append(bar);
      if (document.activeElement === document.body) link.focus({preventScroll: true});
    });
    card.showPopover({source: link});
    card.focus({preventScroll: true});
  };
  document.addEventListener("click", event => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const open = link.closest(".jejak:popover-open");
    if (open && !link.matches(".bilah-jejak")) {
      if (link.matches(".bilah-tutup")) {
        event.preventDefault();
        open.hidePopover();
        return;
      }
      if (!cardOf(link.hash)) open.hidePopover();
    }
    const card = cardOf(link.hash);
    if (!card) return;
    if (link.matches(".bilah-jejak")) {
      open?.hidePopover();
      card.parentNode.querySelector(".saklar").open = true;
    } else if (card === open) {
      event.preventDefault();
    } else if (card.showPopover) {
      event.preventDefault();
      show(card, link);
    }
  });

  // What the address names is opened, also where the browser would not do so.
  const reveal = () => {
    const target = byHash(location.hash);
    let opened = false;
    document.querySelector(".jejak:popover-open")?.hidePopover();
    for (let one = target; one; one = one.parentElement) {
      const folded = one.matches("details") ? one : one.matches(".jejak") && one.parentNode.querySelector(".saklar");
      if (folded && !folded.open) opened = folded.open = true;
    }
    if (opened) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // The present place in the contents.
  const nav = document.getElementById("isi");
  const marks = [...nav.querySelectorAll(":scope > .isi a")].map(link => [byHash(link.hash), link]).filter(pair => pair[0]);
  let here = null;
  const mark = () => {
    let found = null;
    for (const [anchor, link] of marks) {
      const annex = anchor.closest("details");
      const whole = anchor.matches(".isi-lampiran");
      if (annex && !annex.open && !whole) continue;
      if ((whole ? annex : anchor).getBoundingClientRect().top > innerHeight / 4) break;
      found = link;
    }
    if (found === here) return;
    here?.removeAttribute("aria-current");
    found?.setAttribute("aria-current", "location");
    here = found;
    if (!found || getComputedStyle(nav).position !== "sticky") return;
    const place = found.getBoundingClientRect(), frame = nav.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) nav.scrollTop += place.top - frame.top - frame.height / 3;
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, {passive: true});
  mark();

  // Searching and choosing among many rows, or among all calculations.
  const filter = (place, named, unit, lists, apply) => {
    const words = make("input", {type: "search", autocomplete: "off"});
    const told = make("output");
    const selects = lists.filter(([, names]) => new Set(names).size > 1).map(([label, names]) => {
      const select = make("select", {}, make("option", {value: "", textContent: "Semua"}));
      select.append(...[...new Set(names)].map(name => make("option", {value: name, textContent: name})));
      return [label, select];
    });
    const fields = [["Cari kata", words], ...selects].map(([label, field]) => make("label", {}, `${label} `, field));
    const form = make("form", {className: "saring", role: "search", ariaLabel: `Saring ${named}`}, ...fields, told);
    const run = () => {
      const wanted = fold(words.value).split(" ").filter(Boolean);
      const chosen = Object.fromEntries(selects.map(([label, select]) => [label, select.value]));
      const [shown, all, left = {}] = apply(wanted, chosen);
      for (const [label, select] of selects) {
        for (const one of select.options) one.hidden = one.value !== "" && label in left && !left[label].has(one.value);
        if (select.selectedOptions[0].hidden) {
          select.value = "";
          return run();
        }
      }
      told.textContent = `${shown} dari ${all} ${unit}`;
    };
    form.addEventListener("input", run);
    form.addEventListener("submit", event => event.preventDefault());
    place.prepend(form);
    run();
  };

  for (const annex of document.querySelectorAll(".isi-lampiran")) {
    const rows = [...annex.querySelectorAll("tbody > tr:not(.kelompok)")];
    if (rows.length < 20 || annex.querySelector("[rowspan]")) continue;
    const title = one => one?.textContent.replace(/^Tabel \S+ (?:Temuan yang Bersebab )?/, "") ?? "";
    const [by, within] = annex.querySelector('tr[id^="temuan-"]') ? ["Tingkat", "Sebab"] : ["Tabel", "Kelompok"];
    const facts = rows.map(row => ({
      row,
      body: row.parentNode,
      table: row.closest(".tabel"),
      text: fold(row.textContent),
      [by]: title(row.closest("table").caption),
      [within]: title(row.parentNode.querySelector(".kelompok")),
    }));
    filter(annex, title(annex.parentNode.querySelector("h2")), "baris", [by, within].map(label => [label, facts.map(one => one[label])]), (wanted, chosen) => {
      const seen = new Set();
      for (const one of facts) {
        const fits = Object.entries(chosen).every(([name, value]) => !value || one[name] === value);
        one.row.hidden = !(fits && wanted.every(word => one.text.includes(word) || fold(one[within]).includes(word)));
        if (!one.row.hidden) seen.add(one.row).add(one.body).add(one.table);
      }
      for (const one of facts) for (const part of [one.body, one.table]) part.hidden = !seen.has(part);
      // Of the groups those of the table that is chosen are offered.
      const offered = facts.filter(one => !chosen[by] || one[by] === chosen[by]).map(one => one[within]);
      return [rows.filter(row => seen.has(row)).length, rows.length, {[within]: new Set(offered)}];
    });
  }

  const groups = [...document.querySelectorAll(".grup")];
  if (groups.length) {
    const cards = groups.map(group => [...group.querySelectorAll(".jejak")]);
    const texts = new Map();
    const place = groups[0].parentNode.insertBefore(make("div"), groups[0]);
    filter(place, "jejak perhitungan", "perhitungan", [], wanted => {
      let shown = 0;
      groups.forEach((group, number) => {
        let some = !wanted.length;
        for (const card of cards[number]) {
          if (wanted.length && !texts.has(card)) texts.set(card, fold(card.textContent));
          const fits = wanted.every(word => texts.get(card)?.includes(word));
          card.classList.toggle("cocok", fits && wanted.length > 0);
          some ||= fits;
          shown += fits;
        }
        group.hidden = !some;
      });
      return [shown, cards.flat().length];
    });
  }
})();
