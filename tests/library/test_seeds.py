"""Every scheme, programme and institution that the seed documents name has its answer."""

import pytest

from content.folder import Library

_SKILLS = "Skills partnerships for demand-driven labour migration: webinar summary note"
_PACER = "Role of labour mobility in skills development"
_DIASPORA = (
    "Diaspora engagement initiatives on labour migration: regional thematic meeting, Asia and the Pacific"
)
_PARTNERSHIPS = "Partnerships in migration and development: workshop discussion paper"
_COMPACT = (
    "Stakeholder consultations for the Asia-Pacific regional review of the Global Compact for Migration"
)

# What a seed names, the seed's title, the answers that tell it, words that one of them must say.
SEEDS: list[tuple[str, str, tuple[str, ...], str]] = [
    ("PALM scheme", _PACER, ("palm.what-is-it",), "PALM"),
    ("PALM short and long term", _PACER, ("palm.streams",), "long"),
    (
        "Seasonal Worker Programme and Pacific Labour Scheme",
        _PACER,
        ("palm.former-swp-pls",),
        "Seasonal Worker",
    ),
    ("RSE scheme", _PACER, ("rse.what-is-it",), "RSE"),
    ("Pacific Access Category", _PACER, ("pathways.pacific-access-category",), "draw"),
    ("Samoan Quota", _PACER, ("pathways.samoan-quota",), "Samoa"),
    ("Pacific Engagement Visa", _PACER, ("pathways.pacific-engagement-visa",), "draw"),
    ("Falepili", _PACER, ("pathways.falepili",), "Tuvalu"),
    ("PACER Plus", _PACER, ("pathways.pacer-plus",), "PACER"),
    ("Pacific Skills Mobility", _PACER, ("pathways.pacific-skills-mobility",), "skill"),
    ("Pacific Qualifications Framework", _PACER, ("pathways.qualifications-framework",), "Framework"),
    ("Tuna Australia", _PACER, ("pathways.tuna-seafarers",), "Tuna"),
    ("labour sending units", _PACER, ("offices.labour-unit",), "unit"),
    ("Samoa's work-ready pool", _PACER, ("offices.work-ready-pool",), "pool"),
    ("Vanuatu's Employment Services Unit", _PACER, ("offices.labour-unit",), "Employment Services Unit"),
    ("SEFOPE", _PACER, ("offices.labour-unit",), "SEFOPE"),
    ("PNG's Labour Mobility Unit", _PACER, ("offices.labour-unit",), "Labour Mobility Unit"),
    ("Vanuatu's Labour Mobility Summit", _PACER, ("offices.vanuatu-labour-mobility-summit",), "Summit"),
    ("APTC", _PACER, ("programmes.aptc",), "APTC"),
    ("APTC's micro-credentials", _PACER, ("programmes.aptc-micro-credentials",), "APTC"),
    ("Korea's EPS", _DIASPORA, ("korea.eps", "korea.timor-leste"), "EPS"),
    (
        "Migrant Worker Resource Centres in Cambodia",
        _DIASPORA,
        ("programmes.migrant-resource-centres",),
        "Cambodia",
    ),
    ("Empowerment Trainings", _DIASPORA, ("programmes.empowerment-trainings",), "Myanmar"),
    ("Twe Let", _DIASPORA, ("programmes.twe-let",), "Twe Let"),
    ("Happy Return", _DIASPORA, ("programmes.happy-return",), "Happy Return"),
    ("the MIEUX handbook for Myanmar", _DIASPORA, ("programmes.mieux-handbook",), "MIEUX"),
    ("Vande Bharat Mission", _DIASPORA, ("programmes.vande-bharat",), "Vande Bharat"),
    ("India's pre-departure orientation", _DIASPORA, ("programmes.india-orientation",), "PDOT"),
    ("NRCO and 'Sa Pinas, Ikaw ang Ma'am/Sir'", _DIASPORA, ("programmes.nrco",), "Sa 'Pinas"),
    ("PEOS", _DIASPORA, ("programmes.peos",), "PEOS"),
    ("PDOS", _DIASPORA, ("programmes.pdos",), "PDOS"),
    ("CFO", _DIASPORA, ("programmes.cfo",), "CFO"),
    ("OWWA", _DIASPORA, ("programmes.owwa",), "OWWA"),
    ("Red Socio Empleo", _DIASPORA, ("programmes.red-socio-empleo",), "Red Socio Empleo"),
    ("TS Group housing", _DIASPORA, ("programmes.ts-group-housing",), "TS Group"),
    ("Tajikistan's call centre", _DIASPORA, ("programmes.tajikistan-call-centre",), "Tajik"),
    ("EUDiF", _DIASPORA, ("programmes.eudif",), "EUDiF"),
    ("Kenya's labour-migration work", _SKILLS, ("programmes.kenya",), "Kenya"),
    ("ASPYEE", _SKILLS, ("programmes.aspyee",), "ASPYEE"),
    ("ECOWAS free movement", _SKILLS, ("pathways.ecowas-free-movement",), "ECOWAS"),
    ("skills partnerships", _SKILLS, ("skills.partnerships",), "skill"),
    ("Africarecruit", _PARTNERSHIPS, ("programmes.africarecruit",), "Africa"),
    ("MIDA", _PARTNERSHIPS, ("programmes.mida",), "MIDA"),
    ("three-for-one", _PARTNERSHIPS, ("programmes.three-for-one",), "Mexic"),
    ("Unidos por la Solidaridad", _PARTNERSHIPS, ("programmes.unidos-por-la-solidaridad",), "Unidos"),
    ("MICIC", _COMPACT, ("programmes.micic",), "MICIC"),
    ("Tokyo Convention", _COMPACT, ("programmes.tokyo-convention",), "Tokyo"),
    ("Global Compact", _COMPACT, ("programmes.global-compact",), "Compact"),
    ("Global Compact, objective 2", _COMPACT, ("programmes.staying-home-with-hope",), "home"),
    ("Global Compact, objective 5", _COMPACT, ("rights.flexible-pathways",), "way"),
    ("Global Compact, objective 6", _COMPACT, ("rights.fair-recruitment",), "recruit"),
    ("Global Compact, objective 12", _COMPACT, ("rights.screening-and-borders",), "border"),
    ("Global Compact, objective 18", _COMPACT, ("rights.skills-recognised",), "skill"),
]

# What the field beyond the seeds asks for by name.
FIELD = {
    "Korea's seasonal work": "korea.seasonal-work",
    "Japan's Specified Skilled Worker": "japan.specified-skilled-worker",
    "Japan's new skill development": "japan.skill-development",
    "Taiwan": "asia.taiwan-fees",
    "Hong Kong": "asia.hongkong-domestic-work",
    "Singapore": "asia.singapore-fees",
    "Thailand's MOU": "asia.thailand-mou",
    "Malaysia": "asia.malaysia-work",
    "the Gulf states": "gulf.kafala",
    "care work that closed": "pathways.care-uk-closed",
}


@pytest.mark.parametrize(("name", "seed", "keys", "says"), SEEDS, ids=[name for name, *_ in SEEDS])
def test_what_a_seed_names_has_its_answer(
    library: Library, *, name: str, seed: str, keys: tuple[str, ...], says: str
) -> None:
    told = ""
    for key in keys:
        answer = library.answers[key].texts["en"]
        told += " ".join(f"{text.title} {text.body}" for text in map(answer.text_of, answer.told()))
    assert says.lower() in told.lower(), f"{name} ({seed})"


@pytest.mark.parametrize("name", FIELD)
def test_what_people_ask_for_by_name_has_its_answer(library: Library, name: str) -> None:
    assert "en" in library.answers[FIELD[name]].texts


def test_there_are_at_least_140_answers(library: Library) -> None:
    assert len(library.answers) >= 140
