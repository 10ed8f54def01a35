"""What the house does without: pickles, shells, and text that is run as a program."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
SOURCES: Final = sorted((ROOT / "correspondence").rglob("*.py"))

_MODULES: Final = frozenset(
    {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "shelve", "marshal", "joblib", "pty"}
)
_BUILTINS: Final = frozenset({"eval", "exec", "__import__"})
_OF_OS: Final = frozenset({"system", "popen", "spawnl", "spawnv", "execv", "execvp", "posix_spawn"})
_LOADERS: Final = frozenset({("yaml", "load"), ("torch", "load"), ("numpy", "load")})


def faults(source: str) -> list[str]:
    """What stands in a module that may not: what and on which line."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [one.name.partition(".")[0] for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [(node.module or "").partition(".")[0]]
        found += [f"{node.lineno}: {name}" for name in names if name in _MODULES]  # type: ignore[attr-defined]
        if isinstance(node, ast.Call):
            found += [f"{node.lineno}: {name}" for name in _called(node)]
    if "multiprocessing" in source:  # its lines pickle, but for bytes
        found += [
            f"{node.lineno}: {node.func.attr} of a line"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and (
                node.func.attr in {"Queue", "SimpleQueue", "Manager", "ProcessPoolExecutor"}
                or node.func.attr in {"send", "recv"}
            )
        ]
    return found


def _called(node: ast.Call) -> list[str]:
    found = []
    match node.func:
        case ast.Name(id=name) if name in _BUILTINS | {"ProcessPoolExecutor"}:
            found.append(name)
        case ast.Attribute(value=ast.Name(id="os"), attr=name) if name in _OF_OS:
            found.append(f"os.{name}")
        case ast.Attribute(value=ast.Name(id=of), attr=name) if (of, name) in _LOADERS:
            found.append(f"{of}.{name}")
    for given in node.keywords:
        value = given.value
        if given.arg == "shell" and not (isinstance(value, ast.Constant) and value.value is False):
            found.append("shell")
    return found


def test_no_pickle_no_shell_no_eval() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in SOURCES
        for fault in faults(path.read_text())
    ]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from pickle import loads",
        "import a, marshal",
        "eval('1')",
        "exec(text)",
        "__import__('os')",
        "os.system('id')",
        "subprocess.run('id', shell=True)",
        "subprocess.run('id', shell=wanted)",
        "import multiprocessing\nline.recv()",
        "import multiprocessing\nqueue = context.Queue()",
        "ProcessPoolExecutor()",
        "yaml.load(text)",
    ],
)
def test_each_of_them_would_be_found(source: str) -> None:
    assert faults(source)
