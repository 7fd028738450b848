// A net that trains in the page. Python in a worker does all sums (live.py); this asks for them and draws what comes.

for (const root of document.querySelectorAll(".play")) {
  const $ = (selector) => root.querySelector(selector), $$ = (selector) => [...root.querySelectorAll(selector)];
  const make = (tag, parts = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), parts);
    element.append(...inside);
    return element;
  };
  const stage = $(".stage"), canvas = $("canvas.net"), pen = canvas.getContext("2d"), look = $(".look");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const START = JSON.parse(root.dataset.start), FUNCTIONS = ["tanh", "relu", "leaky_relu", "sigmoid", "linear", "step"];
  const round = (value, digits = 3) => {
    if (value == null || Number.isNaN(value)) return "no number";
    const short = +value.toPrecision(digits), plain = Math.abs(value) > 1e-6 && Math.abs(value) < 1e12;
    const text = plain ? short.toLocaleString("en", { maximumSignificantDigits: digits }).replaceAll(",", "\u202f") : `${short}`;
    return text.replace("-", "−");
  };
  const percent = (share) => `${Math.round(100 * share)}\u00a0%`;

  // What comes from Python: a header, then numbers, then maps.

  const unpack = (buffer, from = 0) => {
    const [length, count] = new Uint32Array(buffer, from, 2), at = from + 8 + length;
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, from + 8, length)));
    return { ...head, numbers: new Float64Array(buffer, at, count), end: at + 8 * count };
  };

  let frame, own, fresh, costs = [];
  const take = (buffer) => {
    let next = unpack(buffer);
    if (next.points) {
      const [n] = next.points;
      [own, fresh, costs] = [next.numbers.subarray(0, 3 * n), next.numbers.subarray(3 * n), []];
      next = unpack(buffer, next.end);
    }
    const { sizes, numbers } = next, units = sizes.slice(1).reduce((a, b) => a + b);
    let at = 0;
    next.layers = sizes.slice(1).map((outs, l) => {
      const layer = { at, ins: sizes[l], outs };
      at += (sizes[l] + 1) * outs;
      return layer;
    });
    [next.rings, next.crossed, next.most] = [0, units, 2 * units].map((from, i) => numbers.subarray(at + from, at + from + units + 2 * (i == 2)));
    next.maps = new Uint8Array(buffer, next.end);
    frame = next;
    if (frame.epoch > (costs.at(-1)?.[0] ?? -1)) costs.push([frame.epoch, frame.cost, frame.newCost]);
    if (costs.length > 300) costs = costs.filter((_, i) => i % 2 == 0);
    paintMaps();
  };
  const weight = (l, from, to) => {
    const { at, ins, outs } = frame.layers[l];
    return frame.numbers[at + (from < 0 ? ins : from) * outs + to];
  };
  const unitOf = (row, i) => frame.sizes.slice(1, row).reduce((a, b) => a + b, 0) + i; // among all but the inputs

  // Python: one thing asked at a time, and while the page draws it works out the next.

  let worker = null, busy = false, ready = false, todo = [], playing = false, come = null;
  const say = (text, aloud = true) => {
    $(".words").textContent = text;
    read = performance.now();
    if (aloud) $(".ears").textContent = text;
  };
  const stop = (text) => {
    worker?.terminate();
    [worker, busy, ready, todo, playing, come] = [null, false, false, [], false, null];
    say(text);
    showPlay();
  };
  const LOST = "Python could not be loaded, so the picture stands still. Are you connected? Play tries again.";
  const python = () => {
    if (worker) return worker;
    worker = new Worker("shared/python/worker.js", { type: "module" });
    worker.onmessage = ({ data }) => {
      const [mb, all] = [data.come, data.all].map((size) => (size / 1e6).toFixed(1));
      if (data.come && !ready) $(".words").textContent = `Python is loading: ${mb} of ${all} MB`;
      if (data.ready) ready = true;
      if (data.frame) {
        [busy, come] = [false, data.frame];
        requestAnimationFrame(tick);
      }
      if (data.failed) stop(ready ? `Python gave up (${data.failed.trim().split("\n").pop()}). Play starts it anew.` : LOST);
    };
    worker.onerror = () => stop(LOST);
    if (!todo[0]?.make) todo.unshift({ make: settings() });
    return worker;
  };
  const pump = () => {
    if (busy || !todo.length) return;
    const to = python();
    busy = true;
    showPlay();
    to.postMessage({ live: JSON.stringify(todo.shift()) });
  };
  const ask = (wish) => {
    if (wish.make) todo = [];
    todo.push(wish);
    pump();
  };

  let drawn = 0, told = 0, read = 0, note = "";
  const tick = (now) => {
    if (document.hidden) return; // goes on when the tab is seen
    if (come && now - drawn >= (calm.matches ? 500 : 0)) {
      const before = frame.kind;
      take(come);
      [come, drawn] = [null, now];
      win();
      if (frame.kind == "overflow") playing = false;
      if (playing && !todo.length) todo.push({ step: pace() * (calm.matches ? 30 : 1) });
      pump();
      draw();
      const rest = !playing && !busy;
      if (rest || now - told > 120) tell(now);
      if (rest || frame.kind != before) say(note + frame.words);
      else if (now - read > 1000) say(frame.words, false);
      if (rest) showPlay();
    }
    if (come || (playing && !busy)) requestAnimationFrame(tick);
  };
  document.addEventListener("visibilitychange", () => document.hidden || requestAnimationFrame(tick));
  const pace = () => +choice("speed").value * frame.perEpoch || 1;
  const play = (on) => {
    [playing, note] = [on, ""];
    todo = todo.filter((wish) => !wish.step);
    if (on) todo.push({ step: pace() });
    showPlay();
    on ? pump() : busy || say(frame.words);
  };
  const showPlay = () => {
    $(".go").textContent = playing ? "Pause" : "Play";
    root.dataset.state = playing ? "playing" : busy ? "busy" : "rest";
  };

  // Choices, in the controls and in the address.

  const choice = (name) => $(`[data-name="${name}"]`);
  const chosen = { layers: [...START.layers], activations: [...START.activations] };
  const settings = () => ({
    data: $("[name=task]:checked").value, ...chosen, alpha: +choice("alpha").value,
    init: choice("init").value == "default" ? "default" : +choice("init").value,
    rate: +choice("rate").value, batch: +choice("batch").value, seed: +choice("seed").value,
  });
  const address = () => {
    const { layers, activations, ...plain } = settings();
    const parts = { ...plain, layers: layers.join("-"), activations: activations.join("-"), speed: choice("speed").value, new: +choice("new").checked };
    return "#" + new URLSearchParams(parts);
  };
  const changed = (anew = true) => {
    note = "";
    history.replaceState(null, "", address());
    build();
    if (!anew) return draw();
    if (shown) close();
    ask({ make: settings() });
    if (playing) todo.push({ step: pace() });
  };

  const wrong = (parts) => { // what is wrong with an address, as a sentence, or ""
    const layers = parts.get("layers")?.split("-").map(Number) ?? chosen.layers;
    const functions = parts.get("activations")?.split("-") ?? chosen.activations;
    const among = (options, value) => [...options].some((one) => one.value == value);
    for (const [name, value] of parts) {
      const control = choice(name), number = +value;
      const fine = {
        layers: () => layers.length <= 6 && layers.every((n) => Number.isInteger(n) && n >= 1 && n <= 8),
        activations: () => functions.every((one) => FUNCTIONS.includes(one)),
        data: () => among($$("[name=task]"), value),
        new: () => value == "0" || value == "1",
      }[name] ?? (() => control?.options ? among(control.options, value)
        : control && value && number >= control.min && number <= control.max && (name == "alpha" || Number.isInteger(number)));
      if (!fine()) return `${name} cannot be “${value}”`;
    }
    return functions.length == layers.length ? "" : "each layer needs one function";
  };
  const arrive = () => {
    if (!location.hash.includes("=")) return;
    const parts = new URLSearchParams(location.hash.slice(1)), complaint = wrong(parts);
    if (complaint) return say(`This address asks for a net that cannot be: ${complaint}. So nothing was changed.`);
    const before = JSON.stringify(settings());
    for (const [name, value] of parts) {
      if (name == "data") $(`[name=task][value=${value}]`).checked = true;
      else if (name == "layers") chosen.layers = value.split("-").map(Number);
      else if (name == "activations") chosen.activations = value.split("-");
      else if (name == "new") choice("new").checked = value == "1";
      else choice(name).value = choice(name).kept = value;
    }
    build();
    if (JSON.stringify(settings()) != before) ask({ make: settings() });
    if (document.body.classList.contains("lesson")) root.scrollIntoView();
  };

  // The rows of the net, from the answer down to the inputs. Units are buttons; what they show is drawn beneath them.

  const stepper = (name, change) => {
    const less = make("button", { type: "button", textContent: "−" }), more = make("button", { type: "button", textContent: "+" });
    const value = make("output");
    less.addEventListener("click", () => change(-1));
    more.addEventListener("click", () => change(1));
    const group = make("span", { className: "stepper", role: "group" }, less, value, more);
    group.set = (now, low, high) => {
      group.setAttribute("aria-label", name);
      less.ariaLabel = `${name}: one less`;
      more.ariaLabel = `${name}: one more`;
      [value.textContent, less.disabled, more.disabled] = [now, now <= low, now >= high];
    };
    return group;
  };
  const row = (kind) => {
    const tools = make("div", { className: "tools" }), units = make("div", { className: "units" }), told = make("div", { className: "told" });
    const element = make("div", { className: `row ${kind}` }, tools, units, told);
    return Object.assign(element, { tools, units, told });
  };
  const answer = row("answer"), inputs = row("inputs"), hidden = [];
  const count = stepper("Hidden layers", (by) => {
    const { layers, activations } = chosen, n = layers.length;
    by > 0 ? (layers.push(layers[n - 1]), activations.push(activations[n - 1])) : (layers.pop(), activations.pop());
    changed();
  });
  answer.tools.append(make("span", { className: "label", textContent: "hidden layers" }), count);
  answer.told.append(make("span", { className: "signal", textContent: "error signal" }), make("small", { textContent: "of the output: 1" }));
  inputs.tools.append(make("span", { className: "label", textContent: "two inputs" }));
  stage.append(answer, inputs);

  const hiddenRow = (l) => {
    const element = row("");
    Object.assign(element, { role: "group", ariaLabel: `Layer ${l + 1}` });
    element.count = stepper(`Units of layer ${l + 1}`, (by) => {
      chosen.layers[l] += by;
      changed();
    });
    element.menu = make("select", { ariaLabel: `Function of layer ${l + 1}` }, ...FUNCTIONS.map((name) => make("option", { value: name, textContent: name.replace("_", " ") })));
    element.menu.addEventListener("change", () => {
      chosen.activations[l] = element.menu.value;
      changed();
    });
    element.tools.append(element.count, element.menu);
    element.signal = make("span", { className: "signal" });
    element.dead = make("small");
    element.told.append(make("span", { className: "unseen", textContent: "error signal" }), element.signal, element.dead);
    return element;
  };
  const fill = (element, n, level, name) => {
    const { units } = element;
    while (units.children.length > n) units.lastChild.remove();
    while (units.children.length < n) {
      units.append(make("button", { type: "button", className: "unit", tabIndex: -1, ariaLabel: name(units.children.length) }));
    }
    [...units.children].forEach((unit, i) => Object.assign(unit.dataset, { level, i }));
  };
  const build = () => {
    const n = chosen.layers.length;
    while (hidden.length > n) hidden.pop().remove();
    while (hidden.length < n) {
      const element = hiddenRow(hidden.length);
      (hidden.at(-1) ?? inputs).before(element);
      hidden.push(element);
    }
    hidden.forEach((element, l) => {
      element.count.set(chosen.layers[l], 1, 8);
      element.menu.value = chosen.activations[l];
      fill(element, chosen.layers[l], l + 1, (i) => `Layer ${l + 1}, unit ${i + 1}`);
    });
    fill(inputs, 2, 0, (i) => `Input ${i + 1}`);
    fill(answer, 1, n + 1, () => "The answer");
    count.set(n, 1, 6);
    choice("alpha").closest("label").hidden = !chosen.activations.includes("leaky_relu");
    if (!stage.querySelector(".unit[tabindex='0']")) answer.units.firstChild.tabIndex = 0;
    if (shown && !unitAt(shown.level, shown.i)) close();
    measure();
  };
  const rows = () => [inputs, ...hidden, answer];
  const fits = () => `${frame.sizes}` == places.map((row) => row.length); // else what has been chosen is not made yet
  const unitAt = (level, i) => rows()[level]?.units.children[i];

  // Where everything is drawn.

  let places = [], ratio = 1, way = 0, sprite = null;
  const measure = () => {
    const box = stage.getBoundingClientRect();
    ratio = Math.min(devicePixelRatio || 1, 3);
    const size = [box.width, box.height].map((side) => Math.round(side * ratio));
    if (canvas.width != size[0] || canvas.height != size[1]) [canvas.width, canvas.height] = size;
    places = rows().map(({ units }) => [...units.children].map((unit) => {
      const at = unit.getBoundingClientRect();
      return { x: at.x - box.x + at.width / 2, y: at.y - box.y + at.height / 2, r: at.width / 2 };
    }));
    const told = answer.told.getBoundingClientRect(), upright = told.y > answer.units.getBoundingClientRect().bottom - 5;
    way = upright ? 0 : told.x - box.x - 16; // upright there is no room for it
    sprite = null;
    draw();
    drawCosts();
  };

  // The colours of matplotlib's PuOr, turned round, between 8 % and 92 %.
  const STOPS = "2d004b 542788 8073ac b2abd2 d8daeb f7f7f7 fee0b6 fdb863 e08214 b35806 7f3b08".split(" ").map((c) => [0, 2, 4].map((i) => parseInt(c.slice(i, i + 2), 16)));
  const SHADES = Uint32Array.from({ length: 256 }, (_, v) => {
    const at = 5 + 4.2 * (v - 128) / 127, low = Math.max(0, Math.min(9, Math.floor(at)));
    const [r, g, b] = STOPS[low].map((c, i) => Math.round(c + (at - low) * (STOPS[low + 1][i] - c)));
    return v ? 0xff000000 | (b << 16) | (g << 8) | r : 0;
  });
  const atlas = document.createElement("canvas"), ink = atlas.getContext("2d", { willReadFrequently: true });
  let pixels = null;
  const paintMaps = () => {
    const { grid, maps } = frame, n = maps.length / grid ** 2;
    if (atlas.width != grid || atlas.height != n * grid || !pixels) {
      [atlas.width, atlas.height] = [grid, n * grid];
      pixels = ink.createImageData(grid, n * grid);
    }
    const to = new Uint32Array(pixels.data.buffer);
    for (let i = 0; i < maps.length; i++) to[i] = SHADES[maps[i]];
    ink.putImageData(pixels, 0, 0);
  };
  const mapOf = (level, i) => frame.sizes.slice(0, level).reduce((a, b) => a + b, 0) + i;
  const drawMap = (on, level, i, x, y, r) => on.drawImage(atlas, 0, mapOf(level, i) * frame.grid, frame.grid, frame.grid, x - r, y - r, 2 * r, 2 * r);

  const line = (on, points, width, colour, dash = []) => {
    [on.lineWidth, on.strokeStyle] = [width, colour];
    on.setLineDash(dash);
    on.beginPath();
    points.forEach(([x, y]) => on.lineTo(x, y));
    on.stroke();
    on.setLineDash([]);
  };
  const circle = (on, { x, y, r }, more = 0) => {
    on.moveTo(x + r + more, y);
    on.arc(x, y, r + more, 0, 7);
  };
  const strength = (share) => (share > 0 ? Math.min(1, Math.max(0.05, 1 + Math.log10(share) / 7)) : 0);
  const tint = (s) => (s ? `rgb(${[179, 18, 63].map((c) => Math.round(255 - (0.15 + 0.85 * s) * (255 - c))).join()})` : "#767676");

  const drawPoints = (on, { x, y, r }, all, size, faint) => {
    for (let i = 0; i < all.length; i += 3) {
      const px = x + all[i] * r / 3.5, py = y - all[i + 1] * r / 3.5, triangle = all[i + 2];
      on.beginPath();
      if (triangle) {
        on.moveTo(px, py - size * 1.15);
        on.lineTo(px + size, py + size * 0.7);
        on.lineTo(px - size, py + size * 0.7);
        on.closePath();
      } else on.arc(px, py, size * 0.85, 0, 7);
      on.lineWidth = size * 0.35;
      on.strokeStyle = triangle ? "#5c3a00" : "#2d1350";
      on.fillStyle = faint ? "transparent" : triangle ? "#fff" : "#2d1350";
      on.fill();
      on.stroke();
      if (faint || triangle) continue;
      on.lineWidth = size * 0.14; // a light rim, or a dot is not seen on dark purple
      on.strokeStyle = "#fffc";
      on.stroke();
    }
  };
  const pointsSprite = ({ r }) => { // they do not move, so they are drawn once
    if (sprite) return sprite;
    sprite = document.createElement("canvas");
    sprite.width = sprite.height = Math.ceil(2 * r * ratio) || 1;
    const on = sprite.getContext("2d");
    on.scale(ratio, ratio);
    const at = { x: r, y: r, r }, size = Math.max(1.7, r / 42);
    drawPoints(on, at, own, size);
    if (choice("new").checked) drawPoints(on, at, fresh, size * 0.9, true);
    return sprite;
  };

  let edge = null; // the one pointed at
  const drawEdges = () => { // a few strokes, one for each width, whole or dashed, so that it is quick
    const wide = places.at(-1)[0].r > 80 ? 3.4 : 2.6, strokes = new Map();
    frame.layers.forEach(({ at, ins, outs }, l) => {
      let most = 0;
      for (let i = at; i < at + ins * outs; i++) most = Math.max(most, Math.abs(frame.numbers[i]) || 0);
      for (let i = 0; i < ins * outs; i++) {
        const w = frame.numbers[at + i], share = Math.abs(w) / most, from = places[l][Math.floor(i / outs)], to = places[l + 1][i % outs];
        if (!(share > 0.25)) continue;
        const key = Math.round(8 * share) * 4 + 2 * (w < 0) + (shown?.level == l + 1 && shown.i == i % outs);
        if (!strokes.has(key)) strokes.set(key, new Path2D());
        strokes.get(key).moveTo(from.x, from.y);
        strokes.get(key).lineTo(to.x, to.y);
      }
    });
    for (const [key, path] of strokes) {
      pen.strokeStyle = key % 2 ? "#44546a" : "#a2aab5"; // of the unit that is looked at, darker
      pen.lineWidth = wide * (key >> 2) / 8;
      pen.setLineDash(key & 2 ? [5, 3] : []);
      pen.stroke(path);
    }
    pen.setLineDash([]);
  };
  const drawRing = (at, share, dead) => {
    const s = strength(share), lost = Number.isNaN(share), wide = at.r > 60 ? 1.5 : at.r < 18 ? 0.75 : 1;
    pen.beginPath();
    circle(pen, at, 0.3);
    pen.strokeStyle = lost ? "#000" : tint(s);
    pen.lineWidth = (lost ? 1.6 : 0.9 + 2.9 * s) * wide;
    pen.setLineDash(lost ? [5, 3] : s ? [] : [1.5, 2.5]);
    pen.stroke();
    pen.setLineDash([]);
    if (!dead) return;
    for (const d of [0.62 * at.r, -0.62 * at.r]) line(pen, [[at.x - 0.62 * at.r, at.y - d], [at.x + 0.62 * at.r, at.y + d]], 1.8, "#000");
  };
  const drawWayBack = () => {
    if (!way) return;
    const x = way;
    let above = places.at(-1)[0].y + 12;
    for (let l = hidden.length - 1; l >= 0; l--) {
      const y = places[l + 1][0].y, s = strength(frame.strengths[l] ?? NaN), w = 4 + 5 * s;
      line(pen, [[x, above], [x, y - 9]], 1 + 6 * s, tint(s), s ? [] : [2, 3]);
      pen.fillStyle = tint(s);
      pen.beginPath();
      [[x - w, y - 9], [x + w, y - 9], [x, y + 0.7 * w]].forEach((at) => pen.lineTo(...at));
      pen.fill();
      above = y + 0.7 * w + 5;
    }
  };
  const drawEdge = () => {
    if (!edge) return;
    const { l, from, to } = edge, a = places[l][from], b = places[l + 1][to], text = round(weight(l, from, to), 4);
    line(pen, [[a.x, a.y], [b.x, b.y]], 2.5, "#1f5cb0");
    pen.font = "600 14px Source Sans, sans-serif";
    const w = pen.measureText(text).width + 12, x = (a.x + b.x) / 2, y = (a.y + b.y) / 2;
    pen.fillStyle = "#fff";
    pen.beginPath();
    pen.roundRect(x - w / 2, y - 12, w, 24, 6);
    pen.fill();
    pen.lineWidth = 1.2;
    pen.stroke();
    [pen.fillStyle, pen.textAlign, pen.textBaseline] = ["#222", "center", "middle"];
    pen.fillText(text, x, y + 1);
  };
  const draw = () => {
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    if (!fits()) {
      pen.beginPath();
      places.flat().forEach((at) => circle(pen, at));
      [pen.lineWidth, pen.strokeStyle] = [1, "#b9bdc4"];
      return pen.stroke();
    }
    drawEdges();
    pen.save();
    pen.beginPath();
    places.flat().forEach((at) => circle(pen, at));
    pen.fillStyle = "#fff";
    pen.fill();
    pen.clip();
    places.forEach((row, level) => row.forEach((at, i) => drawMap(pen, level, i, at.x, at.y, at.r)));
    const [out] = places.at(-1);
    pen.drawImage(pointsSprite(out), out.x - out.r, out.y - out.r, 2 * out.r, 2 * out.r);
    pen.restore();
    places.slice(1).forEach((row, l) => row.forEach((at, i) => drawRing(at, frame.rings[unitOf(l + 1, i)], l < hidden.length && frame.crossed[unitOf(l + 1, i)])));
    drawWayBack();
    drawEdge();
    drawLook();
  };

  // Cost over time.
  const chart = $(".costs canvas"), graph = chart.getContext("2d");
  const drawCosts = () => {
    const width = chart.clientWidth, height = chart.clientHeight, style = getComputedStyle(root), left = 30, bottom = height - 18;
    if (chart.width != Math.round(width * ratio)) [chart.width, chart.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    graph.setTransform(ratio, 0, 0, ratio, 0, 0);
    graph.clearRect(0, 0, width, height);
    const finite = costs.flatMap(([, a, b]) => [a, b]).filter((cost) => cost != null);
    const top = Math.min(Math.max(0.8, ...finite), 5), end = Math.max(20, costs.at(-1)?.[0] ?? 0);
    const x = (epoch) => left + (width - left - 4) * epoch / end, y = (cost) => bottom - (bottom - 6) * Math.min(cost, top) / top;
    graph.font = "12px Source Sans, sans-serif";
    graph.fillStyle = style.getPropertyValue("--faint");
    line(graph, [[left, y(Math.LN2)], [width - 4, y(Math.LN2)]], 1, graph.fillStyle, [2, 3]);
    line(graph, [[left, 4], [left, bottom], [width - 4, bottom]], 1, graph.fillStyle);
    graph.textAlign = "right";
    graph.fillText("0.69", left - 4, y(Math.LN2) + 4);
    graph.fillText("0", left - 4, bottom + 2);
    graph.fillText(`epoch ${Math.round(end)}`, width - 4, height - 4);
    for (const [part, thick, dash] of [[1, 2, []], [2, 1.3, [4, 3]]]) {
      const there = costs.filter((one) => one[part] != null).map((one) => [x(one[0]), y(one[part])]);
      line(graph, there, thick, style.getPropertyValue("--text"), dash);
    }
  };

  // Numbers beside the picture, some eight times a second.
  const tell = (now = performance.now()) => {
    told = now;
    const { epoch, perEpoch, update } = frame, rest = update % perEpoch;
    const write = (name, text) => ($(`[data-show=${name}]`).textContent = text);
    write("epoch", `${Math.floor(epoch)}${rest ? ` + ${rest}/${perEpoch}` : ""}`);
    for (const name of ["cost", "newCost"]) write(name, round(frame[name]));
    for (const name of ["right", "newRight"]) write(name, percent(frame[name]));
    hidden.forEach((element, l) => {
      element.signal.textContent = frame.signals[l] ?? "";
      element.dead.textContent = frame.dead[l] ? `${frame.dead[l]} of ${frame.sizes[l + 1]} dead` : "";
    });
    $(".python pre").textContent = frame.python;
    drawCosts();
    tellLook();
  };

  const win = () => {
    for (const name of frame.won) {
      if (kept(`solved ${name}`)) continue;
      kept(`solved ${name}`, "yes");
      const item = $(`.challenges [data-name=${name}]`);
      note = `Challenge won in epoch ${Math.ceil(frame.epoch)}: ${item.textContent}. `;
      playing = false;
    }
    if (frame.won.length) showWon();
  };
  const showWon = () => {
    $$(".challenges li").forEach((item) => item.classList.toggle("won", Boolean(kept(`solved ${item.dataset.name}`))));
    solved();
  };

  // A closer look at a unit, and its weights to be typed.

  let shown = null, pinned = false;
  const [title, about] = [look.querySelector("strong"), look.querySelector("p")], fields = look.querySelector(".fields");
  const lens = look.querySelector("canvas"), glass = lens.getContext("2d");
  const forget = () => ["aria-expanded", "aria-describedby"].forEach((name) => stage.querySelector(`.unit[${name}]`)?.removeAttribute(name));
  const show = (level, i, pin = false) => {
    forget();
    [shown, pinned] = [{ level, i }, pin];
    look.hidden = false;
    look.classList.toggle("pinned", pin);
    const unit = unitAt(level, i), name = unit.ariaLabel;
    unit.setAttribute("aria-describedby", about.id);
    title.textContent = level && level <= hidden.length ? `${name}, ${chosen.activations[level - 1].replace("_", " ")}` : name;
    fields.replaceChildren();
    if (pin && level) {
      unit.setAttribute("aria-expanded", "true");
      for (let from = -1; from < frame.sizes[level - 1]; from++) {
        const input = make("input", { inputMode: "decimal", autocomplete: "off" });
        input.addEventListener("focus", () => (edge = from < 0 ? null : { l: level - 1, from, to: i }, draw()));
        input.addEventListener("change", () => type(input, level - 1, i, from));
        input.from = from;
        fields.append(make("label", { textContent: from < 0 ? "bias" : `${level == 1 ? "input" : "unit"} ${from + 1}` }, input));
      }
    }
    tellLook();
    draw();
  };
  const close = (back = false) => {
    const unit = shown && unitAt(shown.level, shown.i);
    forget();
    [shown, pinned, edge, look.hidden] = [null, false, null, true];
    if (back) unit?.focus();
    draw();
  };
  const tellLook = () => {
    if (!shown || !fits()) return;
    const { level, i } = shown, at = unitOf(level, i), last = level > hidden.length;
    for (const { firstElementChild: input } of fields.children) {
      const value = weight(level - 1, input.from, i);
      if (input != document.activeElement || !input.dirty) [input.value, input.title] = [round(value, 5), `${value}`];
    }
    if (!level) return (about.textContent = i ? "how far up a place lies" : "how far right a place lies");
    if (last) return (about.textContent = "the chance of a triangle; its error signal is 1, as all others are compared with it");
    const says = frame.crossed[at] ? "puts out 0 for every point: dead" : `puts out up to ${round(frame.most[at + 2], 4)}, above or below 0`;
    about.textContent = `${says}; error signal ${round(frame.rings[at], 4)}${Number.isNaN(frame.rings[at]) ? "" : " of the output’s"}`;
  };
  const drawLook = () => {
    if (!shown) return;
    const { level, i } = shown, at = { x: 180, y: 180, r: 176 };
    glass.clearRect(0, 0, 360, 360);
    glass.save();
    glass.beginPath();
    circle(glass, at);
    glass.clip();
    drawMap(glass, level, i, 180, 180, 176);
    glass.globalAlpha = 0.75;
    drawPoints(glass, at, own, 4.2);
    glass.restore();
  };
  const type = (input, l, unit, from) => {
    const value = input.value.replace(/\s/g, "").replace("−", "-").replace(",", ".");
    if (value === "" || !Number.isFinite(+value) || Math.abs(+value) > 1e6) {
      say(`“${input.value}” is no weight: a weight is a number, such as -0.5, up to a million. Nothing was changed.`);
      input.value = round(weight(l, from, unit), 5);
    } else if (value != round(weight(l, from, unit), 5).replace("−", "-").replace(/\s/g, "")) ask({ put: [l, unit, from, +value] });
    input.dirty = false;
  };
  fields.addEventListener("input", ({ target }) => (target.dirty = true));
  look.addEventListener("keydown", (event) => event.key == "Escape" && close(true));
  look.querySelector(".close").addEventListener("click", () => close(true));

  stage.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType == "touch" || pinned) return;
    if (target.matches(".unit")) show(+target.dataset.level, +target.dataset.i);
    else if (shown && !look.contains(target)) close();
  });
  stage.addEventListener("focusin", ({ target }) => {
    if (target.matches(".unit") && !pinned && target.matches(":focus-visible")) show(+target.dataset.level, +target.dataset.i);
  });
  stage.addEventListener("focusout", ({ relatedTarget }) => !pinned && shown && !stage.contains(relatedTarget) && close());
  stage.addEventListener("pointerleave", () => {
    if (!pinned && shown) close();
    if (edge && !pinned) [edge] = [null], draw();
  });
  stage.addEventListener("click", (event) => {
    const unit = event.target.closest(".unit");
    if (unit) {
      const level = +unit.dataset.level, i = +unit.dataset.i;
      if (pinned && shown.level == level && shown.i == i) return close();
      stage.querySelectorAll(".unit").forEach((one) => (one.tabIndex = one == unit ? 0 : -1));
      show(level, i, true);
      if (!event.detail) fields.querySelector("input")?.focus(); // by keyboard
    } else if ((edge = edgeAt(event))) {
      const { l, from, to } = edge;
      show(l + 1, to, true);
      fields.children[from + 1].firstElementChild.focus();
    } else if (!look.contains(event.target) && pinned && !event.target.closest(".tools")) close();
  });
  stage.addEventListener("keydown", (event) => {
    if (!event.target.matches(".unit")) return;
    if (event.key == "Escape") return close();
    const { level, i } = event.target.dataset, [up, along] = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [];
    if (up === undefined) return;
    event.preventDefault();
    const row = rows()[+level + up]?.units.children ?? [], to = row[Math.min(+i + along, row.length - 1)];
    if (!to) return;
    if (pinned) close();
    [event.target.tabIndex, to.tabIndex] = [-1, 0];
    to.focus();
  });
  const edgeAt = ({ clientX, clientY, target }) => {
    if (!fits() || target.closest(".unit, .look, button, select")) return null;
    const box = stage.getBoundingClientRect(), x = clientX - box.x, y = clientY - box.y;
    let best = 6, found = null;
    frame.layers.forEach(({ ins, outs }, l) => {
      for (let from = 0; from < ins; from++) for (let to = 0; to < outs; to++) {
        const a = places[l][from], b = places[l + 1][to], dx = b.x - a.x, dy = b.y - a.y;
        const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy), off = Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
        if (along > 0 && along < 1 && off < best) [best, found] = [off, { l, from, to }];
      }
    });
    return found;
  };
  stage.addEventListener("pointermove", (event) => {
    if (pinned) return;
    const found = edgeAt(event);
    if (found?.l == edge?.l && found?.from == edge?.from && found?.to == edge?.to) return;
    edge = found;
    stage.style.cursor = edge ? "pointer" : "";
    draw();
  });

  // The controls.

  const deeds = {
    play: () => play(!playing),
    update: () => (play(false), ask({ step: 1 })),
    epoch: () => (play(false), ask({ step: frame.perEpoch - (frame.update % frame.perEpoch) })),
    again: () => (play(false), ask({ make: settings() })),
  };
  $$("[data-do]").forEach((button) => button.addEventListener("click", deeds[button.dataset.do]));
  $$(".side [data-name], [name=task], [data-name=speed]").forEach((control) => control.addEventListener("change", () => {
    if (control.type == "number" && !(control.checkValidity() && control.value !== "")) {
      say(`The ${control.dataset.name} must be ${control.step == 1 ? "a whole number" : "a number"} from ${control.min.replace("-", "−")} to ${control.max}. Nothing was changed.`);
      control.value = control.kept ?? control.defaultValue;
      return;
    }
    control.kept = control.value;
    sprite = null;
    changed(!["new", "speed"].includes(control.dataset.name));
  }));

  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const little = new Int8Array(bytes(root.dataset.tasks).buffer), each = little.length / 4;
  $$(".tasks canvas").forEach((one, i) => {
    const all = Float64Array.from(little.subarray(i * each, (i + 1) * each), (value, j) => (j % 3 == 2 ? value : value / 34));
    drawPoints(one.getContext("2d"), { x: 56, y: 56, r: 54 }, all, 3.2);
  });
  const open = async () => {
    take(await new Response(new Blob([bytes(root.dataset.first)]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
    build();
    tell();
    showWon();
    showPlay();
    if (works) $$("[disabled]:not(.stepper button)").forEach((control) => (control.disabled = false));
    else {
      $$(".stage button:not(.unit), .stage select").forEach((control) => (control.disabled = true));
      say("Here Python cannot be loaded, so the picture stands still. The pictures in the lessons have their sliders.");
    }
    arrive();
    addEventListener("hashchange", arrive);
    document.fonts.ready.then(measure);
    new ResizeObserver(measure).observe(stage);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCosts);
  };
  open();
}
