"""Files for translators: out as XLIFF or CSV, and in again, with a look at what they would change first.

Not here: what a file may hold and what becomes of it (`content.translating`).
"""

from starlette.responses import Response

from bot.console.console import Console
from bot.console.door import Visit
from bot.problems import Problem
from content.clock import today
from content.differences import changes
from content.fields import SOURCE_LANGUAGE
from content.translating.board import STATES
from content.translating.files import CONTENT_TYPES, FORMS, FileForm, read, texts_for, written
from content.translating.judging import Judged
from content.translating.units import MOST_BYTES, FileFault
from content.translating.uploads import ChangedMeanwhileError, Upload, Uploads

_FILES = "/translations/files"
_REFUSED, _CONFLICT = 422, 409


class TranslationFiles:
    """The pages under `/staff/translations` about files."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._uploads = Uploads(console.content)
        self._languages = [code for code in console.editorial.languages if code != SOURCE_LANGUAGE]

    def show(self, visit: Visit) -> Response:
        """Both forms: to take a file out, and to bring one in."""
        return self._show(visit)

    def out(self, visit: Visit) -> Response:
        """The file itself: texts in the states asked for (none named: all), of a topic or of all."""
        language, topic = self._language(visit.query.get("language", "")), visit.query.get("topic", "")
        form, states = visit.query.get("form", ""), visit.query.getlist("state")
        known: FileForm | None = next((name for name in FORMS if name == form), None)
        if known is None or not set(states) <= set(STATES):
            raise Problem("bad-request")
        texts = texts_for(self._console.content, language, states=states, topic=topic)
        if not texts:
            return self._console.done(_FILES, "nothing-to-translate", language=language)
        name = f"tokstret-{language}-{today().isoformat()}.{FORMS[known]}"
        return Response(
            written(texts, language, known),
            media_type=CONTENT_TYPES[known],
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )

    def bring(self, visit: Visit) -> Response:
        """Read a file and keep it until its preview is decided on."""
        name, content = _brought(visit)
        language = self._language(visit.field("language"))
        visit.demand_language(language)
        if not name:
            return self._show(visit, fault=FileFault("no-file"), language=language)
        try:
            units = read(content, language)
        except FileFault as fault:
            return self._show(visit, fault=fault, language=language)
        kept = self._uploads.keep(units, language=language, file=name, by=visit.member.name)
        return self._console.done(f"/translations/import/{kept}", "")

    def preview(self, visit: Visit) -> Response:
        """What a file would do, before anything is done."""
        return self._preview(visit, self._upload(visit))

    def compare(self, visit: Visit) -> Response:
        """One text of a file beside its source, and what it would change; htmx gets that piece alone."""
        upload = self._upload(visit)
        name = f"{visit.named('key')}/{visit.named('variant')}"
        one = next((found for found in upload.judged if found.name == name and found.text), None)
        if one is None or one.text is None:
            raise Problem("not-found")
        changed = one.text.current if one.verdict == "changed" else one.came
        return self._console.page(
            visit,
            "_translated_text.html" if visit.is_piece else "translated_text.html",
            here="translations",
            upload=upload,
            one=one,
            title=changes(changed.title, one.came.title),
            body=changes(changed.body, one.came.body),
            source_language=SOURCE_LANGUAGE,
        )

    def decide(self, visit: Visit) -> Response:
        """Write the drafts that were chosen, or give the file up; `do` says which."""
        upload = self._upload(visit)
        visit.demand_language(upload.language)
        do, by = visit.field("do"), visit.member.name
        if do == "forget":
            self._uploads.forget(upload.id, by)
            return self._console.done(_FILES, "file-given-up")
        if do not in ("draft", "review"):
            raise Problem("bad-request")
        chosen = visit.fields("take")
        if not chosen:
            return self._preview(visit, upload, wrong="nothing-chosen", status=_REFUSED)
        try:
            self._uploads.take(upload, chosen, shown=visit.field("shown"), review=do == "review", by=by)
        except ChangedMeanwhileError:
            return self._preview(visit, self._upload(visit), wrong="changed-meanwhile", status=_CONFLICT)
        said = "translations-in-review" if do == "review" else "translations-drafted"
        return self._console.done("/translations", said, language=upload.language)

    # ----------------------------------------------------------------------------------------------

    def _show(self, visit: Visit, *, fault: FileFault | None = None, language: str = "") -> Response:
        rows = self._console.editorial.answers()
        return self._console.page(
            visit,
            "translation_files.html",
            status=_REFUSED if fault else 200,
            here="translations",
            fault=fault,
            chosen=language or visit.query.get("language", ""),
            all_languages=self._languages,
            own_languages=[code for code in self._languages if visit.member.writes(code)],
            topics=sorted({row.topic for row in rows}),
            states=STATES,
            megabytes=MOST_BYTES // 1024**2,
        )

    def _preview(self, visit: Visit, upload: Upload, *, wrong: str = "", status: int = 200) -> Response:
        return self._console.page(
            visit,
            "translation_import.html",
            status=status,
            here="translations",
            upload=upload,
            wrong=wrong,
            refused=upload.with_verdict("refused"),
            coming=upload.with_verdict("new", "changed", "confirmed"),
            unchanged=len(upload.with_verdict("unchanged")),
            is_others=lambda one: _is_others(one, visit.member.name),
        )

    def _language(self, asked: str) -> str:
        if asked not in self._languages:
            raise Problem("bad-request")
        return asked

    def _upload(self, visit: Visit) -> Upload:
        upload = self._uploads.found(visit.named("upload"), visit.member.name)
        if upload is None:
            raise Problem("not-found")
        return upload


def _brought(visit: Visit) -> tuple[str, bytes]:
    """Name and content of the file that was sent; of one that is too big, only enough to see that."""
    file = visit.file("file")
    if file is None:
        return "", b""
    with file.file as content:
        return file.filename or "", content.read(MOST_BYTES + 1)


def _is_others(one: Judged, name: str) -> bool:
    """Whether a draft would give way that somebody else has written."""
    return one.text is not None and one.text.writer not in ("", name)
