"""Runs the tests in engine_side/ in the engine's environment, on SQLite, PostgreSQL and Redis."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.bot.nlu.processes import ENGINE_PYTHON, redis

FOLDER = Path(__file__).parent / "engine_side"


def test_all_tests_of_the_engines_side_pass(request: pytest.FixtureRequest) -> None:
    environment = {**os.environ, "TOKSTRET_TEST_POSTGRESQL": request.getfixturevalue("postgresql")()}
    command = [str(ENGINE_PYTHON), "-W", "ignore", "-m", "unittest", "discover"]
    with redis() as address:
        done = subprocess.run(
            [*command, "-t", ".", "-s", str(FOLDER), "-p", "suite_*.py"],
            env={**environment, "TOKSTRET_TEST_REDIS": address},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    ran = re.search(r"^Ran (\d+) tests? in", done.stderr, re.MULTILINE)
    assert ran is not None
    assert int(ran[1]) >= _written() > 50
    assert "skipped" not in done.stderr


def _written() -> int:
    files = sorted(FOLDER.glob("suite_*.py"))
    assert FOLDER / "suite_tracker_store.py" in files
    return sum(
        len(re.findall(r"^    (?:async )?def test_", file.read_text(), re.MULTILINE)) for file in files
    )
