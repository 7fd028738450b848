// A net that trains in the page. Python in a worker does all sums (live.py); this asks for them and draws what comes.

{
  const root = document.querySelector(".play");
  const $ = (selector) => root.querySelector(selector), $$ = (selector) => [...root.querySelectorAll(selector)];
  const form = $("form"), { elements } = form;
  const round = (value, digits = 3) => (value == null ? "no number" : `${+value.toPrecision(digits)}`.replaceAll("-", "−"));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // What comes from Python: the length of a header, the header, and a map for each unit.

  let frame, costs = [];
  const take = (buffer) => {
    const [length] = new Uint32Array(buffer, 0, 1), head = new TextDecoder().decode(new Uint8Array(buffer, 4, length));
    frame = JSON.parse(head);
    paintMaps(new Uint8Array(buffer, 4 + length));
    for (const name in frame.points) $$(`.marks .${name}`).forEach((path) => path.setAttribute("d", frame.points[name]));
    if (frame.points) root.classList.remove("stale");
    if (!frame.update) costs = [];
    if (frame.epoch > (costs.at(-1)?.[0] ?? -1)) costs.push([frame.epoch, frame.cost, frame.newCost]);
    if (costs.length > 300) costs = costs.filter((_, i) => i % 2 == 0);
  };

  // Python: one thing asked at a time, and while the page draws it works out the next.

  let worker = null, ready = false, busy = false, playing = false, come = null, todo = [];
  let told = 0, read = 0, note = ""; // when numbers and words were last written, and what to say first
  const say = (text, aloud = true) => {
    read = performance.now();
    $(".words").textContent = text;
    if (aloud) $(".ears").textContent = text;
  };
  const end = (why) => {
    worker.terminate();
    [worker, ready, busy, playing, come, todo] = [null, false, false, false, null, []];
    say(why);
    goOn();
  };
  const LOST = "Python could not be loaded, so the picture stands still. Are you connected? Play tries again.";
  const load = () => {
    const mb = (bytes) => (bytes / 1e6).toFixed(1);
    worker = new Worker("shared/python/worker.js", { type: "module" });
    worker.onerror = () => end(LOST);
    worker.onmessage = ({ data }) => {
      const loading = data.come < 0.97 * data.all ? `Python is loading: ${mb(data.come)} of ${mb(data.all)} MB` : "Python is starting";
      if (data.come) say(loading, false);
      if (data.ready) ready = true;
      if (data.frame) {
        come = data.frame;
        calm.matches && playing ? setTimeout(tick, 500) : requestAnimationFrame(tick);
      }
      if (data.failed) end(ready ? `Python gave up (${data.failed.trim().split("\n").pop()}). Play starts it anew.` : LOST);
    };
    if (!todo[0].make) todo.unshift({ make: settings() });
  };
  const goOn = () => {
    if (todo.length && !busy) {
      if (!worker) load();
      busy = true;
      worker.postMessage({ live: JSON.stringify(todo.shift()) });
    }
    $(".go").textContent = playing ? "Pause" : "Play";
    root.dataset.state = playing ? "playing" : busy ? "busy" : "rest";
  };
  const ask = (wish) => {
    todo = wish.make ? [wish] : [...todo, wish];
    goOn();
  };
  const step = () => ({ step: (+elements.speed.value * frame.perEpoch || 1) * (calm.matches ? 30 : 1) });
  const act = (wish, on = false) => {
    [playing, note] = [on, ""];
    if (wish) return ask(wish);
    todo = todo.filter((other) => !other.step);
    goOn();
    if (!busy) say(frame.words);
  };
  const tick = () => {
    if (document.hidden || !come) return;
    const { kind } = frame;
    take(come);
    [come, busy] = [null, false];
    win();
    if (frame.kind == "overflow") playing = false;
    if (playing && !todo.length) todo.push(step());
    goOn();
    draw();
    const rest = !playing && !busy, now = performance.now();
    if (rest || now - told > 120) tell();
    if (rest || frame.kind != kind) say(note + frame.words);
    else if (now - read > 1000) say(frame.words, false);
  };
  document.addEventListener("visibilitychange", tick);

  // All choices are fields of a form, so the form says the address, and which addresses cannot be.

  const list = (name) => elements[name].value.split("-");
  const write = (name, values) => (elements[name].value = values.join("-"));
  const settings = () => {
    const { data, init, alpha, rate, batch, seed } = Object.fromEntries(new FormData(form));
    return {
      data, layers: list("layers").map(Number), activations: list("activations"), alpha: +alpha,
      init: init == "default" ? init : +init, rate: +rate, batch: +batch, seed: +seed,
    };
  };
  let address, made; // the choices that stand, and which of them made the net
  const choose = (parts) => { // into the form; returns what cannot be
    form.reset();
    for (const [name, value] of new URLSearchParams(parts)) {
      const control = elements[name];
      if (control?.type == "checkbox") control.checked = true;
      else if (control) control.value = value;
      if (control?.value != value || !form.checkValidity()) return `${name} cannot be “${value}”`;
    }
    return list("layers").length == list("activations").length ? "" : "each layer needs one function";
  };
  const apply = () => {
    const wanted = JSON.stringify(settings()), anew = wanted != made;
    [address, made, note] = [`${new URLSearchParams(new FormData(form))}`, wanted, ""];
    if (anew) close();
    build();
    if (!anew) return;
    root.classList.add("stale"); // until the net that was chosen is there
    ask({ make: settings() });
  };
  const arrive = () => {
    if (!location.hash.includes("=")) return;
    const wrong = choose(location.hash.slice(1));
    if (wrong) choose(address);
    apply();
    if (wrong) say(`This address asks for a net that cannot be: ${wrong}. So nothing was changed.`);
    if (document.body.classList.contains("lesson")) root.scrollIntoView();
  };
  const changed = () => {
    apply();
    history.replaceState(null, "", `#${address}`);
  };
  const resize = (button, by) => { // a layer, or with the answer's buttons the net
    const l = hidden.indexOf(button.closest(".row")), layers = list("layers"), activations = list("activations");
    if (l >= 0) layers[l] = +layers[l] + by;
    else for (const all of [layers, activations]) by > 0 ? all.push(all.at(-1)) : all.pop();
    write("layers", layers);
    write("activations", activations);
    changed();
    if (button.disabled) button.parentNode.querySelector("button:enabled").focus(); // else the keyboard loses its place
  };
  root.addEventListener("change", ({ target }) => {
    if (look.contains(target)) return type(target);
    const l = hidden.indexOf(target.closest(".row"));
    if (l >= 0) write("activations", list("activations").with(l, target.value));
    if (target.checkValidity()) {
      changed();
      if (["rate", "batch"].includes(target.name)) note = `The ${target.name} is another, so it begins anew. `;
      return;
    }
    const { name, min, max, step } = target;
    say(`The ${name} must be ${step == 1 ? "a whole number" : "a number"} from ${min.replace("-", "−")} to ${max}. Nothing was changed.`);
    target.value = new URLSearchParams(address).get(name);
  });

  // The rows of the net, from the inputs to the answer. Units are buttons; what they show is drawn beneath them.

  const stage = $(".stage"), inputs = $(".inputs"), hidden = $$(".row[role]").reverse(), answer = $(".answer");
  let units; // in each row, those that are there
  const count = (row, n, most) => {
    row.querySelector("output").textContent = n;
    row.querySelector("[data-do=fewer]").disabled = !works || n == 1;
    row.querySelector("[data-do=more]").disabled = !works || n == most;
  };
  const build = () => {
    const layers = list("layers"), functions = list("activations");
    hidden.forEach((row, l) => {
      row.hidden = !layers[l];
      row.querySelector("select").value = functions[l];
      row.querySelectorAll(".unit").forEach((unit, i) => (unit.hidden = i >= layers[l]));
      count(row, layers[l], 8);
    });
    count(answer, layers.length, 6);
    const rows = [inputs, ...hidden, answer].filter((row) => !row.hidden);
    units = rows.map((row) => [...row.querySelectorAll(".unit:not([hidden])")]);
    units.forEach((row, level) => row.forEach((unit, i) => Object.assign(unit, { level, i })));
    reach(units.at(-1)[0]);
    $(".alpha").hidden = !functions.includes("leaky_relu");
    measure();
  };
  const reach = (unit) => units.flat().forEach((one) => (one.tabIndex = one == unit ? 0 : -1)); // with the Tab key
  const fits = () => `${frame.sizes}` == units.map((row) => row.length); // else what has been chosen is not made yet

  // Where everything is drawn, and in which colours: matplotlib's PuOr, turned round, between 8 % and 92 %.

  const canvas = $(".net"), pen = canvas.getContext("2d");
  let places = [], discs, ratio, way;
  const measure = () => {
    const box = stage.getBoundingClientRect();
    ratio = Math.min(devicePixelRatio, 3);
    [canvas.width, canvas.height] = [box.width, box.height].map((side) => Math.round(side * ratio));
    discs = new Path2D();
    places = units.map((row) => row.map((unit) => {
      const at = unit.getBoundingClientRect(), r = at.width / 2, x = at.x - box.x + r, y = at.y - box.y + r, path = new Path2D();
      path.arc(x, y, r, 0, 7);
      discs.addPath(path);
      return { x, y, r, path };
    }));
    const [told, last] = [".told", ".unit"].map((part) => answer.querySelector(part).getBoundingClientRect());
    way = told.y < last.bottom - 5 && told.x - box.x - 16; // upright there is no room for it
    draw();
  };
  const line = (...points) => {
    const path = new Path2D();
    points.forEach(([x, y]) => path.lineTo(x, y));
    return path;
  };
  const stroke = (path, width, colour, dash = []) => {
    [pen.lineWidth, pen.strokeStyle] = [width, colour];
    pen.setLineDash(dash);
    pen.stroke(path);
  };

  const GRID = 30, STOPS = "2d004b 542788 8073ac b2abd2 d8daeb f7f7f7 fee0b6 fdb863 e08214 b35806 7f3b08";
  const atlas = document.createElement("canvas"), ink = atlas.getContext("2d", { willReadFrequently: true });
  const palette = ink.createLinearGradient(-22.7, 0, 279.7, 0);
  STOPS.split(" ").forEach((colour, i) => palette.addColorStop(i / 10, `#${colour}`));
  ink.fillStyle = palette;
  ink.fillRect(1, 0, 255, 1); // 0 is no number, and stays white
  const SHADES = new Uint32Array(ink.getImageData(0, 0, 256, 1).data.buffer);
  const paintMaps = (maps) => {
    const pixels = ink.createImageData(GRID, maps.length / GRID), to = new Uint32Array(pixels.data.buffer);
    for (let i = 0; i < maps.length; i++) to[i] = SHADES[maps[i]];
    [atlas.width, atlas.height] = [GRID, pixels.height];
    ink.putImageData(pixels, 0, 0);
  };
  const drawMap = (on, level, i, { x, y, r }) => {
    const before = frame.sizes.slice(0, level).reduce((a, b) => a + b, i);
    on.drawImage(atlas, 0, before * GRID, GRID, GRID, x - r, y - r, 2 * r, 2 * r);
  };

  const strength = (share) => (share > 0 ? Math.min(1, Math.max(0.05, 1 + Math.log10(share) / 7)) : 0);
  const tint = (s) => (s ? `rgb(${[179, 18, 63].map((c) => Math.round(255 - (0.15 + 0.85 * s) * (255 - c)))})` : "#767676");
  let edge = null; // the one pointed at
  const drawEdges = () => { // a few strokes, one for each width, whole or dashed, so that it is quick
    const wide = places.at(-1)[0].r > 80 ? 3.4 : 2.6, strokes = {};
    frame.weights.forEach((rows, l) => {
      const all = rows.slice(0, -1), most = Math.max(...all.flat().map(Math.abs));
      all.forEach((row, from) => row.forEach((w, to) => {
        const share = Math.abs(w) / most, a = places[l][from], b = places[l + 1][to];
        if (!(share > 0.25)) return;
        const colour = shown && shown == units[l + 1][to] ? "#44546a" : "#a2aab5"; // darker, to the unit that is looked at
        const how = [Math.round(8 * share) / 8 * wide, colour, w < 0 ? [5, 3] : []];
        const [path] = (strokes[how] ??= [new Path2D(), ...how]);
        path.moveTo(a.x, a.y);
        path.lineTo(b.x, b.y);
      }));
    });
    Object.values(strokes).forEach((one) => stroke(...one));
  };
  const drawRing = ({ x, y, r, path }, share, dead) => {
    const lost = share == null, s = strength(share), wide = r > 60 ? 1.5 : r < 18 ? 0.75 : 1, d = 0.62 * r;
    stroke(path, (lost ? 1.6 : 0.9 + 2.9 * s) * wide, lost ? "#000" : tint(s), lost ? [5, 3] : s ? [] : [1.5, 2.5]);
    if (dead) [d, -d].forEach((e) => stroke(line([x - d, y - e], [x + d, y + e]), 1.8, "#000"));
  };
  const drawWayBack = () => {
    let above = places.at(-1)[0].y + 12;
    for (let l = frame.sizes.length - 3; l >= 0; l--) {
      const y = places[l + 1][0].y, s = strength(frame.strengths[l]), w = 4 + 5 * s;
      stroke(line([way, above], [way, y - 9]), 1 + 6 * s, tint(s), s ? [] : [2, 3]);
      pen.fillStyle = tint(s);
      pen.fill(line([way - w, y - 9], [way + w, y - 9], [way, y + 0.7 * w]));
      above = y + 0.7 * w + 5;
    }
  };
  const drawEdge = ({ l, from, to }) => {
    const a = places[l][from], b = places[l + 1][to], text = [round(frame.weights[l][from][to], 4), (a.x + b.x) / 2, (a.y + b.y) / 2];
    stroke(line([a.x, a.y], [b.x, b.y]), 2.5, "#1f5cb0");
    Object.assign(pen, { font: "600 14px Source Sans, sans-serif", textAlign: "center", textBaseline: "middle", lineJoin: "round" });
    [pen.lineWidth, pen.strokeStyle, pen.fillStyle] = [9, "#fff", "#1f5cb0"];
    pen.strokeText(...text);
    pen.fillText(...text);
  };
  const draw = () => {
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    if (!fits()) return stroke(discs, 1, "#b9bdc4");
    drawEdges();
    pen.fillStyle = "#fff";
    pen.fill(discs);
    pen.save();
    pen.clip(discs);
    places.forEach((row, level) => row.forEach((at, i) => drawMap(pen, level, i, at)));
    pen.restore();
    places.slice(1).forEach((row, l) => row.forEach((at, i) => drawRing(at, frame.rings[l][i], frame.dead[l]?.[i])));
    if (way) drawWayBack();
    if (edge) drawEdge(edge);
    if (shown) drawMap(glass, shown.level, shown.i, { x: 180, y: 180, r: 180 });
  };

  // Numbers beside the picture, and the cost over time, some eight times a second.

  const tell = () => {
    told = performance.now();
    const { epoch, update, perEpoch } = frame, part = update % perEpoch, percent = (share) => `${Math.round(100 * share)}\u00a0%`;
    const texts = {
      epoch: `${Math.floor(epoch)}${part ? ` + ${part}/${perEpoch}` : ""}`,
      cost: round(frame.cost), right: percent(frame.right), newCost: round(frame.newCost), newRight: percent(frame.newRight),
    };
    if (frame.cost == null) texts.right = texts.newRight = "–"; // no number is neither right nor wrong
    for (const name in texts) $(`[data-show=${name}]`).textContent = texts[name];
    frame.dead.forEach((layer, l) => {
      const dead = layer.filter(Boolean).length, [signal, small] = [".signal", "small"].map((part) => hidden[l].querySelector(part));
      signal.textContent = frame.signals[l];
      small.textContent = dead ? `${dead} of ${layer.length} dead` : "";
    });
    $(".python pre").textContent = frame.python;
    drawCosts();
    tellLook();
  };
  const drawCosts = () => {
    const end = Math.max(20, frame.epoch), top = Math.min(5, Math.max(0.8, ...costs.flatMap(([, ...both]) => both)));
    ["own", "new"].forEach((name, i) => {
      const there = costs.filter((one) => one[i + 1] != null);
      const corners = there.map((one) => [300 * one[0] / end, 100 - 100 * Math.min(one[i + 1], top) / top]);
      $(`.chart .${name}`).setAttribute("points", corners.join(" "));
    });
    $(".chance").style.bottom = `${100 * Math.LN2 / top}%`;
    $(".end").textContent = `epoch ${Math.floor(end)}`;
  };
  const win = () => {
    for (const item of $$(".challenges li:not(.won)").filter((item) => frame.won.includes(item.dataset.name))) {
      kept(`solved ${item.dataset.name}`, "yes");
      item.classList.add("won");
      [playing, note] = [false, `Challenge won in epoch ${Math.ceil(frame.epoch)}: ${item.textContent}. `];
      solved();
    }
  };

  // A closer look at a unit, which a click pins down, so that its weights can be typed.

  const look = $(".look"), [title, about] = [$(".look strong"), $(".look p")], fields = $$(".fields label"); // the bias first
  const glass = $(".look canvas").getContext("2d");
  let shown = null, pinned = false;
  const show = (unit, pin = false) => {
    shown?.removeAttribute("aria-describedby");
    [shown, pinned, look.hidden] = [unit, pin, !unit];
    look.classList.toggle("pinned", pin);
    if (unit) {
      const { level } = shown, made = list("activations")[level - 1];
      unit.setAttribute("aria-describedby", about.id);
      title.textContent = unit.ariaLabel + (made ? `, ${made.replace("_", " ")}` : "");
      fields.forEach((field, at) => {
        field.hidden = !level || at > units[level - 1].length;
        field.firstChild.textContent = at ? `${level == 1 ? "input" : "unit"} ${at}` : "bias";
        field.lastChild.dirty = false;
      });
      tellLook();
    }
    draw();
  };
  const close = () => {
    const from = look.contains(document.activeElement) && shown;
    edge = null;
    if (shown) show(null);
    if (from) from.focus();
  };
  const tellLook = () => {
    if (!shown || !fits()) return;
    const { level, i } = shown, ring = frame.rings[level - 1]?.[i], of = ring == null ? "" : ` ${ring < 1 ? "of" : "times"} the output’s`;
    fields.forEach(({ lastChild: input }, at) => {
      const value = frame.weights[level - 1]?.at(at - 1)?.[i];
      if (!input.dirty) [input.value, input.title] = [round(value, 5), value];
    });
    const out = frame.dead[level - 1]?.[i] ? "0 for every point: dead" : `up to ${round(frame.most[level][i], 4)}, above or below 0`;
    about.textContent = shown.dataset.about || `puts out ${out}; error signal ${round(ring, 4)}${of}`;
  };
  const type = (input) => {
    if (!shown) return; // left by Escape
    const text = input.value.replace(/\s/g, "").replaceAll("−", "-").replace(",", "."), { level, i } = shown;
    input.dirty = false;
    if (text && Math.abs(text) <= 1e6) return ask({ put: [level - 1, i, fields.indexOf(input.parentNode) - 1, +text] });
    say(`“${input.value}” is no weight: a weight is a number, such as -0.5, up to a million. Nothing was changed.`);
    tellLook();
  };
  look.addEventListener("input", ({ target }) => (target.dirty = true));

  const edgeAt = ({ clientX, clientY, target }) => {
    if (!fits() || target.closest(".unit, .look, .tools")) return null;
    const box = stage.getBoundingClientRect(), x = clientX - box.x, y = clientY - box.y;
    let best = 6, found = null;
    frame.weights.forEach((_, l) => places[l].forEach((a, from) => places[l + 1].forEach((b, to) => {
      const dx = b.x - a.x, dy = b.y - a.y, along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy);
      const off = Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
      if (along > 0 && along < 1 && off < best) [best, found] = [off, { l, from, to }];
    })));
    return found;
  };
  stage.addEventListener("pointermove", (event) => {
    if (pinned || event.pointerType == "touch") return;
    const unit = event.target.closest(".unit"), found = edgeAt(event);
    stage.style.cursor = found ? "pointer" : "";
    if (unit != shown) show(unit);
    if (edge || found) draw((edge = found));
  });
  stage.addEventListener("pointerleave", () => pinned || close());
  stage.addEventListener("focusout", () => pinned || close());
  stage.addEventListener("focusin", ({ target }) => {
    const from = fields.indexOf(target.parentNode) - 1;
    if (from > -2) draw((edge = from < 0 ? null : { l: shown.level - 1, from, to: shown.i }));
    else if (!pinned && target.matches(".unit:focus-visible")) show(target);
  });
  stage.addEventListener("click", (event) => {
    if (event.target.closest(".look, .tools")) return;
    const unit = event.target.closest(".unit");
    edge = edgeAt(event);
    if (edge) {
      show(units[edge.l + 1][edge.to], true);
      fields[edge.from + 1].lastChild.focus();
    } else if (unit && !(pinned && shown == unit)) {
      reach(unit);
      show(unit, true);
      if (!event.detail) fields[0].lastChild.focus(); // by keyboard
    } else close();
  });
  const ARROWS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  stage.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key == "Escape") return close();
    if (!ARROWS[key] || !target.matches(".unit")) return;
    event.preventDefault();
    const [up, along] = ARROWS[key], row = units[target.level + up], to = row?.[Math.min(target.i + along, row.length - 1)];
    if (!to) return;
    close();
    reach(to);
    to.focus();
  });

  document.addEventListener("pointerdown", ({ target }) => pinned && !stage.contains(target) && close());

  const deeds = {
    play: () => (playing ? act() : act(step(), true)),
    update: () => act({ step: 1 }),
    epoch: () => act({ step: frame.perEpoch - (frame.update % frame.perEpoch) }),
    again: () => act({ make: settings() }),
    fewer: (button) => resize(button, -1),
    more: (button) => resize(button, 1),
    close,
  };
  root.addEventListener("click", ({ target }) => deeds[target.dataset.do]?.(target));

  const open = async () => {
    const first = Uint8Array.from(atob(root.dataset.first), (c) => c.charCodeAt(0));
    take(await new Response(new Blob([first]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
    $$("[disabled]").forEach((control) => (control.disabled = !works));
    made = JSON.stringify(settings());
    apply();
    $$(".challenges li").forEach((item) => item.classList.toggle("won", kept(`solved ${item.dataset.name}`) == "yes"));
    tell();
    goOn();
    if (works) arrive(addEventListener("hashchange", arrive));
    else say("Here Python cannot be loaded, so the picture stands still. The pictures in the lessons have their sliders.");
    document.fonts.ready.then(measure);
    new ResizeObserver(measure).observe(stage);
  };
  open();
}
