"""The library to take along."""

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from content.clock import today
from content.folder import read_library
from tests.bot.console.conftest import SignedIn
from tests.bot.console.test_people import Desk
from tests.bot.web.conftest import Parts
from tests.bot.web.test_accessibility import barriers


def test_an_admin_gets_the_published_library_as_files_that_can_be_imported_again(
    signed_in: SignedIn, parts: Parts, tmp_path: Path
) -> None:
    response = signed_in("boss", "admin").get("/staff/export/library.zip")
    assert response.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        names = packed.namelist()
        assert all(name.startswith("library/") and ".." not in name for name in names)
        assert "library/answers/palm/cost/bi.yml" in names
        packed.extractall(tmp_path)
    library = read_library(tmp_path / "library")
    assert "palm.cost" in library.answers


@pytest.mark.parametrize("role", ["reviewer", "counsellor"])
def test_only_admins_export(signed_in: SignedIn, role: str) -> None:
    assert signed_in("mere", role).get("/staff/export/library.zip").status_code == 403


def test_the_page_leads_to_the_file(desk: Desk) -> None:
    page: Page = desk("boss", "admin")
    page.get_by_role("link", name="Export").click()
    assert barriers(page) == []
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download the library").click()
    assert begun.value.suggested_filename == f"tokstret-library-{today()}.zip"
