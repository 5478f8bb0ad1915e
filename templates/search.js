(function () {
  "use strict";
  var form = document.getElementById("search");
  if (!form || !window.MiniSearch || !window.fetch) return;
  var fields = { words: document.getElementById("words"), year: document.getElementById("year"), outcome: document.getElementById("outcome"), section: document.getElementById("section") };
  var found = document.getElementById("found"), results = document.getElementById("results"), more = document.getElementById("more");
  var files = {}, base = null, shared = null, engine = null, loadedBeginnings = [], turn = 0, hits = [], shown = 0, page = 10;

  function file(name) {
    if (!files[name]) {
      files[name] = fetch("find/" + name + ".json", { credentials: "omit", referrerPolicy: "no-referrer" }).then(function (answer) {
        if (!answer.ok) throw new Error(name);
        return answer.json();
      });
      files[name].catch(function () { delete files[name]; });
    }
    return files[name];
  }

  function wordsOf(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").split(/[^\p{L}\p{N}]+/u).filter(function (word) { return Array.from(word).length > 1; });
  }

  function beginningOf(word) { return /^[a-z0-9]{2}/.test(word) ? word.slice(0, 2) : "other"; }

  function average(lengths) { return lengths.reduce(function (sum, length) { return sum + length; }, 0) / Math.max(1, lengths.length); }

  // What every engine shares: made once, however many words are looked for.
  function documents() {
    if (shared) return shared;
    var documentIds = {}, fieldLength = {};
    for (var i = 0; i < base.count; i += 1) {
      documentIds[i] = i;
      fieldLength[i] = [base.titleLength[i], base.textLength[i]];
    }
    shared = { ids: documentIds, lengths: fieldLength, averages: [average(base.titleLength), average(base.textLength)] };
    return shared;
  }

  function engineOf(index) {
    var all = documents();
    return MiniSearch.loadJS({
      documentCount: base.count, nextId: base.count, documentIds: all.ids, fieldIds: { title: 0, text: 1 }, fieldLength: all.lengths,
      averageFieldLength: all.averages, storedFields: {}, dirtCount: 0, index: index, serializationVersion: 2
    }, { fields: ["title", "text"], tokenize: wordsOf, processTerm: function (word) { return word; } });
  }

  function built(beginnings, parts) {
    if (engine && beginnings.every(function (one) { return loadedBeginnings.indexOf(one) >= 0; })) return engine;
    engine = engineOf([].concat.apply([], parts));
    loadedBeginnings = beginnings;
    return engine;
  }

  // While nobody waits: the documents are read, and the browser has seen the way of a search before the first word is typed.
  function warm() {
    if (shared || typeof window.requestIdleCallback !== "function") return;
    file("entries").then(function (entries) {
      base = entries;
      window.requestIdleCallback(function () { for (var i = 0; i < 3; i += 1) engineOf([]).search("warming", { prefix: true, fuzzy: 0.2 }); });
    }).catch(function () {});
  }

  function passes(entry) {
    var section = base.section[entry];
    if (fields.year.value && String(base.year[entry]) !== fields.year.value) return false;
    if (fields.outcome.value && base.outcomes[base.outcome[entry]] !== fields.outcome.value) return false;
    if (!fields.section.value) return true;
    return (Array.isArray(section) ? section : [section]).some(function (place) { return base.sections[place] === fields.section.value; });
  }

  function everything() {
    var all = [];
    for (var i = 0; i < base.count; i += 1) if (passes(i)) all.push(i);
    return all;
  }

  function matching(words, parts, beginnings) {
    return built(beginnings, parts).search(words.join(" "), {
      combineWith: "AND", boost: { title: 3 }, prefix: true, fuzzy: function (word) { return word.length > 5 ? 0.2 : false; },
      filter: function (hit) { return passes(hit.id); }
    }).map(function (hit) { return hit.id; });
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function lineOf(entry) {
    var line = element("li"), heading = element("h3"), link = element("a", "", entry[1]), about = element("p", "about");
    link.href = entry[0];
    heading.append(link);
    line.append(heading);
    if (entry[2]) line.append(element("p", "", entry[2]));
    about.append(element("span", "tag tag-" + entry[3], entry[4]), element("span", "", entry[5]), element("span", "", "Answered " + entry[6]));
    line.append(about);
    return line;
  }

  function show(mine, focus) {
    var next = hits.slice(shown, shown + page);
    return Promise.all(next.map(function (hit) { return file("block-" + Math.floor(hit / base.block)); })).then(function (blocks) {
      if (mine !== turn) return;
      var lines = blocks.map(function (block, i) { return lineOf(block[next[i] % base.block]); });
      results.append.apply(results, lines);
      shown += lines.length;
      more.parentElement.style.display = shown < hits.length ? "" : "none";
      if (focus && lines.length) lines[0].querySelector("a").focus();
    });
  }

  function say(text) { found.textContent = text; }

  function search() {
    var mine = turn += 1, words = wordsOf(fields.words.value);
    if (words.length === 0 && !fields.year.value && !fields.outcome.value && !fields.section.value) {
      results.textContent = "";
      more.parentElement.style.display = "none";
      return Promise.resolve(say(""));
    }
    return file("entries").then(function (entries) {
      base = entries;
      var beginnings = words.map(beginningOf).filter(function (one, i, all) { return all.indexOf(one) === i; });
      var known = beginnings.filter(function (one) { return base.beginnings.indexOf(one) >= 0; });
      return Promise.all(known.map(function (one) { return file("words-" + one); })).then(function (parts) {
        if (mine !== turn) return undefined;
        var begun = performance.now();
        hits = words.length === 0 ? everything() : known.length < beginnings.length ? [] : matching(words, parts, known);
        window.candourSearchTook = performance.now() - begun;
        shown = 0;
        results.textContent = "";
        say(hits.length === 0 ? "No answer found. Fewer or other words may help." : hits.length === 1 ? "1 answer found" : hits.length + " answers found");
        return show(mine, false);
      });
    }).catch(function () {
      if (mine === turn) say("The search could not be loaded. The lists below lead to every answer.");
    });
  }

  function remember() {
    var query = new URLSearchParams(new FormData(form));
    window.history.replaceState(null, "", "search.html?" + query.toString());
  }

  var waiting = 0;
  function soon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(search, 120);
  }

  var asked = new URLSearchParams(window.location.search);
  fields.words.value = asked.get("q") || "";
  ["year", "outcome", "section"].forEach(function (name) {
    fields[name].value = asked.get(name) || "";
    if (fields[name].selectedIndex < 0) fields[name].value = "";
    fields[name].addEventListener("change", function () { remember(); search(); });
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); remember(); search(); });
  fields.words.addEventListener("input", soon);
  fields.words.addEventListener("focus", warm);
  more.addEventListener("click", function () { show(turn, true); });
  more.parentElement.style.display = "none";
  search();
})();
