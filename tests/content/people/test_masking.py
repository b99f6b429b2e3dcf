"""Personal data are taken out of a text before it is kept."""

import pytest

from content.people.masking import Masking

MASKING = Masking.read()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("call 7754321 please", "call […] please"),
        ("my number +678 775 4321", "my number […]"),
        ("fon (675) 7123-4567 nau", "fon […] nau"),
        ("ring ٠١٢٣٤٥٦٧٨", "ring […]"),
        ("write to jo.kalo+x@mail.co.nz today", "write to […] today"),
        ("see https://www.facebook.com/profile.php?id=100012", "see https://www.facebook.com/[…]"),
        ("facebook.com/john.doe gave it", "facebook.com/[…] gave it"),
        ("t.me/secret_agent says so", "t.me/[…] says so"),
        ("ask @boss_man_77", "ask […]"),
        ("passport RV0123456", "passport […]"),
        ("visa grant 0061234567891", "visa grant […]"),
        ("account 12-3456-7890123-00 at the bank", "account […] at the bank"),
        ("iban GB29NWBK60161331926819", "iban […]"),
        ("born 12/03/1990", "born […]"),
        ("My name is Mary Tari and i want work", "My name is […] and i want work"),
        ("my name is john kalo vira", "my name is […]"),
        ("MY NAME IS: JOHN", "MY NAME IS: […]"),
        ("the boss name is Mr. Smith", "the boss name is […]"),
        ("nem blong mi Tom, mi wantem wok", "nem blong mi […], mi wantem wok"),
        ("nem blong mi hemi Tom Vira mo mi stap long Santo", "nem blong mi hemi […] mo mi stap long Santo"),
        ("nem bilong mi em Peter na mi laik wok", "nem bilong mi em […] na mi laik wok"),
        ("hau-nia naran João da Silva hosi Dili", "hau-nia naran […] hosi Dili"),
        ("Hau nia naran mak Maria", "Hau nia naran mak […]"),
        ("o lo'u igoa o Sina Tuala ma ou te fia galue", "o lo'u igoa o […] ma ou te fia galue"),
        ("O lo’u igoa o Sina", "O lo’u igoa o […]"),
        ("ang pangalan ko ay Juan Cruz at gusto ko", "ang pangalan ko ay […] at gusto ko"),
    ],
)
def test_personal_data_are_taken_out(said: str, kept: str) -> None:
    assert MASKING.mask(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "they want 150000 vatu for a place",
        "mi pem VT 150,000 long man ia",
        "K150000 or A$1,200 or 3 000 dollars",
        "agent i askim 12000 kina",
        "subclass 403 in 2026",
        "is www.palmscheme.gov.au real",
        "i work 45 hours, 6 days",
        "nem blong skim ia wanem",
    ],
)
def test_what_staff_need_to_see_stays(said: str) -> None:
    assert MASKING.mask(said) == said


def test_masking_twice_is_masking_once() -> None:
    said = "my name is Ana, call 7754321 or ana@mail.com, facebook.com/ana"
    assert MASKING.mask(MASKING.mask(said)) == MASKING.mask(said)
