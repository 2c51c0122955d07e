"use strict";
(() => {
  const DATA = JSON.parse(document.getElementById("data").textContent);
  const NS = "http://www.w3.org/2000/svg";
  const W = 152, H = 76, GX = 16, GY = 46, LG = 26, LEFT = 104, TOP = 50, MOST = 40, SQ = 13;
  const READ = 11 / 12;  /* least scale of the first view: text of 12 px never falls below 11 */
  const stage = document.getElementById("stage"), panel = document.getElementById("panel"), crumb = document.getElementById("crumb");
  const seek = document.getElementById("seek"), hits = document.getElementById("hits");
  const nodes = new Map(DATA.nodes.map(n => [n.id, n]));
  const up = new Map(), down = new Map(), links = new Map();
  const push = (map, key, value) => { if (!map.has(key)) map.set(key, []); map.get(key).push(value); };
  for (const e of DATA.edges) {
    if (e.relation === "implements" && e.parent && e.status !== "refused") { push(up, e.source, e); push(down, e.target, e); }
    push(links, e.source, e); push(links, e.target, e);
  }
  const fold = t => t.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const index = DATA.nodes.map(n => [fold([n.name, n.title, n.issuer, n.files, n.issued].join(" ")), n]);
  const el = (name, attrs, ...kids) => {
    const node = document.createElementNS(NS, name);
    for (const key in attrs) node.setAttribute(key, attrs[key]);
    for (const kid of kids) node.append(kid);
    return node;
  };
  const tag = (name, cls, ...kids) => { const node = document.createElement(name); if (cls) node.className = cls; node.append(...kids); return node; };
  const ruler = document.createElement("canvas").getContext("2d");
  const fits = (text, wide, font) => { ruler.font = font; return ruler.measureText(text).width <= wide; };
  const FACE = '"Segoe UI",Arial,"DejaVu Sans",sans-serif', SMALL = "12px " + FACE, BOLD = "bold 13px " + FACE;
  const clip = (text, wide, font) => { if (fits(text, wide, font)) return text; while (text && !fits(text + "…", wide, font)) text = text.slice(0, -1); return text.trimEnd() + "…"; };
  const wrap = (text, wide, most, font) => {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const last = lines[lines.length - 1];
      if (last && !fits(last + " " + word, wide, font)) lines.push(word); else lines[lines.length - 1] = last ? last + " " + word : word;
    }
    if (lines.length > most) { lines[most - 1] = lines.slice(most - 1).join(" "); lines.length = most; }
    return lines.map(line => clip(line, wide, font));
  };
  let focus = null, view = null, full = null, svg = null;

  /* which documents: everything above and below one, nearest first */
  const around = id => {
    const above = new Set([id]), below = new Set();
    let queue = [id];
    while (queue.length) { const at = queue.shift(); for (const e of up.get(at) || []) if (!above.has(e.target)) { above.add(e.target); queue.push(e.target); } }
    queue = [id];
    let hidden = 0;
    while (queue.length) {
      const at = queue.shift();
      for (const e of down.get(at) || []) {
        if (above.has(e.source) || below.has(e.source)) continue;
        if (above.size + below.size < MOST) { below.add(e.source); queue.push(e.source); } else hidden++;
      }
    }
    for (const at of [...above]) for (const e of links.get(at) || []) if (e.relation === "may_be") above.add(e.source === at ? e.target : e.source);
    return { shown: [...above, ...below], hidden };
  };

  const rowsOf = ids => {
    const inside = new Set(ids), rows = new Map(), busy = new Set();
    const place = id => {
      if (rows.has(id)) return rows.get(id);
      if (busy.has(id)) return [DATA.levels.length - 1, 0];
      busy.add(id);
      const above = (up.get(id) || []).filter(e => inside.has(e.target)).map(e => place(e.target));
      const own = nodes.get(id).level;
      const level = own < DATA.levels.length - 1 || !above.length ? own : Math.max(...above.map(r => r[0]));
      const step = Math.max(0, ...above.filter(r => r[0] === level).map(r => r[1] + 1));
      busy.delete(id); rows.set(id, [level, step]);
      return rows.get(id);
    };
    ids.forEach(place);
    return rows;
  };

  const room = () => Math.max(320, stage.clientWidth);

  const layOut = ids => {
    const rows = rowsOf(ids), cells = new Map(), spots = new Map(), lanes = [];
    for (const id of ids) push(cells, rows.get(id).join(".") + "|" + nodes.get(id).lane, id);
    let x = LEFT;
    DATA.lanes.forEach((name, lane) => {
      const most = Math.max(0, ...[...cells].filter(c => c[0].endsWith("|" + lane)).map(c => c[1].length));
      if (most) lanes.push({ lane, name, most, columns: 1 });
    });
    /* as many columns as stay readable on this screen; the fullest lane widens first */
    let spare = Math.floor((room() / READ - LEFT - lanes.length * (GX + 8)) / (W + GX)) - lanes.length;
    for (; spare > 0; spare--) {
      const lane = lanes.filter(l => l.columns < Math.min(l.most, 6)).sort((a, b) => b.most / b.columns - a.most / a.columns)[0];
      if (lane) lane.columns++;
    }
    for (const lane of lanes) { lane.x = x; lane.width = lane.columns * (W + GX) + GX; x += lane.width + 8; }
    let y = TOP; const tops = new Map();
    const keys = [...new Set([...rows.values()].map(r => r.join(".")))].map(k => k.split(".").map(Number)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (const key of keys) {
      let lines = 0;
      if (!tops.has(key[0])) tops.set(key[0], y);
      for (const lane of lanes) {
        const inside = cells.get(key.join(".") + "|" + lane.lane) || [];
        const middle = id => { const p = (up.get(id) || []).map(e => spots.get(e.target)).filter(Boolean); return p.length ? p.reduce((s, q) => s + q.x, 0) / p.length : 0; };
        inside.map(id => [middle(id), nodes.get(id).issued || "9", id]).sort((a, b) => a[0] - b[0] || (a[1] + a[2] < b[1] + b[2] ? -1 : 1)).forEach((item, i) => {
          const line = Math.floor(i / lane.columns), count = Math.min(lane.columns, inside.length - line * lane.columns);
          const start = lane.x + (lane.width - count * (W + GX) + GX) / 2;
          spots.set(item[2], { x: start + (i % lane.columns) * (W + GX), y: y + line * (H + LG) });
        });
        lines = Math.max(lines, Math.ceil(inside.length / lane.columns));
      }
      y += lines * (H + LG) - LG + GY;
    }
    return { spots, lanes, tops, width: x, height: y };
  };

  const frame = (root, lanes, tops, width, height) => {
    for (const lane of lanes) {
      root.append(el("rect", { class: "lane", x: lane.x, y: 4, width: lane.width, height: height - 20, rx: 6 }));
      root.append(el("text", { class: "h", x: lane.x + lane.width / 2, y: 24, "text-anchor": "middle" }, clip(lane.name, lane.width - 8, BOLD)));
    }
    for (const [level, top] of tops) {
      if (top > TOP + 5) root.append(el("line", { class: "rule", x1: 0, x2: width, y1: top - GY / 2, y2: top - GY / 2 }));
      wrap(DATA.levels[level], LEFT - 12, 3, BOLD).forEach((line, i) => root.append(el("text", { class: "h", x: 6, y: top + 18 + 16 * i }, line)));
    }
  };

  const clickable = (group, id) => {
    group.setAttribute("class", "doc"); group.setAttribute("tabindex", "0"); group.setAttribute("role", "button"); group.setAttribute("data-id", id);
    group.setAttribute("aria-label", nodes.get(id).name);
    return group;
  };

  const box = (id, spot) => {
    const n = nodes.get(id), look = ["b", DATA.laneClass[n.lane], n.held ? "held" : "cited", id === focus ? "here" : ""].join(" ");
    const g = clickable(el("g", {}, el("title", {}, n.title || n.name), el("rect", { class: look, x: spot.x, y: spot.y, width: W, height: H, rx: 5 })), id);
    g.append(el("text", { class: "k", x: spot.x + 8, y: spot.y + 18 }, clip(n.numbered ? n.name : n.kind || "Văn bản", W - 14, BOLD)));
    const about = n.numbered ? wrap(n.issuer || n.title || n.kind, W - 14, 2, SMALL) : [n.title || n.files, n.issuer].filter(Boolean).map(text => clip(text, W - 14, SMALL));
    const state = n.numbered ? n.date || "chưa rõ ngày" : ["chưa có số", n.date].filter(Boolean).join(" · ");
    [...about, clip(state, W - 14, SMALL)].forEach((line, i) => g.append(el("text", { class: "s", x: spot.x + 8, y: spot.y + 35 + 16 * i }, line)));
    return g;
  };

  const inside = (x, y, s) => s.x < x && x < s.x + W && s.y < y && y < s.y + H;
  /* straight pieces of lines: [upright, at, start, end]; two of one place look like one line */
  const meet = (p, q) => p[0] === q[0] && Math.abs(p[1] - q[1]) < 2.5 &&
    Math.min(Math.max(p[2], p[3]), Math.max(q[2], q[3])) > Math.max(Math.min(p[2], p[3]), Math.min(q[2], q[3])) - 6;
  /* a curve; where a box of another document would hide it, a way between the columns, on tracks that lines to other targets do not use */
  const router = (spots, ports) => {
    const taken = [];
    for (const [e, port] of ports) {
      const a = spots.get(e.source), b = spots.get(e.target);
      taken.push([e.target, [true, a.x + W / 2 + port, a.y - 26, a.y]], ...[-5, 0, 5].map(d => [e.target, [true, b.x + W / 2 + d, b.y + H, b.y + H + 26]]));
    }
    const vacant = (target, piece) => !taken.some(([owner, other]) => owner !== target && meet(piece, other));
    return e => {
      const port = ports.get(e), a = spots.get(e.source), b = spots.get(e.target), others = [...spots.values()].filter(s => s !== a && s !== b);
      const x1 = a.x + W / 2 + port, x2 = b.x + W / 2;
      let y1 = a.y, y2 = b.y + H, bend = (y1 - y2) / 2;
      if (y1 < y2) { y1 = a.y + H; bend = -GY; }
      else {
        const at = (t, p, q, r, s) => (1 - t) ** 3 * p + 3 * (1 - t) ** 2 * t * q + 3 * (1 - t) * t ** 2 * r + t ** 3 * s;
        const hidden = [...Array(11).keys()].map(n => (n + 1) / 12).some(t => others.some(s => inside(at(t, x1, x1, x2, x2), at(t, y1, y1 - bend, y2 + bend, y2), s)));
        if (hidden) {
          const middles = [...new Set([...spots.values()].flatMap(s => [s.x - GX / 2, s.x + W + GX / 2]))].sort((p, q) => Math.abs(p - x1) + Math.abs(p - x2) - Math.abs(q - x1) - Math.abs(q - x2) || p - q);
          const tracks = middles.flatMap(m => [0, 3.5, -3.5, 7, -7].map(d => m + d)).filter(x => !others.some(s => s.x < x && x < s.x + W && y2 - H < s.y && s.y < y1));
          if (tracks.length) {
            const pick = (places, piece) => { const at = places.find(p => vacant(e.target, piece(p))); return at === undefined ? places[0] : at; };
            const gutter = pick(tracks, x => [true, x, y1, y2]);
            const low = pick([6, 10, 14, 18, 22].map(d => y1 - d), y => [false, y, x1, gutter]);
            const high = pick([12, 16, 20, 24].map(d => y2 + d), y => [false, y, gutter, x2]);
            for (const piece of [[true, x1, y1, low], [false, low, x1, gutter], [true, gutter, low, high], [false, high, gutter, x2]]) taken.push([e.target, piece]);
            return `M${x1} ${y1}V${low}H${gutter}V${high}H${x2}V${y2 + 4}`;
          }
        }
        if (Math.abs(x1 - x2) < 2.5) taken.push([e.target, [true, x1, y1, y2]]);
      }
      return `M${x1} ${y1}C${x1} ${y1 - bend} ${x2} ${y2 + Math.abs(bend)} ${x2} ${y2 + 4}`;
    };
  };

  const curve = (e, a, b, way) => {
    const look = e.relation === "may_be" ? "maybe" : e.status === "suspect" ? "suspect" : e.inferred ? "inferred" : "";
    const g = el("g", {}, el("path", { class: "e " + look, "marker-end": "url(#to)", d: way }));
    if (look === "suspect") g.append(el("text", { class: "bang", x: (a.x + b.x + W) / 2 + 5, y: (a.y + b.y + H) / 2 + 4 }, "!"));
    return g;
  };

  const boxes = ids => {
    const plan = layOut(ids), root = el("g", {});
    frame(root, plan.lanes, plan.tops, plan.width, plan.height);
    const drawn = DATA.edges.filter(e => plan.spots.has(e.source) && plan.spots.has(e.target) && e.status !== "refused" && (e.relation === "may_be" || (e.relation === "implements" && e.parent)));
    const ports = new Map(), leaving = new Map();
    for (const e of drawn) push(leaving, e.source, e);
    for (const list of leaving.values()) {
      list.sort((p, q) => plan.spots.get(p.target).x - plan.spots.get(q.target).x || (p.target < q.target ? -1 : 1));
      list.forEach((e, i) => ports.set(e, (i - (list.length - 1) / 2) * 12));
    }
    const way = router(plan.spots, ports);
    for (const e of drawn) root.append(curve(e, plan.spots.get(e.source), plan.spots.get(e.target), way(e)));
    for (const id of ids) root.append(box(id, plan.spots.get(id)));
    return { root, width: plan.width, height: plan.height };
  };

  /* one square per document, grouped by level and lane */
  const overview = () => {
    const root = el("g", {}), cells = new Map(), lanes = [], tops = new Map(), centre = new Map(), late = [];
    for (const n of DATA.nodes) push(cells, n.level + "|" + n.lane, n);
    const many = DATA.lanes.filter((_, lane) => DATA.nodes.some(n => n.lane === lane)).length;
    const PER_LINE = Math.max(8, Math.min(32, Math.floor(((room() / READ - LEFT - 10) / many - 42) / (SQ + 3)))), wide = PER_LINE * (SQ + 3) + 30;
    DATA.lanes.forEach((name, lane) => { if (DATA.nodes.some(n => n.lane === lane)) lanes.push({ lane, name, x: LEFT + 10 + lanes.length * (wide + 12), width: wide }); });
    let y = TOP;
    for (const level of [...new Set(DATA.nodes.map(n => n.level))].sort((a, b) => a - b)) {
      tops.set(level, y);
      let tall = 44;
      for (const lane of lanes) {
        const inside = cells.get(level + "|" + lane.lane);
        if (!inside) continue;
        const count = n => (down.get(n.id) || []).length;
        inside.sort((a, b) => count(b) - count(a) || (a.id < b.id ? -1 : 1));
        late.push(el("text", { class: "s", x: lane.x + 14, y: y + 10 }, clip(`${inside.length} văn bản, ${inside.filter(n => n.held).length} có trong tay: ${inside.slice(0, 2).map(n => n.name).join(", ")} …`, wide - 20, SMALL)));
        inside.forEach((n, i) => {
          const rect = el("rect", { class: `b ${DATA.laneClass[n.lane]} ${n.held ? "held" : "cited"}`, x: lane.x + 14 + (i % PER_LINE) * (SQ + 3), y: y + 18 + Math.floor(i / PER_LINE) * (SQ + 3), width: SQ, height: SQ });
          const g = clickable(el("g", {}, el("title", {}, n.name + (n.title ? " – " + n.title : "")), rect), n.id);
          if (i >= 200) g.setAttribute("tabindex", "-1");
          late.push(g);
        });
        const high = 18 + Math.ceil(inside.length / PER_LINE) * (SQ + 3);
        centre.set(level + "|" + lane.lane, [lane.x + wide / 2, y + high / 2]);
        tall = Math.max(tall, high);
      }
      y += tall + GY;
    }
    const width = LEFT + 10 + lanes.length * (wide + 12), counts = new Map();
    frame(root, lanes, tops, width, y);
    for (const e of [...up.values()].flat()) {
      const a = nodes.get(e.source), b = nodes.get(e.target), key = `${a.level}|${a.lane}>${b.level}|${b.lane}`;
      counts.set(key, (counts.get(key) || 0) + 1);
    }
    for (const [key, n] of counts) {
      const [a, b] = key.split(">").map(k => centre.get(k));
      if (a !== b) root.append(el("line", { class: "bundle", x1: a[0], y1: a[1], x2: b[0], y2: b[1], "stroke-width": Math.min(14, 1 + Math.sqrt(n)) }, el("title", {}, n + " văn bản")));
    }
    root.append(...late);
    return { root, width, height: y };
  };

  const show = () => svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].join(" "));
  const fit = () => { view = { ...full }; show(); };
  /* the first look: everything where that is readable, else the upper part at a readable size */
  const read = () => {
    const r = svg.getBoundingClientRect(), scale = Math.max(READ, Math.min(r.width / full.w, r.height / full.h));
    view = { w: r.width / scale, h: r.height / scale };
    view.x = full.x + (full.w - view.w) / 2; view.y = Math.min(0, (full.h - view.h) / 2);
    if (full.w > view.w) view.x = full.x;
    show();
  };
  const zoom = (factor, cx, cy) => {
    const w = Math.min(full.w * 3, Math.max(150, view.w * factor)), k = w / view.w;
    view = { x: cx - (cx - view.x) * k, y: cy - (cy - view.y) * k, w, h: view.h * k };
    show();
  };
  const at = event => { const r = svg.getBoundingClientRect(), s = Math.max(view.w / r.width, view.h / r.height); return [view.x + view.w / 2 + (event.clientX - r.left - r.width / 2) * s, view.y + view.h / 2 + (event.clientY - r.top - r.height / 2) * s, s]; };

  const draw = () => {
    let drawn, note = "";
    if (focus) { const { shown, hidden } = around(focus); drawn = boxes(shown); if (hidden) note = ` · còn ${hidden} văn bản cấp dưới chưa vẽ (xem bảng)`; }
    else drawn = DATA.nodes.length <= MOST ? boxes(DATA.nodes.map(n => n.id)) : overview();
    const arrow = el("marker", { id: "to", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, el("path", { d: "M0 0L8 4L0 8z", fill: "#555" }));
    svg = el("svg", { role: "group", "aria-label": "Đồ thị văn bản" }, el("defs", {}, arrow), drawn.root);
    stage.querySelectorAll("svg").forEach(old => old.remove());
    stage.prepend(svg);
    const wide = Math.max(drawn.width, 640);
    full = { x: (drawn.width - wide) / 2, y: -34, w: wide, h: Math.max(drawn.height + 34, 300) };
    read();
    crumb.textContent = (focus ? "Chuỗi của " + nodes.get(focus).name : `Toàn cảnh: ${DATA.nodes.length} văn bản`) + note;
    facts();
  };

  const go = id => { const a = tag("a", "go", nodes.get(id) ? nodes.get(id).name : id); a.tabIndex = 0; a.dataset.id = id; return a; };
  const line = (dl, term, value) => { if (value) dl.append(tag("dt", "", term), tag("dd", "", value)); };
  const facts = () => {
    panel.replaceChildren();
    const n = focus && nodes.get(focus);
    if (!n) {
      panel.append(tag("h2", "", "Cần xem"), tag("p", "soft", "Bấm vào một văn bản để chỉ xem chuỗi trên và dưới của nó; Esc để trở lại toàn cảnh. Lăn chuột hoặc kéo để xem phần còn lại, Ctrl + lăn để phóng to."),
        tag("p", "soft", "Ô tô màu: có trong tay; ô viền đứt: chỉ được dẫn. Mũi tên đi từ văn bản cấp dưới lên văn bản được thực hiện; nét đứt: suy ra theo cấp; nét đỏ có dấu !: cần xem lại; nét chấm tím: có thể là."));
      findings(DATA.findings.slice(0, 60));
      if (DATA.findings.length > 60) panel.append(tag("p", "soft", `… và ${DATA.findings.length - 60} phát hiện khác.`));
      return;
    }
    panel.append(tag("h2", "", n.name));
    const dl = tag("dl", "");
    line(dl, "Loại", n.kind); line(dl, "Trích yếu", n.title); line(dl, "Cơ quan", n.issuer); line(dl, "Cấp", DATA.levels[n.level]);
    line(dl, "Ban hành", n.date); line(dl, "Tệp", n.files || "chưa có trong tay, chỉ được dẫn"); line(dl, "Được dẫn", n.citing ? `ở ${n.citing} văn bản` : ""); line(dl, "Ghi chú", n.notes);
    panel.append(dl);
    findings(DATA.findings.filter(f => f.nodes.includes(n.id)));
    const mine = links.get(n.id) || [];
    relations("Văn bản này", mine.filter(e => e.source === n.id), "target");
    relations("Văn bản khác đối với văn bản này", mine.filter(e => e.target === n.id), "source");
  };
  const findings = list => { for (const f of list) panel.append(tag("div", "find " + f.severity, f.message, " ", tag("small", "soft", f.code))); };
  const relations = (title, list, end) => {
    if (!list.length) return;
    panel.append(tag("h3", "", title));
    for (const e of list.slice(0, 40)) {
      const marks = [e.parent ? "trực tiếp" : "", e.inferred && e.relation !== "may_be" ? "suy ra theo cấp" : "", DATA.statuses[e.status], `độ tin ${e.confidence.toFixed(2).replace(".", ",")}`].filter(Boolean).join(", ");
      panel.append(tag("div", "", tag("b", "", DATA.relations[e.relation] + " "), go(e[end]), " ", tag("small", "soft", marks)));
      if (e.conflicts) panel.append(tag("div", "find", `có chỗ ghi ngày của ${nodes.get(e.target).name} là ${e.conflicts}`));
      if (e.flags) panel.append(tag("div", "find", e.flags));
      if (e.reasons) panel.append(tag("div", "soft", e.reasons));
      for (const q of e.quotes) panel.append(tag("blockquote", "", q[0], " ", tag("small", "soft", q[1])));
      if (e.evidence > e.quotes.length) panel.append(tag("small", "soft", `và ${e.evidence - e.quotes.length} chỗ dẫn khác`));
    }
    if (list.length > 40) panel.append(tag("p", "soft", `… và ${list.length - 40} quan hệ khác`));
  };

  const select = id => { if (!nodes.has(id)) return; focus = id; hits.replaceChildren(); draw(); };
  const home = () => { focus = null; draw(); };
  const find = () => {
    const words = fold(seek.value).split(/\s+/).filter(Boolean);
    const found = words.length ? index.filter(([text]) => words.every(w => text.includes(w))).slice(0, 30) : [];
    hits.replaceChildren(...found.map(([, n], i) => {
      const li = tag("li", "", tag("b", "", n.name), " ", tag("small", "", [n.issuer, n.title].filter(Boolean).join(" · ").slice(0, 110)));
      li.dataset.id = n.id; li.setAttribute("role", "option"); li.setAttribute("aria-selected", String(i === 0));
      return li;
    }));
  };
  seek.addEventListener("input", find);
  seek.addEventListener("keydown", event => {
    const items = [...hits.children], now = items.findIndex(li => li.getAttribute("aria-selected") === "true");
    if (event.key === "Enter" && items.length) select(items[Math.max(0, now)].dataset.id);
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && items.length) {
      event.preventDefault();
      const next = (now + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length;
      items.forEach((li, i) => li.setAttribute("aria-selected", String(i === next)));
      items[next].scrollIntoView({ block: "nearest" });
    }
  });
  let start = null, moved = false;
  document.addEventListener("click", event => {
    const hit = event.target.closest("[data-id]");
    if (hit && !(moved && stage.contains(hit))) select(hit.dataset.id);
    else if (!event.target.closest(".seek")) hits.replaceChildren();
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") { hits.replaceChildren(); home(); }
    if ((event.key === "Enter" || event.key === " ") && event.target.closest && event.target.closest("[data-id]")) { event.preventDefault(); select(event.target.closest("[data-id]").dataset.id); }
  });
  stage.addEventListener("wheel", event => {
    event.preventDefault();
    const [x, y, s] = at(event);
    if (event.ctrlKey || event.metaKey) { zoom(event.deltaY > 0 ? 1.15 : 0.87, x, y); return; }
    view.x += event.deltaX * s; view.y = Math.max(full.y - view.h / 2, Math.min(full.y + full.h - view.h / 2, view.y + event.deltaY * s)); show();
  }, { passive: false });
  stage.addEventListener("pointerdown", event => { if (!event.target.closest("button")) { start = at(event); moved = false; } });
  window.addEventListener("pointermove", event => {
    if (!start) return;
    const [x, y, s] = at(event);
    if (Math.abs(x - start[0]) + Math.abs(y - start[1]) > 4 * s) { moved = true; stage.classList.add("drag"); }
    if (moved) { view.x -= x - start[0]; view.y -= y - start[1]; show(); }
  });
  window.addEventListener("pointerup", () => { start = null; stage.classList.remove("drag"); });
  document.getElementById("in").addEventListener("click", () => zoom(0.75, view.x + view.w / 2, view.y + view.h / 2));
  document.getElementById("out").addEventListener("click", () => zoom(1.33, view.x + view.w / 2, view.y + view.h / 2));
  document.getElementById("fit").addEventListener("click", fit);
  document.getElementById("home").addEventListener("click", home);
  let width = stage.clientWidth;
  window.addEventListener("resize", () => { if (stage.clientWidth !== width) { width = stage.clientWidth; draw(); } });
  window.addEventListener("beforeprint", () => { fit(); document.querySelectorAll("details").forEach(d => { d.open = true; }); });
  focus = nodes.has(DATA.focus) ? DATA.focus : null;
  draw();
})();
