/* dbdoc behaviour. Loaded in <head> without defer, so the theme is set before the first paint.
   Everything here is an addition: pages read and navigate without it. */
(function () {
  "use strict";
  var D = document, H = D.documentElement, root = D.currentScript && D.currentScript.dataset.root || "";
  H.classList.add("js");
  function store(k, v) {
    try {
      if (v === undefined) return localStorage.getItem(k);
      localStorage.setItem(k, v);
    } catch (e) { return null; }
  }
  var saved = store("dbdoc-theme");
  if (saved === "dark" || saved === "light") H.dataset.theme = saved;

  function $(s, r) { return (r || D).querySelector(s); }
  function $$(s, r) { return Array.from((r || D).querySelectorAll(s)); }
  function on(n, types, f, o) { types.split(" ").forEach(function (t) { n.addEventListener(t, f, o); }); }
  function el(tag, attrs, kids) {
    var n = D.createElement(tag);
    for (var k in attrs) n.setAttribute(k, attrs[k]);
    n.append.apply(n, kids || []);
    return n;
  }
  function say(t) { var l = $("#live"); l.textContent = ""; setTimeout(function () { l.textContent = t; }, 30); }

  on(D, "DOMContentLoaded", function () {
    theme(); drawer(); copy(); toc(); filters(); checks(); $$("svg.er").forEach(relations); $$(".map").forEach(panZoom); search();
    $$(".scroll").forEach(function (s) { if (s.scrollWidth > s.clientWidth) s.tabIndex = 0; });
    $$("[data-print]").forEach(function (b) { on(b, "click", function () { print(); }); });
  });

  function theme() {
    var b = $("[data-theme-toggle]");
    function dark() { return H.dataset.theme ? H.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches; }
    function label() { b.setAttribute("aria-label", dark() ? "Use the light theme" : "Use the dark theme"); }
    label();
    on(b, "click", function () { store("dbdoc-theme", H.dataset.theme = dark() ? "light" : "dark"); label(); });
  }

  /* Without a script the drawer opens through :target. */
  function drawer() {
    var open = $(".menu-btn"), nav = $("#nav");
    if (!nav) return;
    var close = $(".nav-close", nav), cur = $(".tree [aria-current]", nav);
    function set(v) { nav.classList.toggle("open", v); open.setAttribute("aria-expanded", v); (v ? close : open).focus(); }
    function isOpen() { return nav.classList.contains("open"); }
    open.setAttribute("role", "button"); open.setAttribute("aria-expanded", false);
    on(open, "click", function (e) { e.preventDefault(); set(true); });
    on(close, "click", function (e) { e.preventDefault(); set(false); });
    on(nav, "keydown", function (e) { if (e.key === "Escape" && isOpen()) set(false); });
    on(D, "click", function (e) { if (isOpen() && !nav.contains(e.target) && !open.contains(e.target)) set(false); });
    if (cur && cur.offsetTop > nav.clientHeight) nav.scrollTop = cur.offsetTop - nav.clientHeight / 2;
  }

  function copy() {
    $$(".copy").forEach(function (b) {
      var pre = $("pre", b.closest(".code")), word = $("span", b);
      function done() {
        b.classList.add("done"); word.textContent = "Copied"; say("Copied");
        setTimeout(function () { b.classList.remove("done"); word.textContent = "Copy"; }, 1600);
      }
      function old() { getSelection().selectAllChildren(pre); if (D.execCommand("copy")) done(); }
      on(b, "click", function () {
        if (navigator.clipboard) navigator.clipboard.writeText(pre.textContent).then(done, old); else old();
      });
    });
  }

  /* Marks what is being read. */
  function toc() {
    var seen = {}, links = $$(".toc a");
    var io = new IntersectionObserver(function (es) {
      es.forEach(function (e) { seen[e.target.id] = e.isIntersecting; });
      var first = links.find(function (a) { return seen[a.hash.slice(1)]; });
      if (first) links.forEach(function (a) { a.classList.toggle("on", a === first); });
    }, { rootMargin: "-70px 0px -55% 0px" });
    links.forEach(function (a) { var s = $(a.hash); if (s) io.observe(s); });
  }

  function filters() {
    $$("[data-filter]").forEach(function (form) {
      var table = D.getElementById(form.dataset.filter), rows = $$("[data-row]", table);
      function run() {
        var words = $("[type=search]", form).value.toLowerCase().split(/\s+/), n = 0;
        var tags = $$("select, :checked", form).map(function (s) { return s.value; });
        function has(t) { return words.every(function (w) { return t.includes(w); }); }
        rows.forEach(function (r) {
          var t = r.dataset.row, ok = has(t) && tags.every(function (s) { return !s || (" " + t + " ").includes(" " + s + " "); });
          r.hidden = !ok; n += ok;
        });
        /* A group may have no rows: then its own words count. */
        $$("[data-group]", table).forEach(function (g) { g.hidden = !$("[data-row]:not([hidden])", g) && (tags.some(Boolean) || !has(g.textContent.toLowerCase())); });
        $("output", form).textContent = n + " of " + rows.length;
      }
      on(form, "input", run); on(form, "submit", function (e) { e.preventDefault(); });
      run();
    });
  }

  /* Ticks stay on this computer. */
  function checks() {
    var boxes = $$(".check input"), key = "dbdoc-check:" + location.pathname, had = (store(key) || "").split(",");
    if (!boxes.length) return;
    function ticked() { return boxes.filter(function (b) { return b.checked; }); }
    function draw() {
      var n = ticked().length;
      $(".progress output").textContent = n + " of " + boxes.length + " done";
      $(".progress .v").setAttribute("width", 100 * n / boxes.length + "%");
    }
    boxes.forEach(function (b) {
      b.checked = had.includes(b.id);
      on(b, "change", function () { store(key, ticked().map(function (x) { return x.id; }).join()); draw(); });
    });
    on($("[data-reset]"), "click", function () { boxes.forEach(function (b) { b.checked = false; }); store(key, ""); draw(); say("All ticks removed"); });
    draw();
  }

  /* Diagrams: light up the relations of the table under the pointer or the focus. */
  function relations(svg) {
    var tables = $$(".er-t", svg), wrap = svg.closest(".er-wrap"), f = $(".er-focus", svg);
    function light(id) {
      svg.classList.toggle("hot", !!id);
      $$(".hit", svg).forEach(function (n) { n.classList.remove("hit"); });
      if (!id) return;
      var near = [id];
      $$(".er-e", svg).forEach(function (e) {
        var a = e.dataset.a, b = e.dataset.b;
        if (a !== id && b !== id) return;
        e.classList.add("hit"); near.push(a, b);
        $$('[data-t="' + a + '"] [data-c="' + e.dataset.ac + '"]', svg).forEach(function (r) { r.classList.add("hit"); });
      });
      tables.forEach(function (t) { if (near.includes(t.dataset.t)) t.classList.add("hit"); });
    }
    tables.forEach(function (t) {
      on(t, "pointerenter", function () { light(t.dataset.t); });
      on(t, "pointerleave", function () { light(); });
    });
    /* Not on the tables: what listens for the focus can get it. */
    on(svg.parentNode, "focusin focusout", function (e) {
      var t = e.type === "focusin" && e.target.closest(".er-t");
      light(t ? t.dataset.t : "");
    });
    if (f && wrap.scrollWidth > wrap.clientWidth) wrap.scrollLeft = f.getBBox().x + f.getBBox().width / 2 - wrap.clientWidth / 2;
  }

  function panZoom(map) {
    var views = $$("svg.er", map).map(function (s) { var v = s.viewBox.baseVal; return { s: s, W: v.width, H: v.height }; });
    var p = {}, moved = 0;
    function cur() { return views.find(function (v) { return v.s.getClientRects().length; }) || views[0]; }
    function put(v) { if (!map.clientWidth) return; v.h = v.w * map.clientHeight / map.clientWidth; v.s.setAttribute("viewBox", [v.x, v.y, v.w, v.h].join(" ")); }
    function fit(v) {
      var r = (map.clientHeight || 1) / (map.clientWidth || 1);
      v.f = v.w = Math.max(v.W, v.H / r, map.clientWidth / 1.3); v.x = (v.W - v.w) / 2; v.y = (v.H - v.w * r) / 2; put(v);
    }
    function zoom(k, cx, cy) {
      var v = cur(), w = Math.min(v.f * 2, Math.max(v.f / 8, v.w * k)), d = v.w - w;
      v.x += d * cx; v.y += d * cy * v.h / v.w; v.w = w; put(v);
    }
    function move(dx, dy) { var v = cur(), k = v.w / map.clientWidth; v.x -= dx * k; v.y -= dy * k; put(v); }
    views.forEach(function (v) {
      fit(v);
      if (map.clientWidth / v.w < .5) { v.w = map.clientWidth / .62; v.x = (v.W - v.w) * .4; v.y = -12; put(v); }
    });
    on(window, "resize", function () { views.forEach(put); });
    on(window, "beforeprint", function () { views.forEach(fit); });
    on(map, "wheel", function (e) {
      if (!e.ctrlKey && !e.metaKey) return;
      var b = map.getBoundingClientRect();
      e.preventDefault(); zoom(Math.exp(e.deltaY / 400), (e.clientX - b.left) / b.width, (e.clientY - b.top) / b.height);
    }, { passive: false });
    on(map, "pointerdown", function (e) { if (!e.target.closest("button")) { p[e.pointerId] = e; moved = 0; } });
    on(map, "pointermove", function (e) {
      var o = p[e.pointerId], other = Object.keys(p).find(function (i) { return i != e.pointerId; });
      if (!o) return;
      var dx = e.clientX - o.clientX, dy = e.clientY - o.clientY;
      if (other) { var q = p[other]; zoom(Math.hypot(o.clientX - q.clientX, o.clientY - q.clientY) / Math.max(20, Math.hypot(e.clientX - q.clientX, e.clientY - q.clientY)), .5, .5); }
      else move(dx, dy);
      moved += Math.abs(dx) + Math.abs(dy); p[e.pointerId] = e;
      if (moved > 6) { map.classList.add("drag"); map.setPointerCapture(e.pointerId); }
    });
    on(map, "pointerup pointercancel", function (e) { delete p[e.pointerId]; map.classList.remove("drag"); });
    on(map, "click", function (e) { if (moved > 6) { e.preventDefault(); e.stopPropagation(); } }, true);
    on(map, "dragstart", function (e) { e.preventDefault(); });
    function act(a) { if (a === "in") zoom(.8, .5, .5); else if (a === "out") zoom(1.25, .5, .5); else fit(cur()); }
    on(map, "keydown", function (e) {
      var k = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[e.key], z = { "+": "in", "=": "in", "-": "out", 0: "fit" }[e.key];
      if (k) { move(k[0], k[1]); e.preventDefault(); } else if (z) act(z);
    });
    $$("[data-zoom]", map).forEach(function (b) { on(b, "click", function () { act(b.dataset.zoom); }); });
  }

  /* Search. The index comes in scripts: these also load from file://. Each part is searched as
     one long text; rows are found by where they begin. */
  function search() {
    var dlg, inp, list, none, parts = [], count = 1, items = [], at = 0, back, most = 40, places = {};
    ",table view,schema,page map,migration,runbook decision query,function module,type,extension,sequence,index,finding,trigger,policy,constraint".split(",").forEach(function (kinds, n) {
      kinds.split(" ").forEach(function (k) { places[k] = n; });
    });
    if (!$("[data-search]")) return;
    function load(n) { D.head.append(el("script", { src: root + "assets/search-" + n + ".js" })); }
    window.dbdocIndex = function (n, of, rows) {
      var part = { rows: rows, begins: [], keys: [] }, place = 1;
      part.text = "\n" + rows.map(function (r) {
        var name = r[1].toLowerCase(), t = name + "\t" + r[0] + " " + r[2].toLowerCase() + "\n";
        part.begins.push(place); part.keys.push((places[r[0]] || 15) * 1e4 + name.length); place += t.length;
        return t;
      }).join("");
      part.begins.push(place);
      parts.push(part); count = of;
      if (n < of) load(n + 1);
      draw();
    };
    function build() {
      inp = el("input", { role: "combobox", "aria-expanded": true, "aria-controls": "pal-list", "aria-autocomplete": "list", "aria-label": "Search this database", placeholder: "Tables, columns, indexes, migrations…", autocomplete: "off", spellcheck: false });
      list = el("ul", { id: "pal-list", role: "listbox", "aria-label": "Results" });
      function hint(k, t) { return el("span", {}, [el("kbd", {}, [k]), t]); }
      none = el("p", { class: "empty", role: "status" });
      dlg = el("dialog", { class: "pal", "aria-label": "Search" }, [inp, list, none, el("div", { class: "pal-foot", "aria-hidden": true }, [hint("↑↓", "choose"), hint("↵", "open"), hint("esc", "close")])]);
      D.body.append(dlg);
      on(inp, "input", function () { at = 0; draw(); });
      on(inp, "keydown", function (e) {
        var d = { ArrowDown: 1, ArrowUp: -1 }[e.key], n = items.length;
        if (d && n) { e.preventDefault(); at = (at + d + n) % n; mark(); list.children[at].scrollIntoView({ block: "nearest" }); }
        else if (e.key === "Enter" && items[at]) { e.preventDefault(); go(items[at], e); }
      });
      on(dlg, "click", function (e) { if (e.target === dlg) dlg.close(); });
      on(dlg, "close", function () { back.focus(); });
    }
    function go(it, e) { dlg.close(); if (e.metaKey || e.ctrlKey) open(root + it[3]); else location.href = root + it[3]; }
    function show() {
      if (!dlg) { build(); load(1); }
      if (dlg.open) return;
      back = D.activeElement; inp.value = ""; at = 0; dlg.showModal(); draw();
    }
    /* Rows with the last word of the query, and the others there or in their address; behind a sign,
       names that begin so. */
    function find(part, q, words, keep, sign) {
      var text = part.text, begins = part.begins, one = !words[1] || text.includes(q);
      var needle = sign + (one ? q : words.slice(-1)), row = 0, i = text.indexOf(needle), k, next, kind;
      /* 0 whole name (or its last part), 1 its start, 2 start of a word, 3 inside, 4 in the note. */
      function hit() {
        var before = text[k - 1], left = begins[row] + part.keys[row] % 1e4 - k - q.length;
        if (left < 0) return 4;
        if (k === begins[row] || before === ".") return left ? 1 : 0;
        return before === "_" || before === " " ? 2 : 3;
      }
      for (; i >= 0; i = !sign && k >= next ? k : text.indexOf(needle, next - 1)) {
        while (begins[row + 1] <= i + sign.length) row++;
        next = begins[row + 1]; kind = 4;
        for (k = i + sign.length; one && k >= 0 && k < next && kind > 1; k = text.indexOf(q, k + 1)) kind = Math.min(kind, hit());
        if (!sign || (kind < 2 && (sign < "." || !text.startsWith(q, begins[row])))) keep(part, row, kind);
      }
    }
    function found(q) {
      var top = [], words = q.split(/[\s.]+/).filter(Boolean);
      function keep(part, n, kind) {
        var i = top.length, key = kind * 1e6 + part.keys[n], row = part.rows[n];
        if ((i === most && key >= top[i - 1][0]) || words.some(function (w) { return !(part.text.slice(part.begins[n], part.begins[n + 1]) + row[3]).includes(w); })) return;
        while (i && top[i - 1][0] > key) i--;
        top.splice(i, 0, [key, row]); top.splice(most);
      }
      /* Of a letter or two, names that begin so come first, and are enough. */
      (q && !q[2] ? ["\n", ".", ""] : [""]).some(function (sign) {
        if (!sign) top = [];
        parts.forEach(function (p) {
          if (q) find(p, q, words, keep, sign);
          else p.rows.forEach(function (r, n) { if (/page|schema/.test(r[0])) keep(p, n, n / 1e6); });
        });
        return sign === "." && top[most - 1];
      });
      return top.map(function (t) { return t[1]; });
    }
    function draw() {
      if (!list) return;
      var q = inp.value.trim().toLowerCase().replace(/"/g, "");
      items = found(q);
      list.scrollTop = 0;
      list.replaceChildren.apply(list, items.map(function (it, i) {
        var n = it[1], p = q ? n.toLowerCase().indexOf(q) : -1;
        var w = el("span", { class: "w" }, p < 0 ? [n] : [n.slice(0, p), el("mark", {}, [n.slice(p, p + q.length)]), n.slice(p + q.length)]);
        var li = el("li", { role: "option", id: "pal-" + i }, [el("span", { class: "kd" }, [it[0]]), w, el("span", { class: "x" }, [it[2]])]);
        on(li, "click", function (e) { go(it, e); });
        on(li, "pointermove", function () { if (at !== i) { at = i; mark(); } });
        return li;
      }));
      var any = items.length > 0;
      inp.setAttribute("aria-expanded", any);
      list.hidden = !any;
      none.hidden = any;
      none.textContent = any ? "" : parts.length === count ? "Nothing is called “" + inp.value.trim() + "”." : "Loading…";
      mark();
    }
    function mark() {
      inp.removeAttribute("aria-activedescendant");
      $$("li", list).forEach(function (li, i) {
        li.setAttribute("aria-selected", i === at);
        if (i === at) inp.setAttribute("aria-activedescendant", li.id);
      });
    }
    $$("[data-search]").forEach(function (b) { on(b, "click", function (e) { e.preventDefault(); show(); }); });
    on(D, "keydown", function (e) {
      var typing = e.target.matches("input:not([type=checkbox], [type=radio]), select"), mod = e.ctrlKey || e.metaKey;
      if ((mod && e.key === "k") || (e.key === "/" && !typing && !mod && !e.altKey)) { e.preventDefault(); show(); }
    });
  }
})();
