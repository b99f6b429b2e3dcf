"""How long the pages of the staff console take, with the whole library in the store.

Also by itself, against a running product: `python -m tests.bench.console ADDRESS PASSWORD`.
"""

import re
import statistics
import sys
import time

import httpx

PASSWORD = "a password of the bench"
_TIMES = 30
_PAGES = (
    "",
    "/answers",
    "/answers?words=passport&language=tpi&state=machine-drafted",
    "/answers/new",
    "/answers/palm.cost",
    "/answers/palm.cost/about",
    "/answers/palm.cost/sources/default",
    "/answers/palm.cost/phrases/en",
    "/answers/palm.cost/default/en",
    "/answers/palm.cost/default/bi",
    "/answers/palm.cost/default/bi/history",
    "/translations",
    "/translations?language=tpi",
    "/translations/interface",
    "/translations/files",
    "/unanswered",
    "/unanswered/aside",
    "/unanswered/feedback",
    "/try",
    "/library",
    "/library/services",
    "/library/rules",
    "/library/imports",
    "/requests",
    "/requests/canned",
    "/requests/hours",
    "/insights",
    "/log",
    "/people",
    "/export",
    "/account",
)
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


def measure(address: str, password: str = PASSWORD) -> None:
    """Sign in and ask for each page some times; a line a page."""
    with httpx.Client(
        base_url=f"{address}/staff", timeout=60, trust_env=False, follow_redirects=True
    ) as staff:
        page = staff.post("/sign-in", data={"name": "admin", "password": password})
        found = _CSRF.search(page.text)
        if page.status_code != httpx.codes.OK or found is None:
            raise SystemExit(f"The console let nobody in: {page.status_code} at {page.url}")
        for path in _PAGES:
            _print(path or "/", [_taken(staff, "GET", path) for _ in range(_TIMES)])
        text = {"csrf": found[1], "title": "A title", "body": "A text that is written.", "based_on": "0"}
        keep = "/answers/palm.cost/default/en/keep"
        _print(keep, [_taken(staff, "POST", keep, data=text) for _ in range(_TIMES)])
        staff.post("/answers/palm.cost/default/en/forget", data=text)


def _taken(staff: httpx.Client, method: str, path: str, data: dict[str, str] | None = None) -> float:
    begun = time.perf_counter()
    response = staff.request(method, path, data=data)
    response.raise_for_status()
    return (time.perf_counter() - begun) * 1000


def _print(path: str, taken: list[float]) -> None:
    worst = max(taken)
    print(f"  console {path:<64} p50 {statistics.median(taken):6.1f} ms   worst {worst:6.1f} ms", flush=True)


if __name__ == "__main__":
    measure(sys.argv[1], sys.argv[2])
