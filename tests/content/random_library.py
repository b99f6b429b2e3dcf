"""Random libraries with the oddest texts that the schema allows; a seed always gives the same one."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from content.schema import PHRASES_NEEDED, fingerprint_of
from content.yaml_text import dump

_WORDS = [
    "mi", "yu", "no", "yes", "000", "12:30", "2024-10-01", "null", "~", "A$300", "tok: stret", "# no", "'",
    '"', "é", "ʻ", "’", "တ", "🙂", "{x}", "[y]", "100%", "@", "a  b", "\u00a0", "\\", "---", "=", "|", "-",
    "?", "!",
]  # fmt: skip
_DAY = date(2026, 11, 22)


class RandomLibrary:
    """Writes one random library."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self._number = 0

    def write(self, folder: Path) -> None:
        """Write every file of the library into a folder."""
        countries = self._chance.sample(["au", "vu", "nz", "no"], k=2)
        services = {country: [f"{country}-{number}" for number in range(2)] for country in countries}
        for country, ids in services.items():
            self._put(folder / f"services/{country}.yml", self._services(country, ids))
        for entity, values in {"country": ["VU", "NO", "AU", "Y"], "scheme": ["RSE", "PALM"]}.items():
            self._put(folder / f"gazetteers/{entity}.yml", self._gazetteer(entity, values))
        keys = [f"topic-{number % 2}.answer-{number}" for number in range(4)]
        known = [id_ for ids in services.values() for id_ in ids]
        for key in keys:
            self._answer(
                folder / "answers" / key.replace(".", "/"), key, [k for k in keys if k != key], known
            )

    def _put(self, path: Path, content: dict[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(content), encoding="utf-8")

    def _line(self) -> str:
        self._number += 1
        words = self._chance.choices(_WORDS, k=self._chance.randint(1, 12))
        return f"{self._chance.choice(['', '- ', '# ', '& ', '* '])}{' '.join(words)} {self._number}".strip()

    def _body(self, figures: str) -> str:
        paragraphs = [
            f"**Ansa** {figures}{self._chance.choice(['.', ' 🙂', ': no', ' # 1'[:2]])}",
            "- wan: ples\n- narawan 'ples'",
            "Lukim [pej](https://example.org/a_b?c=d#e).",
        ]
        end = self._chance.choice(["", "\n", "\n\n"])
        return "\n\n".join(self._chance.sample(paragraphs, k=self._chance.randint(1, 3))) + end

    def _day(self) -> date:
        return _DAY - timedelta(days=self._chance.randint(0, 100))

    def _source(self) -> dict[str, Any]:
        return {
            "title": self._line(),
            "publisher": self._line(),
            "url": self._chance.choice(["", "https://example.org/x?y=z"]),
            "as_of": self._chance.choice(["unknown", "2024-10", "2024-10-01", "2019"]),
            "checked_on": self._day(),
            "facts": self._chance.choice([[], ["f-1", "no"]]),
        }

    def _answer(self, folder: Path, key: str, others: list[str], services: list[str]) -> None:
        conditions: list[dict[str, str]] = [
            {"origin": "VU"},
            {"scheme": "PALM"},
            {"scheme": "RSE", "origin": "NO"},
        ]
        variants = [{"name": "default", "applies_to": {}}] + [
            {"name": f"v-{number}", "applies_to": conditions[number]}
            for number in range(self._chance.randint(0, len(conditions)))
        ]
        names = [str(variant["name"]) for variant in variants]
        about = {
            "topic": key.partition(".")[0],
            "audience": self._chance.choice(["everyone", "migrant", "family"]),
            "owner": self._line(),
            "review_every_days": self._chance.randint(1, 400),
            "review_date": _DAY + timedelta(days=self._chance.randint(1, 400)),
            "concerns": self._chance.sample(conditions, k=self._chance.randint(0, 2)),
            "related": self._chance.sample(others, k=self._chance.randint(0, 3)),
            "services": self._chance.sample(services, k=self._chance.randint(0, 2)),
            "variants": [{**variant, "sources": [self._source()]} for variant in variants],
        }
        self._put(folder / "answer.yml", about)
        english = {name: (self._line(), self._body("")) for name in names}
        self._put(folder / "en.yml", self._file(english, {}))
        for language in ("bi", "my"):
            told = {name: english[name] for name in names if name == "default" or self._chance.random() < 0.5}
            self._put(folder / f"{language}.yml", self._file(told, self._translation(told)))

    def _file(self, texts: dict[str, tuple[str, str]], more: dict[str, Any]) -> dict[str, Any]:
        (title, body), further = texts["default"], {name: texts[name] for name in texts if name != "default"}
        phrases = {kind: [self._line() for _ in range(needed)] for kind, needed in PHRASES_NEEDED.items()}
        staff = {"staff": [self._line()]} if self._chance.random() < 0.5 else {}
        minor = {} if more or self._chance.random() < 0.7 else {"minor_edit_of": "0123456789ab"}
        return {
            "title": title,
            "body": body,
            **minor,
            "phrases": {**phrases, **staff},
            "variants": {name: {"title": told, "body": text} for name, (told, text) in further.items()},
            **more,
        }

    def _translation(self, texts: dict[str, tuple[str, str]]) -> dict[str, Any]:
        states = {name: self._chance.choice(["machine-drafted", "reviewed", "human"]) for name in texts}
        reviewed = {name: self._line() for name, state in states.items() if state == "reviewed"}
        pins = {
            name: self._chance.choice([fingerprint_of(*text), "ba9876543210"]) for name, text in texts.items()
        }
        entry: dict[str, Any] = {"state": states, "of": pins}
        if reviewed:
            entry |= {"reviewed_by": reviewed, "reviewed_on": dict.fromkeys(reviewed, _DAY)}
        return {"translation": entry}

    def _services(self, country: str, ids: list[str]) -> dict[str, Any]:
        return {
            "country": country.upper(),
            "services": [
                {
                    "id": id_,
                    "name": {"en": self._line(), "bi": self._line()},
                    "kind": "labour",
                    "phones": ["000", "+678 22222"],
                    "messaging": {"web": "https://example.org", "email": "a@example.org"},
                    "place": self._chance.choice([None, {"en": self._line()}]),
                    "hours": {"bi": self._line()},
                    "who_for": {"en": self._line()},
                    "opens": self._chance.choice(
                        [None, {"always": True}, {"zone": "Pacific/Efate", "sunday": "08:00-16:30"}]
                    ),
                    "serves": self._chance.choice([[], ["VU", "WS"]]),
                    "speaks": self._chance.choice([[], ["en", "bi"]]),
                    "danger": bool(number),
                    "danger_kinds": ["violence", "child"] if number else [],
                    "checked_on": self._day(),
                    "source": {key: value for key, value in self._source().items() if key != "checked_on"},
                }
                for number, id_ in enumerate(ids)
            ],
        }

    def _gazetteer(self, entity: str, values: list[str]) -> dict[str, Any]:
        return {
            "entity": entity,
            "values": [
                {
                    "value": value,
                    "roles": self._chance.sample(["origin", "destination"], k=self._chance.randint(0, 2)),
                    "destination": self._chance.choice([None, "AU"]),
                    "origins": self._chance.choice([[], ["VU", "NO"]]),
                    "names": {"en": self._line(), "no": self._line()},
                    "aliases": {"en": [self._line(), "no"], "no": []},
                }
                for value in self._chance.sample(values, k=len(values))
            ],
        }
