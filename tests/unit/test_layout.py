"""What must hold of the repository itself."""

import ast
import operator
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "operator"


def tables_of_modules() -> dict[str, tuple[Path, str]]:
    """The table in each package's docstring that has one, and the package's folder."""
    found = {}
    for init in sorted(SOURCES.rglob("__init__.py")):
        docstring = ast.get_docstring(ast.parse(init.read_text())) or ""
        rows = [line for line in docstring.splitlines() if line.startswith("|")]
        if rows:
            found[".".join(init.parent.relative_to(SOURCES).parts)] = (init.parent, "\n".join(rows))
    return found


def modules(folder: Path) -> set[str]:
    """Everything in a package that can be imported from it."""
    files = {file.stem for file in folder.glob("*.py") if not file.stem.startswith("__")}
    return files | {init.parent.name for init in folder.glob("*/__init__.py")}


TABLES = tables_of_modules()


def test_the_source_root_is_not_a_package_since_it_would_shadow_the_standard_library() -> None:
    assert not (ROOT / "operator" / "__init__.py").exists()


def test_the_standard_library_operator_wins_when_started_from_the_repository() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import operator; print(operator.__file__)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == operator.__file__


@pytest.mark.parametrize("package", TABLES)
def test_the_table_of_a_package_has_each_of_its_modules(package: str) -> None:
    folder, table = TABLES[package]
    assert modules(folder) <= set(re.findall(r"`(\w+)`", table))


@pytest.mark.parametrize("package", TABLES)
def test_the_table_of_a_package_has_no_module_that_is_gone(package: str) -> None:
    folder, table = TABLES[package]
    first_column = "\n".join(row.split("|")[1] for row in table.splitlines())
    assert set(re.findall(r"`(\w+)`", first_column)) <= modules(folder)


@pytest.mark.parametrize("folder", ["operator", "operator/okta_hooks", "tests"])
def test_the_tree_in_the_architecture_has_the_folders_that_there_are(folder: str) -> None:
    pages = (ROOT / "docs" / "architecture.md").read_text()
    tree = pages[pages.index("```text") :].split("```")[1]
    depth = 2 * len(Path(folder).parts)
    inside = re.split(rf"^ {{{depth - 2}}}{Path(folder).name}/", tree, flags=re.MULTILINE)[1]
    inside = re.split(rf"^ {{,{depth - 2}}}\S", inside, flags=re.MULTILINE)[0]
    named = re.findall(rf"^ {{{depth}}}(\w+)/", inside, flags=re.MULTILINE)
    tracked = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [Path(line).relative_to(folder) for line in tracked.stdout.splitlines()]
    assert sorted(named) == sorted({path.parts[0] for path in paths if len(path.parts) > 1})


@pytest.mark.parametrize("lock", sorted((ROOT / "locks").glob("*.txt")), ids=lambda lock: lock.name)
def test_a_lock_file_names_no_index_and_pins_every_package_with_a_hash(lock: Path) -> None:
    text = lock.read_text()
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
    for requirement in re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip()):
        assert re.match(r"[a-z0-9._-]+==\S+", requirement), requirement.splitlines()[0]
        assert "--hash=sha256:" in requirement, requirement.splitlines()[0]


def test_ci_runs_the_targets_that_the_readme_names() -> None:
    script, readme = (ROOT / ".ci" / "run").read_text(), (ROOT / "README.md").read_text()
    assert "make check" in script
    for target in ("make demo", "make test"):
        assert target in script
        assert target in readme
