"""scikit-learn is imported by who learns, and by nobody else."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine

from content.repository import Repository
from content.search.live import LiveSearch

_LOOKS_UP = """
import sys
from pathlib import Path
from content.repository import Repository
from content.search.live import LiveSearch
from content.store import open_store

address, kept_in = sys.argv[1:]
search = LiveSearch(Repository(open_store(address)), kept_in=Path(kept_in))
print(search.find("how much do i pay to join palm", "en").candidates[0].answer)
print(search.language_of("how much do i pay to join palm").language)
print("sklearn" in sys.modules)
"""


def looks_up(store: Engine, kept_in: Path) -> list[str]:
    address = store.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", _LOOKS_UP, address, str(kept_in)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def test_who_finds_its_index_in_a_file_looks_up_without_scikit_learn(store: Engine, tmp_path: Path) -> None:
    path = tmp_path / "index.npz"
    LiveSearch(Repository(store), kept_in=path)
    assert looks_up(store, path) == ["palm.cost", "en", "False"]


def test_who_finds_none_learns_with_it(store: Engine, tmp_path: Path) -> None:
    assert looks_up(store, tmp_path / "index.npz") == ["palm.cost", "en", "True"]
