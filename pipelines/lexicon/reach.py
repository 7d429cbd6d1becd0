"""Whether a word of the lists can be found at all: stars only at the end, nothing that another word of its list always finds first."""

from collections.abc import Iterable, Mapping

from pipelines.fold import folded
from pipelines.lexicon.nouns import Alias, Platform, Words
from pipelines.lexicon.sheet import Sheet
from pipelines.matcher import ANY, Word, endings


def check_words(sheet: Sheet, classes: Words) -> None:
    """Raises BadInput, naming list and word, for a word of `classes` that no text can ever match, or that another one makes useless."""
    for name, by_language in classes.items():
        for language, words in by_language.items():
            for word, why in unreachable(words):
                raise sheet.wrong(f"{name}.{language}", f"{word!r} is never reached: {why}")


def unreachable(words: Iterable[str]) -> list[tuple[str, str]]:
    """Folded words that a list could do without, each with the reason.

    >>> unreachable(["block*", "blocked", "bl*ck", "ban", " bar"])
    [('blocked', "'block*' finds it too"), ('bl*ck', 'a star stands only at the end'), (' bar', 'it has blanks at its ends')]
    """
    found = []
    every = list(words)
    open_stems = {stem: word for word in every if (stem := _open_stem(word)) is not None}
    for word in every:
        stem = word.removesuffix("*")
        if "*" in stem:
            found.append((word, "a star stands only at the end"))
        elif stem != stem.strip() or not stem.strip():
            found.append((word, "it has blanks at its ends"))
        elif (shorter := _covering(word, stem, open_stems)) is not None:
            found.append((word, f"{shorter!r} finds it too"))
    return found


def _open_stem(word: str) -> str | None:
    """The letters of a word that may have any ending; None for one that may not."""
    return word.removesuffix("*") if endings(Word(word, "", "")) == ANY else None


def _covering(word: str, stem: str, open_stems: Mapping[str, str]) -> str | None:
    """Another word that matches wherever this one does: a stem of it, with nothing but letters behind."""
    for length in range(1, len(stem) + 1):
        other = open_stems.get(stem[:length])
        if other is not None and other != word and stem[length:].isalpha() | (length == len(stem)):
            return other
    return None


def check_aliases(sheet: Sheet, platforms: Iterable[Platform]) -> None:
    """Raises BadInput for an alias that no text can match, that repeats another of its list, or that is the address of another platform."""
    every = tuple(platforms)
    hosts = {folded(domain): platform.id for platform in every for domain in platform.domains}
    for platform in every:
        seen: dict[tuple[str, str], Alias] = {}
        for alias in platform.aliases:
            key = f"{platform.id}.aliases.{alias.language}"
            if not alias.fold.strip() or alias.fold != alias.fold.strip() or "*" in alias.fold or "\n" in alias.fold or "  " in alias.fold:
                raise sheet.wrong(key, f"{alias.text!r} is never reached: it has a star, a blank too many, or nothing that can be compared")
            if hosts.get(alias.fold, platform.id) != platform.id:
                raise sheet.wrong(key, f"{alias.text!r} is never reached: it is an address of {hosts[alias.fold]}")
            twin = seen.setdefault((alias.fold, alias.language), alias)
            if twin is not alias:
                raise sheet.wrong(key, f"{alias.text!r} folds to the same as {twin.text!r}")
