"""Check in every lesson what nbval cannot see: its form, its links, its words, its code style."""

import ast
import re
from functools import cache

import nbformat
import numpy as np
import pytest
from nbval.plugin import comment_markers
from refresh import NOTEBOOKS, normal_form

import lessons

FIRST_FIVE = ["01-activation-functions", "02-sigmoid", "03-vanishing-gradients", "04-relu", "05-leaky-relu"]
UNCOMPARED = {}  # (lesson, cell id): why nbval must not compare this cell's output
WORKED_OUT = {  # lesson: decimals of its prose that no cell shows, worked out here, or a number that experiments gave
    "01": "3 * 0.4, 3.2, 3.2 - 1.3, 3.2 - 1.3 + 0.3, 1.7, 1.5",
    "02": "0.995, 3.74, 0.8, -np.log(0.9), -np.log(0.01), 1.90, 6.07, 18 / 40, 3.7209, "
    "3 - 100 * 0.0513, 1.68 * 0.2 * 0.723, 1.75, 0.408",
    "03": "0.235 * 3 * 0.116 * 1.5 * 0.168, 0.023 * 0.622, 0.5, 0.9, 0.0162, 0.023, "
    "0.25, 0.65, 1 / 0.2325**2, 0.86, 0.899, 1.02, 0.23, 0.046, 0.0078, 0.0019, 0.0004",
    "04": "np.sqrt(0.5), np.sqrt(2)",
    "05": "2.5, 2.5 * 0.01, 1.2, 2.7, 8.7, 2 / 5",
    "06": "np.log(2) / 2, 0.8, 0.542, 0.132, np.log(10), 2.33, 2.29, 0.9, 2.41, 0.02, 1.6, 7.1",
}
ON_PYPLOT = {"subplots", "subplot_mosaic", "figure", "style", "close"}  # the rest acts on whatever is current
IMPORTS = (ast.Import, ast.ImportFrom)
README = NOTEBOOKS.parent / "README.md"

found = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
by_lesson = pytest.mark.parametrize("name", found)


@cache
def load(name):
    """Return a lesson's notebook."""
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def code(name):
    """Return the code cells of a lesson that hold code."""
    return [cell for cell in load(name).cells if cell.cell_type == "code" and cell.source]


def prose(name):
    """Return the text of each prose cell of a lesson, without the code that it quotes."""
    texts = [cell.source for cell in load(name).cells if cell.cell_type == "markdown"]
    return [re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S) for text in texts]


def nodes(name, kind, start=0):
    """Return the syntax nodes of one kind in a lesson's code, from one code cell on."""
    return [node for cell in code(name)[start:] for node in ast.walk(ast.parse(cell.source)) if isinstance(node, kind)]


def tagged(cell, *starts):
    """Return the tags of a cell that start in one of these ways."""
    return [tag for tag in cell.metadata.get("tags", []) if tag.startswith(starts)]


def headings(text):
    """Return (level, title) of each heading in a text."""
    return [(len(marks), title.strip()) for marks, title in re.findall(r"^(#+) (.*)$", text, flags=re.M)]


def links(text):
    """Return (label, target) of each link and picture in a text."""
    html = [("", target) for target in re.findall(r'(?:href|src)="([^"]+)"', text)]
    return re.findall(r"\[([^\]]*)\]\(([^)\s]+)[^)]*\)", text) + html


def test_the_first_five_are_there():
    assert found[:5] == FIRST_FIVE


# Form


@by_lesson
def test_stored_in_normal_form(name):
    stored = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
    assert stored == nbformat.writes(normal_form(load(name))) + "\n", "run make refresh"
    assert len(stored.encode()) <= 600_000 and "drawn_with" in load(name).metadata


@by_lesson
def test_every_cell_has_been_run_in_order(name):
    assert [cell.execution_count for cell in code(name)] == list(range(1, len(code(name)) + 1))


@by_lesson
def test_cell_fails_if_and_only_if_it_should(name):
    for cell in code(name):
        fails = any(output.output_type == "error" for output in cell.outputs)
        assert fails == bool(tagged(cell, "raises-exception")), cell.id


@by_lesson
def test_every_output_is_compared(name):
    markers = rf"^\s*#\W*({'|'.join(comment_markers)})\s*$"
    marked = [cell for cell in code(name) if tagged(cell, "nbval-") or re.search(markers, cell.source, re.M | re.I)]
    assert {(name, cell.id) for cell in marked} == {key for key in UNCOMPARED if key[0] == name}


@by_lesson
def test_figure_has_words(name):
    for output in (output for cell in code(name) for output in cell.outputs if "data" in output):
        text = output.data["text/plain"]
        assert not re.search(r"<(Figure|Axes|matplotlib)| at 0x", text), text
        if "image/png" in output.data:
            alt = output.metadata["image/png"]["alt"]
            assert len(alt.split()) >= 4 and text.startswith(alt)


# Order


@by_lesson
def test_guess_stands_between_its_question_and_its_answer(name):
    cells = load(name).cells
    for before, cell, after in zip(cells, cells[1:], cells[2:]):
        if cell.id.startswith("guess-"):
            assert "**Predict.**" in before.source and not after.id.endswith("-read"), cell.id


@by_lesson
def test_solutions_are_folded(name):
    for cell in load(name).cells:
        if cell.cell_type == "markdown":
            bare = re.sub(r"<details>.*?</details>", "", cell.source, flags=re.S)
            assert "```" not in bare and not re.search("solution", bare, flags=re.I), cell.id
            assert not cell.id.endswith("-help") or not bare.strip(), cell.id


@by_lesson
def test_every_generator_has_a_seed(name):
    calls = {ast.unparse(node) for node in nodes(name, ast.Call)}
    assert not [call for call in calls if re.match(r"(np\.random\.|random\.)?default_rng\((None)?\)", call)]


# Words


@by_lesson
def test_opening(name):
    opening = prose(name)[0]
    number = int(name[:2])
    assert headings(opening)[0][1].startswith(f"{number}. ")
    assert "?" in opening and "**What you will be able to do**" in opening
    [minutes] = re.findall(r"About (\d+) minutes", opening)
    [row] = [line for line in README.read_text(encoding="utf-8").splitlines() if re.match(rf"\|.*{name}.ipynb", line)]
    assert f"| {minutes} |" in row


@by_lesson
def test_headings_do_not_jump(name):
    levels = [level for text in prose(name) for level, _ in headings(text)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))


@by_lesson
def test_ending(name):
    sections = [title for text in prose(name) for level, title in headings(text) if level == 2]
    extra = [title for title in sections if title.startswith("Optional: ")]
    assert sections[-len(extra) - 2 :] == ["What you learned", *extra, "References"]


@by_lesson
def test_promises_are_kept_one_by_one(name):
    promised, learned = (
        re.findall("^- ", re.split(start, "\n\n".join(prose(name)))[1].split("\n\n")[1], flags=re.M)
        for start in (r"\*\*What you will be able to do\*\*", "## What you learned")
    )
    assert len(learned) == len(promised) >= 2


@by_lesson
def test_decimals_are_shown_or_worked_out(name):
    text = re.split("^## References", "\n".join(prose(name)), flags=re.M)[0]
    shown = "\n".join([cell.source for cell in code(name)] + [str(output) for c in code(name) for output in said(c)])
    numbers = re.findall(r"(?<![\w.])(\d+\.?\d*)(e[+-]?\d+)?", shown.replace("_", ""))
    known = {float(number + power) for number, power in numbers} | {float(number) for number, _ in numbers}
    worked = eval(f"[{WORKED_OUT.get(name[:2], '')}]", {"np": np, **vars(lessons)})

    def backed(decimal, values):
        return any(abs(value - float(decimal)) <= 0.5001 * 10.0 ** -len(decimal.split(".")[1]) for value in values)

    decimals = re.findall(r"(?<![\w.])\d+\.\d+", text)
    assert [decimal for decimal in decimals if not backed(decimal, known | {*np.abs(worked)})] == []


def said(cell):
    """Return the words of a cell's outputs."""
    return [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]


# Links


@by_lesson
def test_neighbours_are_linked_in_order(name):
    at = found.index(name)
    neighbours = found[max(at - 1, 0) : at] + found[at + 1 : at + 2]
    [last] = [text for text in prose(name) if text.startswith("## What you learned")]
    for text, wanted in ((prose(name)[0], neighbours), (last, found[at + 1 : at + 2])):
        linked = [target for _, target in links(text) if target.endswith(".ipynb")]
        assert linked[-len(wanted) :] == [f"{neighbour}.ipynb" for neighbour in wanted] or not wanted


def anchors(path):
    """Return the anchors of a notebook or a Markdown page: each heading, as Jupyter and GitHub spell it."""
    text = "\n".join(prose(path.stem)) if path.suffix == ".ipynb" else path.read_text(encoding="utf-8")
    titles = [title for _, title in headings(text)]
    plain = [re.sub(r"[^\w -]", "", title.lower()) for title in titles]
    return {title.replace(" ", "-") for title in titles + plain}


@pytest.mark.parametrize("name", [*found, "README"])
def test_links_lead_somewhere(name):
    page = README if name == "README" else NOTEBOOKS / f"{name}.ipynb"
    text = page.read_text(encoding="utf-8") if name == "README" else "\n".join(prose(name))
    for label, target in links(text):
        if re.match("[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = page.parent / file if file else page
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target
        number = re.match(r"(?:lesson )?(\d)\b", label, flags=re.I)
        assert not number or path.suffix != ".ipynb" or int(path.name[:2]) == int(number[1]), label


def test_glossary_names_the_lesson_that_uses_its_word_and_none_earlier_links_to_it():
    text = (NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
    for word, name in re.findall(r"^## (.+)\n[^#]*\[Lesson \d\]\((.+)\.ipynb\)", text, flags=re.M):
        earlier = "\n".join("\n".join(prose(lesson)) for lesson in found[: found.index(name)])
        assert word.split()[0] in "\n".join(prose(name)).lower(), word
        assert f"glossary.md#{word.replace(' ', '-')}" not in earlier, word


def test_readme_lists_the_lessons():
    rows = re.findall(r"^\|.*\(notebooks/(.+?)\.ipynb\).*\|$", README.read_text(encoding="utf-8"), flags=re.M)
    assert rows == found


# Code; what ruff knows is left to make lint


@by_lesson
def test_imports_are_in_the_first_code_cell_and_used(name):
    assert nodes(name, IMPORTS) and not nodes(name, IMPORTS, start=1)
    imported = {alias.asname or alias.name for node in nodes(name, IMPORTS) for alias in node.names}
    assert imported <= {node.id for node in nodes(name, ast.Name)}


@by_lesson
def test_cell_is_short(name):
    assert {cell.id: lines for cell in code(name) if (lines := len(cell.source.splitlines())) > 15} == {}


@by_lesson
def test_plots_name_their_axes(name):
    on_pyplot = {node.attr for node in nodes(name, ast.Attribute) if getattr(node.value, "id", "") == "plt"}
    assert on_pyplot <= ON_PYPLOT


@by_lesson
def test_has_figures_to_move(name):
    called = [getattr(node.func, "id", "") for node in nodes(name, ast.Call)]
    assert called.count("explore") >= 2


@by_lesson
def test_names_no_path_of_a_machine(name):
    text = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.:/])/(home|root|tmp|Users|usr|opt|var|mnt|work)/|\b[A-Z]:\\\\", text)


# The normal form itself


def test_normal_form_drops_what_depends_on_the_run():
    new = nbformat.v4
    picture = {"image/png": "iVBORw0KGgo=", "text/plain": "A curve", "application/vnd.jupyter.widget-view+json": {}}
    shown = {"image/png": {"alt": "A curve", "width": 9}}
    outputs = [
        new.new_output("stream", name="stdout", text="50 %"),
        new.new_output("stream", name="stdout", text="\rdone\n"),
        new.new_output("execute_result", picture, execution_count=7, metadata=shown),
        new.new_output("error", ename="ValueError", evalue="no", traceback=["\x1b[31m/home/me/a.py", "ValueError"]),
    ]
    meant = {"tags": ["raises-exception"], "jupyter": {"source_hidden": True}}
    about = {"tags": meant["tags"], "execution": {"began": "2026-01-01"}, "scrolled": True}
    about["jupyter"] = {"source_hidden": True, "outputs_hidden": True}
    cell = new.new_code_cell("f()", id="same", execution_count=7, outputs=outputs, metadata=about)
    kernel = {"name": "mine", "display_name": "Mine"}
    nb = new.new_notebook(cells=[new.new_code_cell("", id="empty"), cell])
    nb.metadata.update(widgets={}, kernelspec=kernel, drawn_with="Matplotlib 3")
    before = nbformat.writes(nb)
    result = normal_form(nb)
    assert nbformat.writes(nb) == before
    assert result == normal_form(result)
    assert set(result.metadata) == {"kernelspec", "language_info", "drawn_with"}
    assert result.metadata.kernelspec.name == "python3" and result.cells[0].execution_count is None
    assert result.cells[1] == {
        "cell_type": "code",
        "id": "same",
        "source": "f()",
        "execution_count": 1,
        "metadata": meant,
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": "done\n"},
            {
                "output_type": "execute_result",
                "execution_count": 1,
                "data": {"image/png": "iVBORw0KGgo=", "text/plain": "A curve"},
                "metadata": {"image/png": {"alt": "A curve"}},
            },
            {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": ["ValueError: no"]},
        ],
    }
