"use strict";
// The picture of a document: vis-network draws what /api/v1/graph says. Every text reaches the page as a text node.

(() => {
  const stage = document.getElementById("canvas");
  const notice = document.getElementById("notice");
  const panel = document.getElementById("panel");
  const darkness = window.matchMedia("(prefers-color-scheme: dark)");
  const LEVELS = ["central", "province", "district", "commune", "unknown"];
  const READABLE = 0.6;
  const LARGEST = 1.1;
  const MOST_RELATIONS = 5;
  const MARGIN = { left: 110, right: 30, top: 44, bottom: 24 };

  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const known = { nodes: new Map(), edges: new Map() };
  const expansions = [];
  const hidden = new Set();
  let drawn = null;
  let network = null;
  let busy = false;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  }

  function groups() {
    const made = {};
    for (const level of LEVELS) {
      const plain = { background: colour(level), border: colour(`${level}-line`) };
      const chosen = { ...plain, border: colour("box-text") };
      made[level] = { color: { ...plain, highlight: chosen, hover: plain }, font: { color: colour("box-text") } };
    }
    return made;
  }

  function styled(edge) {
    const line = drawn.lines.find((each) => each.relation === edge.relation);
    const shade = darkness.matches ? line.dark : line.light;
    return { ...edge.vis, color: { color: shade, highlight: shade, hover: shade }, hidden: hidden.has(edge.relation) };
  }

  async function ask() {
    const address = new URL(stage.dataset.source, location.href);
    for (const id of expansions) address.searchParams.append("expand", id);
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail || answer.title);
    return answer;
  }

  function say(text) {
    notice.textContent = text || "";
    notice.hidden = !text;
  }

  function take(answer) {
    drawn = answer;
    for (const node of answer.nodes) known.nodes.set(node.id, node);
    for (const edge of answer.edges) known.edges.set(edge.id, edge);
    nodes.update(answer.nodes.map((node) => node.vis));
    edges.update(answer.edges.map(styled));
    document.getElementById("shown").textContent = answer.shown;
    const relations = new Set([...known.edges.values()].map((edge) => edge.relation));
    for (const item of document.querySelectorAll("[data-relation]")) item.hidden = !relations.has(item.dataset.relation);
  }

  // Behind the boxes: the lanes of the levels and the years, their names kept in sight at the edges of the stage.
  function ground(context) {
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const to = network.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
    const scale = network.getScale();
    const size = Math.max(13, 13 / scale);
    context.save();
    for (const lane of drawn.lanes) {
      context.fillStyle = colour("lane");
      context.fillRect(from.x, lane.top, to.x - from.x, lane.bottom - lane.top);
    }
    years(context, from, to, size);
    context.textAlign = "left";
    context.textBaseline = "top";
    context.font = `600 ${size}px sans-serif`;
    for (const lane of drawn.lanes) {
      context.fillStyle = colour("lane-text");
      context.fillText(lane.label, from.x + 8 / scale, lane.top + 5);
    }
    context.restore();
  }

  function years(context, from, to, size) {
    const half = 102;
    const bottom = drawn.lanes[drawn.lanes.length - 1].bottom;
    context.strokeStyle = colour("year-line");
    context.fillStyle = colour("lane-text");
    context.lineWidth = 1;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.font = `600 ${size}px sans-serif`;
    for (const year of drawn.years) {
      for (const x of [year.start - half, year.end + half]) {
        context.beginPath();
        context.moveTo(x, -6);
        context.lineTo(x, bottom);
        context.stroke();
      }
      context.fillText(year.label, (year.start + year.end) / 2, Math.max(-8, from.y + 20 / network.getScale()));
    }
  }

  // All boxes in sight, with room at the left for the names of the lanes and above for the years.
  function fit(least) {
    const places = Object.values(network.getPositions());
    const half = { x: 92, y: 33 };
    const low = { x: Math.min(...places.map((p) => p.x)) - half.x, y: Math.min(0, ...places.map((p) => p.y - half.y)) };
    const high = { x: Math.max(...places.map((p) => p.x)) + half.x, y: Math.max(...places.map((p) => p.y)) + half.y };
    const right = MARGIN.right + (panel.hidden ? 0 : panel.offsetWidth);
    const room = {
      x: stage.clientWidth - MARGIN.left - right,
      y: stage.clientHeight - MARGIN.top - MARGIN.bottom,
    };
    const whole = Math.min(room.x / (high.x - low.x), room.y / (high.y - low.y), LARGEST);
    const scale = Math.max(whole, least);
    const shift = { x: (MARGIN.left - right) / 2 / scale, y: (MARGIN.top - MARGIN.bottom) / 2 / scale };
    const centre = { x: (low.x + high.x) / 2, y: Math.max(low.y + room.y / scale / 2, (low.y + high.y) / 2) };
    if (scale > whole) Object.assign(centre, inside(network.getPosition(drawn.root), low, high, room, scale));
    network.moveTo({ position: { x: centre.x - shift.x, y: centre.y - shift.y }, scale });
  }

  // The centre nearest to a box from which a stage that cannot show everything wastes no room.
  function inside(box, low, high, room, scale) {
    const clamp = (at, from, to, size) =>
      to - from <= size ? from + size / 2 : Math.min(Math.max(at, from + size / 2), to - size / 2);
    return {
      x: clamp(box.x, low.x, high.x, room.x / scale),
      y: clamp(box.y, low.y, high.y, room.y / scale),
    };
  }

  function restyle() {
    network.setOptions({ groups: groups() });
    edges.update([...known.edges.values()].map(styled));
    network.redraw();
  }

  function put(parent, tag, text) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  }

  function link(parent, text, address) {
    put(parent, "a", text).href = address;
  }

  function part(name) {
    return panel.querySelector(`[data-panel="${name}"]`);
  }

  function open(heading, said) {
    part("heading").textContent = heading;
    for (const name of ["said", "quotes", "links"]) part(name).replaceChildren();
    for (const each of said) {
      put(part("said"), "dt", each.name);
      put(put(part("said"), "dd"), "bdi", each.value);
    }
    panel.hidden = false;
    panel.scrollTop = 0;
  }

  function openNode(id) {
    const node = known.nodes.get(id);
    open(node.heading, node.said);
    link(part("links"), "Trang văn bản", node.address);
    if (id !== drawn.root) link(part("links"), "Sơ đồ riêng", node.graph_address);
    const button = put(part("links"), "button", "Mở rộng");
    button.type = "button";
    button.addEventListener("click", () => expand(id));
    for (const edge of nearest(id).slice(0, MOST_RELATIONS)) {
      put(part("quotes"), "h3", edge.heading);
      quotes(edge, 1);
    }
  }

  // The relations of a document, those with the document of the page first.
  function nearest(id) {
    const touching = [...known.edges.values()].filter((edge) => edge.source === id || edge.target === id);
    const far = (edge) => Number(edge.source !== drawn.root && edge.target !== drawn.root);
    return touching.sort((one, other) => far(one) - far(other));
  }

  function openEdge(id) {
    const edge = known.edges.get(id);
    open(edge.heading, edge.said);
    quotes(edge, edge.quotes.length);
  }

  function quotes(edge, number) {
    for (const each of edge.quotes.slice(0, number)) {
      const block = put(part("quotes"), "blockquote");
      put(block, "bdi", each.quote);
      if (each.address) link(part("quotes"), "Xem trong văn bản", each.address);
    }
    const more = edge.quotes.length - number + edge.more_quotes;
    if (more) put(part("quotes"), "p", `và ${more} câu khác`);
  }

  function select(kind, id) {
    document.querySelectorAll("tr.selected").forEach((row) => row.classList.remove("selected"));
    const row = id && [...document.querySelectorAll(`tr[data-${kind}]`)].find((each) => each.dataset[kind] === id);
    if (row) row.classList.add("selected");
    document.querySelector('[data-tool="expand"]').disabled = kind !== "node";
    if (kind === "node") openNode(id);
    else if (kind === "edge") openEdge(id);
    else panel.hidden = true;
  }

  function selected() {
    return network.getSelectedNodes()[0];
  }

  async function expand(id) {
    if (busy) return;
    busy = true;
    expansions.push(id);
    try {
      const answer = await ask();
      take(answer);
      rows("node", answer.nodes);
      rows("edge", answer.edges);
      say(answer.notice || grown(answer.nodes.length));
    } catch (error) {
      expansions.pop();
      say(`Không mở rộng được: ${error.message}`);
    } finally {
      busy = false;
    }
  }

  function grown(number) {
    return number ? `Đã thêm ${number} văn bản.` : "Không còn văn bản nào khác nối với văn bản này.";
  }

  function rows(kind, items) {
    const body = document.querySelector(`#${kind}s tbody`);
    const template = document.getElementById(`${kind}-row`);
    for (const item of items) {
      const row = template.content.firstElementChild.cloneNode(true);
      row.dataset[kind] = item.id;
      const slots = { heading: item.heading, quote: item.quotes && item.quotes[0].quote };
      for (const each of item.said) slots[each.key] = each.value;
      for (const slot of row.querySelectorAll("[data-slot]")) {
        if (slot.tagName === "A") aim(slot, kind === "node" ? item.address : item.quotes[0].address);
        if (slots[slot.dataset.slot] !== undefined) slot.textContent = slots[slot.dataset.slot];
      }
      body.append(row);
    }
  }

  function aim(anchor, address) {
    if (address) anchor.href = address;
    else anchor.remove();
  }

  function act(event) {
    const button = event.target.closest("button[data-do]");
    const row = button && button.closest("tr");
    if (!row) return;
    const kind = row.dataset.node ? "node" : "edge";
    const id = row.dataset[kind];
    if (button.dataset.do === "expand") expand(id);
    if (kind === "node") {
      network.selectNodes([id], false);
      network.focus(id, { scale: Math.max(network.getScale(), READABLE) });
    } else {
      network.setSelection({ nodes: [], edges: [id] }, { highlightEdges: false });
    }
    select(kind, id);
    document.querySelector(".picture").scrollIntoView({ block: "start" });
    panel.focus({ preventScroll: true });
  }

  function tool(event) {
    const name = event.target.dataset.tool;
    if (name === "fit") fit(0);
    if (name === "in" || name === "out") network.moveTo({ scale: network.getScale() * (name === "in" ? 1.25 : 0.8) });
    if (name === "expand" && selected()) expand(selected());
  }

  function toggle(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { relation } = button.closest("[data-relation]").dataset;
    const shows = button.getAttribute("aria-pressed") === "false";
    button.setAttribute("aria-pressed", String(shows));
    if (shows) hidden.delete(relation);
    else hidden.add(relation);
    edges.update([...known.edges.values()].map(styled));
  }

  function listen() {
    network.on("beforeDrawing", ground);
    network.on("selectNode", (event) => select("node", event.nodes[0]));
    network.on("selectEdge", (event) => event.nodes.length || select("edge", event.edges[0]));
    network.on("deselectNode", (event) => event.nodes.length || event.edges.length || select("none"));
    network.on("deselectEdge", (event) => event.nodes.length || event.edges.length || select("none"));
    network.on("doubleClick", (event) => event.nodes.length && expand(event.nodes[0]));
    darkness.addEventListener("change", restyle);
    for (const table of document.querySelectorAll("#nodes, #edges")) table.addEventListener("click", act);
    document.querySelector(".tools").addEventListener("click", tool);
    document.querySelector(".legend").addEventListener("click", toggle);
    part("close").addEventListener("click", () => {
      network.unselectAll();
      select("none");
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      network.unselectAll();
      select("none");
    });
    document.querySelectorAll("button[data-do]").forEach((button) => (button.disabled = false));
  }

  async function start() {
    const answer = await ask();
    take(answer);
    network = new vis.Network(stage, { nodes, edges }, { ...answer.options, groups: groups() });
    listen();
    fit(READABLE);
    const frame = stage.firstElementChild;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", "Sơ đồ văn bản");
    frame.setAttribute("aria-describedby", "how");
    stage.dataset.ready = "true";
  }

  start().catch((error) => say(`Không vẽ được sơ đồ: ${error.message}`));
})();
