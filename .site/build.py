"""Write the web edition, pages that need no kernel and no server: python .site/build.py [folder, else site]"""

import base64
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import ipywidgets
import nbformat
import playground
import python
from jinja2 import Environment, FileSystemLoader
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from PIL import Image

from lessons import EXERCISES, guesses, reply
from lessons.guesses import PREDICTIONS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SITE = re.match("# (.*)", README)[1]
NOTE = """<p class="note works" hidden>Sliders, guesses and exercises work on this page.
Nothing has to be installed. Where a lesson goes on with your code, the page goes on with ours.</p>
<p class="note works-not" hidden>Sliders and guesses work on this page. Answers cannot be checked here:
that takes Python, which cannot load from a disk, in a browser without WebAssembly,
or where this site was made without it.</p>"""
CHECK = r'^check\("(\w+)", (\w+)\)'
TEMPLATES = Environment(loader=FileSystemLoader(HERE), trim_blocks=True)
KNOWN = (  # what style.css says of all figures, or all browsers of all text, in the order in which it can go
    r"display:block;width:100%;max-width:468pt;stroke-linejoin:round;font-family:'DejaVu Sans','Verdana',sans-serif",
    r"(?<=style=\")font-size:10px;?",
    r";?text-anchor:start",
    r"stroke-dashoffset:0;",
    r' style=""',
)
OURS = ("style.css", "page.js", "exercises.js", "playground.js", "playground.css", "icon.svg")
THEIRS = {  # package of package.json: what the pages use of it
    "@jupyter-widgets/html-manager": "dist/embed.js dist/embed.js.LICENSE.txt",
    "katex": "dist/katex.min.* dist/contrib/auto-render.min.js dist/fonts/*.woff2 LICENSE",
    "@fontsource-variable/source-serif-4": "files/*-latin-wght-*.woff2 LICENSE",
    "@fontsource-variable/source-sans-3": "files/*-latin-wght-normal.woff2 LICENSE",
    "@fontsource-variable/source-code-pro": "files/*-latin-wght-*.woff2 LICENSE",
    "@fontsource/dejavu-sans": "files/*-latin-400-normal.woff2 LICENSE",
}


def collect(folder):
    """Copy what all pages share into folder, fetching the packages at the versions of package.json."""
    versions = json.loads((HERE / "package.json").read_text())["dependencies"]
    for name in OURS:
        shutil.copy(HERE / name, folder)
    with tempfile.TemporaryDirectory() as tmp:
        for package, wanted in THEIRS.items():
            pack = [shutil.which("npm"), "pack", "--silent", "--prefer-offline", f"{package}@{versions[package]}"]
            archive = subprocess.run(pack, cwd=tmp, check=True, capture_output=True, text=True).stdout.strip()
            with tarfile.open(Path(tmp, archive)) as tar:
                tar.extractall(Path(tmp, package), filter="data")
            for pattern in wanted.split():
                for path in Path(tmp, package, "package").glob(pattern):
                    target = folder / package.split("/")[-1] / path.relative_to(Path(tmp, package, "package"))
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, target)


def run(nb):
    """Run a notebook where the lessons lie; its figures' state stays in its metadata."""
    place = {"metadata": {"path": ROOT / "notebooks"}}
    how = {"timeout": 600, "kernel_name": "python3", "coalesce_streams": True, "extra_arguments": ["--log-level=ERROR"]}
    NotebookClient(nb, **how, resources=place).execute()
    for about in nb.metadata.get("widgets", {}).values():
        for model in about["state"].values():
            model["state"] = news(model)
            if model["model_name"] == "HTMLModel":
                model["state"]["value"] = thin(model["state"].get("value", ""))
    return nb


def thin(svg):
    """Return an SVG that takes less room in JSON: without what style.css says, what is clipped alike as one group."""
    svg = re.sub(r'(?<= style=)"[^"]*"', lambda style: re.sub(r"([:;,]) |(?<=\.\d\d)\d+", r"\1", style[0]), svg)
    for known in KNOWN:
        svg = re.sub(known, "", svg)
    alike = r'<path[^>]*( clip-path="[^"]*")[^>]*/>(?:<path[^>]*\1[^>]*/>)+'
    svg = re.sub(alike, lambda paths: f"<g{paths[1]}>{paths[0].replace(paths[1], '')}</g>", svg)
    return re.sub("<[^>]*>", lambda tag: tag[0].translate(str.maketrans("\"'", "'\"")), svg)  # these need no escape


def news(model):
    """Return of a widget's state what its page does not know by itself: all but the defaults."""
    [kind, *_] = [kind for kind in kinds() if kind._model_name.default_value == model["model_name"]]
    known = {name: trait.default_value for name, trait in kind.class_traits(sync=True).items()}
    return {name: value for name, value in model["state"].items() if name not in known or known[name] != value}


def kinds(kind=ipywidgets.Widget):
    """Yield a kind of widget, and all kinds of it."""
    yield kind
    for special in kind.__subclasses__():
        yield from kinds(special)


def render(nb, **options):
    """Return the HTML of a notebook's cells, the ids of its widgets counted."""
    template = {"extra_template_basedirs": [str(HERE)], "template_name": "lesson", "filters": {"webp": webp}}
    body, _ = HTMLExporter(**template, **options).from_notebook_node(nb)
    body = re.sub(r'<a class="anchor-link".*?</a>', "", body)
    body = re.sub(r'(href="[\w-]+)\.(ipynb|md)\b', r"\1.html", body)
    body = re.sub("<table>.*?</table>", wide, body, flags=re.S)
    ids = {}
    return re.sub(r'(?<=["_])[0-9a-f]{32}(?=")', lambda found: f"w{ids.setdefault(found[0], len(ids))}", body)


def wide(table):
    """Return a table that may scroll, and whose code may break between words on a phone."""
    part = r"(?<=[._(=])(?=\w)|(?<=[a-z])(?=[A-Z])"
    text = re.sub("<code>.*?</code>", lambda code: re.sub(part, "<wbr>", code[0]), table[0])
    return f'<div class="wide">{text.replace("<th></th>", "<td></td>")}</div>'


def webp(png):
    """Return a picture, in base64, as one that takes less room."""
    page = io.BytesIO()
    Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB").save(page, "webp", quality=40, method=6)
    return base64.b64encode(page.getvalue()).decode()


def form(kind, **parts):
    """Return the HTML of a form, in one line, as Markdown wants it."""
    text = TEMPLATES.get_template(f"{kind}.html.j2").render(parts)
    return re.sub(r">\n\s*|\n\s*(?=<)", lambda gap: gap[0].strip(), text)


def guess(asked):
    """Return the HTML of a cell that asks for a guess; where no script runs, each reply stands there folded."""
    name = re.search(r'predict\("(\w+)"', asked)[1]
    prediction = PREDICTIONS[name]
    folded = dict(sorted(prediction["replies"].items(), key=lambda one: asked.find(f'"{one[0]}"')))
    if isinstance(prediction["answer"], str):
        percent, replies = "", [(choice, reply(name, choice)) for choice in folded]
    else:
        percent, replies = guesses._number("100 %", prediction["answer"]) / 100, upto(name, **prediction)
        folded = dict(sorted(folded.items(), key=lambda one: float(one[0]))) | {"another number": prediction["other"]}
    return form("guess", replies=replies, otherwise=reply(name, "?"), percent=percent, folded=folded.items())


def upto(name, answer, replies, within=0.0, **_):
    """Return the replies to a guessed number as pairs: up to which number, and what is said then."""
    reach = [(float(place), within) for place in replies] + [(answer, 3 * within)]
    edges = sorted(place + side * near for place, near in reach for side in (-1, 1))
    middles = [edges[0] - 1, *((low + high) / 2 for low, high in zip(edges, edges[1:]))]
    limits = [
        pair
        for edge, middle in zip(edges, middles)
        for pair in ((math.nextafter(edge, -math.inf), reply(name, middle)), (edge, reply(name, edge)))
    ]
    return [*limits, (1e300, reply(name, edges[-1] + 1))]


def exercise(name, variable, stub):
    """Return the HTML of an exercise: an editor with the stub, a field, or a button for each choice."""
    about = EXERCISES[name]
    kinds = about.task or callable(about.right)
    right = [about.right] if isinstance(about.right, str) else about.right
    choices = sorted(words[0] for words in [right, *about.wrong.values()]) if isinstance(right, list) else []
    wish = "Your answer" + "".join(f": {comment}" for comment in re.findall("# *(.*)", stub))
    return form("answer", name=name, variable=variable if kinds else "", stub=stub, wish=wish, choices=choices)


def to_page(cells, plays):
    """Return the cells of a lesson as they are on a page: guesses and answers are typed into forms, a net is played."""
    page = []
    for cell in cells:
        if cell.id == "how-to":  # what is run by hand
            continue
        if asked := cell.cell_type == "code" and re.search(CHECK, cell.source, flags=re.M):
            if stub := cell.source.replace(asked[0], "").strip():
                page.append(nbformat.v4.new_code_cell(stub))
            page[-1].metadata.unseen = True  # the lesson may go on with it
            cell = nbformat.v4.new_markdown_cell(exercise(*asked.groups(), page[-1].source))
        elif cell.id.startswith("guess-"):
            cell = nbformat.v4.new_markdown_cell(guess(cell.source))
        elif cell.id in ("opening", "learned"):
            cell.source = re.sub(r"[^.\n]*: \[.*?\]\([\w-]+\.ipynb\)\.?", "", cell.source)
        elif cell.metadata.get("jupyter", {}).get("source_hidden"):
            cell.metadata.summary = re.sub("^# *", "", cell.source.splitlines()[0]) if cell.source[0] == "#" else "Code"
        page.append(cell)
        if cell.id == "yours-run" and plays:
            page += [nbformat.v4.new_markdown_cell(text) for text in (playground.INVITATION, plays)]
    return page


def lesson(path, plays=""):
    """Return a lesson as a page."""
    nb = nbformat.read(path, as_version=4)
    names = [found[1] for cell in nb.cells if (found := re.search(CHECK, cell.source, flags=re.M))]
    nb.cells = to_page(nb.cells, plays)
    opening = nb.cells[0].source
    nb.cells.insert(1, nbformat.v4.new_markdown_cell(NOTE))
    nb.cells = [cell for cell in run(nb).cells if not cell.metadata.get("unseen")]
    body = render(nb)
    return SimpleNamespace(
        name=path.stem,
        title=re.match("# (.*)", opening)[1],
        question=re.search(r"^\*\*(.+)\*\*$", opening, flags=re.M)[1],
        minutes=re.search(rf"\(notebooks/{path.name}\) \| (\d+) \|", README)[1],
        contents=re.findall(r'<h2 id="(.*?)">(.*?)</h2>', body),
        binder=binder(path.stem),
        exercises=names,
        plays='class="play"' in body,
        body=body,
    )


def words(path):
    """Return what stands beside the lessons, such as the glossary, as a page."""
    text = path.read_text(encoding="utf-8")
    title, question = re.match(r"# (.*)\n+(.*)", text).groups()
    body = render(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)]))
    contents = re.findall(r'<h2 id="(.*?)">(.*?)</h2>', body)
    first = binder("01-activation-functions")
    return SimpleNamespace(name=path.stem, title=title, question=question, contents=contents, binder=first, body=body)


def start():
    """Return the start page: a few words, a figure, and what it shows."""
    above, below = (HERE / "start.md").read_text(encoding="utf-8").strip().split("\n\n")
    new, figure = nbformat.v4, (HERE / "start.py").read_text(encoding="utf-8")
    figure = new.new_code_cell(f"{figure}figure")
    cells = [new.new_markdown_cell(f"# {SITE}\n\n{above}"), figure, new.new_markdown_cell(below)]
    nb = run(new.new_notebook(cells=cells))
    figure.outputs = [output for output in figure.outputs if output.output_type != "stream"]
    body = render(nb, exclude_input=True)
    first = binder("01-activation-functions")
    return SimpleNamespace(name="index", title=SITE, question=above, binder=first, body=body)


def binder(name):
    """Return the README's Binder link for a lesson, if GitHub says whose repository this is, or ""."""
    link = re.search(r"https://mybinder\.org/\S+/notebooks/", README)[0]
    link = link.replace("OWNER/REPO", os.environ.get("GITHUB_REPOSITORY", "OWNER/REPO"))
    link = link.replace("/REF?", f"/{os.environ.get('GITHUB_REF_NAME', 'REF')}?") + f"{name}.ipynb"
    return "" if "OWNER/REPO" in link else link


def main(folder):
    """Write the whole site into folder."""
    if not shutil.which("npm"):
        sys.exit("make site needs npm, to fetch fonts, KaTeX and the widget manager: install Node.js")
    if folder.exists() and not (folder / "shared" / "page.js").exists():
        sys.exit(f"{folder} holds something else than a site made here: name another folder")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "shared").mkdir(parents=True)
    collect(folder / "shared")
    missing = python.collect(folder / "shared" / "python")
    print(f"Pages without Python, since it could not be fetched: {missing}" if missing else "Python for the pages")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        first = pool.submit(start)
        plays = "" if missing else playground.section()
        lessons = list(pool.map(partial(lesson, plays=plays), sorted((ROOT / "notebooks").glob("*.ipynb"))))
    beside = [words(path) for path in sorted((ROOT / "notebooks").glob("*.md"))]
    apart = beside if missing else [*beside, playground.page(plays)]
    page = TEMPLATES.get_template("page.html.j2")
    around = list(zip([None, *lessons], [*lessons[1:], None]))
    for at, one in [(None, first.result()), *enumerate(lessons), *((None, other) for other in apart)]:
        neighbours = [] if at is None else [(r, other) for r, other in zip(("prev", "next"), around[at]) if other]
        around_it = {"lessons": lessons, "beside": beside, "neighbours": neighbours}
        text = page.render(site=SITE, page=one, python=not missing, **around_it)
        (folder / f"{one.name}.html").write_text(text, encoding="utf-8")
        print(f"{one.name}.html {len(text.encode()) / 1e6:.1f} MB", flush=True)
    print(f"To look at it: {sys.executable} -m http.server --directory {folder}")


if __name__ == "__main__":
    main(Path(*sys.argv[1:2] or [ROOT / "site"]))
