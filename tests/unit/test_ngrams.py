"""The statistics of letters are those of langdetect, number for number."""

import tomllib
from pathlib import Path

import langdetect
import pytest
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from pipelines.ngrams import Statistics
from tests.checkout import ROOT

STRINGS = [
    text for texts in tomllib.loads((ROOT / "tests" / "gate" / "short_strings.toml").read_text(encoding="utf-8")).values() for text in texts
]
ODD = ["", "   ", "1234", "ABC abc Abc aBC", "x  http://a.example/b?c  y", "a.b@c.example z", "日本 and 中文 and 한국", "Đà Nẵng Đà Nẵng"]
CHANCES = {"en": 1.0, "fr": 1.0, "vi": 1.0, "ru": 0.2, "uk": 3.0, "ar": 1.0, "fa": 1.0, "zh-cn": 0.5, "ja": 1.0, "hi": 1.0}


@pytest.fixture(scope="module")
def factory() -> DetectorFactory:
    made = DetectorFactory()
    made.seed = 7
    made.load_json_profile([path.read_text(encoding="utf-8") for path in sorted((Path(langdetect.__file__).parent / "profiles").iterdir())])
    return made


def by_langdetect(factory: DetectorFactory, text: str, chances: dict[str, float]) -> tuple[str, float]:
    detector = factory.create()
    detector.n_trial = 3
    detector.set_prior_map(chances)
    detector.append(text)
    try:
        ranked = detector.get_probabilities()
    except LangDetectException:
        return "", 0.0
    return (ranked[0].lang, ranked[0].prob) if ranked else ("", 0.0)


def test_every_number_is_that_of_langdetect(factory: DetectorFactory) -> None:
    ours = Statistics(factory)
    texts = [*ODD, *STRINGS, " ".join(STRINGS[::9]), STRINGS[0].upper()]
    found = [ours.most_probable(text, CHANCES, 3) for text in texts]
    assert found == [by_langdetect(factory, text, CHANCES) for text in texts]
    assert {"en", "fr", "vi", "uk", "ar"} <= {language for language, _ in found}


def test_an_answer_does_not_depend_on_what_was_asked_before(factory: DetectorFactory) -> None:
    one, other = Statistics(factory), Statistics(factory)
    forwards = {text: one.most_probable(text, CHANCES, 3) for text in STRINGS}
    assert forwards == {text: other.most_probable(text, CHANCES, 3) for text in reversed(STRINGS)}
