"""Whether one text repeats another: pairs of invented reports in many languages, and the rules each for itself."""

import subprocess
import sys
from dataclasses import replace

import pytest

from pipelines.figures import figures
from pipelines.fingerprint import MOST_FACTS, Fingerprint, fingerprint, unpacked
from pipelines.retold import Likeness, alike, common
from tests.copyfamilies import Report, reports

OPEN = reports("open")


def mark(text: str, language: str = "en") -> Fingerprint:
    found = fingerprint(text, language)
    assert found is not None
    return found


def family(name: str) -> dict[str, Report]:
    return {f"{report.role} {report.language}": report for report in OPEN if report.family == name}


def compared(one: Report, other: Report) -> Likeness | None:
    return alike(mark(one.text, one.language), mark(other.text, other.language))


def test_a_text_told_in_other_words_is_a_spun_copy() -> None:
    told = family("bridge pictures")
    likeness = compared(told["original en"], told["spun en"])
    assert likeness is not None
    assert likeness.kind == "spun"
    assert 0.9 < likeness.score <= 1


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("bridge pictures", "original en", "translated zh-Hans"),
        ("court order in Nairobi", "original fr", "translated ru"),
        ("fine in Ankara", "original tr", "translated ar"),
        ("fine in Ankara", "translated de", "translated ar"),
        ("shutdown in a valley", "spun zh-Hant", "translated ja"),
    ],
)
def test_a_translation_is_known_by_its_facts_in_their_order(name: str, one: str, other: str) -> None:
    told = family(name)
    likeness = compared(told[one], told[other])
    assert likeness is not None
    assert likeness.kind == "translated"


def test_other_reports_of_the_same_event_are_no_copies_in_any_language() -> None:
    for one in (report for report in OPEN if report.role == "independent"):
        found = [other.name for other in OPEN if other is not one and other.family == one.family and compared(one, other)]
        assert not found, one.name


def test_facts_in_another_order_are_another_report() -> None:
    text = family("bridge pictures")["original en"].text
    sentences = text.replace("\n\n", " ").split(". ")
    spun = family("bridge pictures")["spun en"]
    assert alike(mark(text), mark(spun.text)) is not None
    assert alike(mark(". ".join(sentences[::-1])), mark(spun.text)) is None


def test_a_passage_taken_out_of_a_longer_text_is_a_near_copy() -> None:
    long = "\n\n".join(report.text for report in OPEN if report.language == "en" and report.role != "spun")
    passage = family("bridge pictures")["original en"].text.split("\n\n", 2)[2]
    assert alike(mark(passage), mark(long)) == Likeness(1.0, "near")


def test_an_agency_text_with_a_head_and_a_tail_of_the_house_is_a_near_copy() -> None:
    text = family("shutdown in a valley")["translated en"].text
    head, tail = "By our own desk in Portland. It rained all week.", "Write to the desk, or call between 9 and 5. Subscribe for 4 dollars."
    local = f"{head}\n\n{text}\n\n{tail}"
    likeness = alike(mark(text), mark(local))
    assert likeness is not None
    assert likeness.kind == "near"


def test_a_form_filled_in_anew_is_no_copy() -> None:
    form = (
        "Network data of our observatory show that access to {0} has been restricted in {1} since {2}. The restriction follows {3} and "
        "affects {4} providers, among them {5}. Users can get around it with a virtual private network. The observatory publishes data "
        "on restrictions as they happen, with the methods that are described on its pages, and asks for reports from users in the country. "
        "{6} people were affected, and the loss is put at {7} dollars a day."
    )
    one = form.format("Facebook", "Gabon", "August 26", "an election", "14", "Airtel and Moov", "812,000", "1.9 million")
    other = form.format("Telegram", "Pakistan", "Monday", "a march to Lahore", "37", "Zong and Jazz", "64 million", "23.5 million")
    assert alike(mark(one), mark(other)) is None
    assert alike(mark(one), mark(one.replace("Users can get", "People may get"))) is not None


def test_it_does_not_matter_which_comes_first() -> None:
    marks = [mark(report.text, report.language) for report in OPEN]
    assert all(alike(one, other) == alike(other, one) for one in marks for other in marks)


def test_a_stored_fingerprint_is_what_it_was() -> None:
    for report in OPEN:
        made = mark(report.text, report.language)
        assert unpacked(made.packed()) == replace(made, traces=())
    assert len(mark("\n".join(report.text for report in OPEN)).facts) <= MOST_FACTS


def test_a_fingerprint_is_the_same_in_another_process() -> None:
    report = OPEN[0]
    asked = (
        "from pipelines.fingerprint import fingerprint; import sys; f = fingerprint(sys.argv[1], 'en'); print(f.packed().hex(), *f.traces)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked, report.text],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "77", "PYTHONPATH": "."},
    )
    made = mark(report.text)
    assert told.stdout.split() == [made.packed().hex(), *map(str, made.traces)]


def test_a_caption_leaves_no_fingerprint() -> None:
    assert fingerprint("Photo: Facebook, 12 March", "en") is None


def test_the_heaviest_common_sequence_is_found() -> None:
    names = [number << 3 | 5 for number in range(1, 9)]
    assert common(names, names).cover == pytest.approx(1)
    turned = common(names, names[::-1])
    assert (turned.weight, turned.order) == (pytest.approx(1.2), pytest.approx(1 / 8))
    swapped = common(names, [*names[4:], *names[:4]])
    assert swapped.order == pytest.approx(0.5)
    assert common(names, []).weight == common([], names).weight == 0


def test_what_comes_again_without_end_has_no_place_in_the_order() -> None:
    endless = [1 << 3 | 5] * 500 + [number << 3 | 5 for number in range(2, 12)]
    told = common(endless, endless)
    assert (told.weight, told.cover) == (pytest.approx(12), pytest.approx(1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("380万人", "3.8 million people"),
        ("1억 7000만", "170 million"),
        ("1.340 cuentas", "1,340 accounts"),
        ("4,2 миллиона", "4.2 millions"),
        ("346 مليونا و717 ألف", "346 million 717 bin"),
        ("12 000", "12,000"),
        ("三十八名", "38 people"),
    ],
)
def test_numbers_are_read_alike_in_every_script(one: str, other: str) -> None:
    assert [value for _, value in figures(one)] == [value for _, value in figures(other)]
