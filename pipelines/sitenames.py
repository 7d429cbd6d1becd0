"""What a site may be called, and a headline without it."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

_LEAST: Final = 4  # code points of a headline
# what stands between a headline and the name of a site; " - " also stands inside headlines, so it needs a witness
_SURE: Final = re.compile(r"\s*[|｜ǀ»«›‹·•_]+\s*|\s+::+\s+|--+")
_UNSURE: Final = re.compile(r"\s+[-–—―:•⁄~*<>]\s+|(?<=[^\x00-\x7f])\s*[-–—―]\s*(?=[^\x00-\x7f])")
BETWEEN: Final = re.compile(rf"{_SURE.pattern}|{_UNSURE.pattern}")
_DOMAIN: Final = re.compile(r"(?:www\.)?[a-z0-9-]{2,40}\.[a-z]{2,6}", re.IGNORECASE)
_QUOTED: Final = re.compile(r"«[^«»]*»|‹[^‹›]*›")  # in most scripts these are marks of quotation: a pair of them parts nothing
_OUTLET: Final = re.compile(r"[\u4e00-\u9fff]{1,8}(?:网|網|报|報|社|在线|線上|频道|頻道|新闻|新聞|时报|時報|中文|公众平台)")
CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Sites:
    """What the site may be called: names it gives itself, and its host."""

    def __init__(self, names: Iterable[str], url: str) -> None:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        labels = host.split(".")
        self.host = squash(host)
        self.labels = {squash(label) for label in labels[:-1] if len(label) > 2}
        self.names = {squashed for name in names if (squashed := squash(name.lstrip("@")))}

    def named(self, line: str) -> bool:
        """Is this line nothing but the site's name?"""
        squashed = squash(line)
        return bool(squashed) and (squashed in self.names or squashed == self.host or squashed in self.labels)

    def called(self, line: str) -> bool:
        """Is it a name that the site gives itself?"""
        return squash(line) in self.names

    def likely(self, line: str) -> bool:
        """May this piece be the site's name, alone or with a section or a slogan?"""
        squashed = squash(line)
        if not squashed or self.named(line) or _DOMAIN.fullmatch(line.strip()):
            return True
        known = [name for name in (*self.names, *self.labels, self.host) if len(name) > 2]
        return any((name in squashed and len(name) * 5 >= len(squashed) * 2) or (len(squashed) > 3 and squashed in name) for name in known)

    def strip(self, line: str, witnesses: Iterable[str] = (), *, loose: bool = False) -> str:
        """`line` without the name of the site before or after it. `loose`: also without short words after a bar, as <title> has them."""
        for witness in witnesses:
            if (
                len(witness) > 12
                and line != witness
                and (line.startswith(witness) or line.endswith(witness))
                and len(witness) * 3 > len(line)
            ):
                rest = line.removeprefix(witness) if line.startswith(witness) else line.removesuffix(witness)
                if _SURE.match(rest) or _UNSURE.match(rest) or _SURE.search(rest[-4:]) or _UNSURE.search(rest[-4:]):
                    return witness
        for _ in range(4):
            shorter = self._strip_once(line, loose=loose)
            if shorter == line:
                return line
            line = shorter
        return line

    def _strip_once(self, line: str, *, loose: bool) -> str:
        quoted = [words.span() for words in _QUOTED.finditer(line)]
        found = [cut for cut in (*_SURE.finditer(line), *_UNSURE.finditer(line)) if not _inside(cut, quoted)]
        cuts = sorted(found, key=lambda cut: cut.start())
        if not cuts:
            return line
        for cut, after in pairwise([*cuts, None]):
            if (
                cut is not None
                and self.named(line[cut.end() : after.start() if after else None])
                and len(line[: cut.start()].strip()) >= _LEAST
            ):
                return line[: cut.start()].strip()  # a slogan may follow the name
        for cut, head in ((cuts[-1], True), (cuts[0], False)):
            kept, gone = (line[: cut.start()], line[cut.end() :]) if head else (line[cut.end() :], line[: cut.start()])
            sure = _SURE.fullmatch(cut[0]) is not None
            if len(kept.strip()) >= _LEAST and (
                self.likely(gone) or (loose and head and (_outlet(gone, kept) or (sure and _short_beside(gone, kept))))
            ):
                return kept.strip()
        return line


def _inside(cut: re.Match[str], quoted: Iterable[tuple[int, int]]) -> bool:
    """Whether a separator belongs to words in quotation marks."""
    return any(cut.start() < end and start < cut.end() for start, end in quoted)


def _outlet(gone: str, kept: str) -> bool:
    """A short piece in Han letters that ends as names of papers and sites do, after a longer one."""
    return _OUTLET.fullmatch(gone.strip()) is not None and len(kept) > len(gone)


def _short_beside(gone: str, kept: str) -> bool:
    """A few words after a bar, beside a longer line: a section or a site, not half of the headline."""
    if CJK.search(kept):
        return len(gone) <= 12 and len(kept) >= len(gone)
    return len(gone.split()) <= 4 and len(kept.split()) > len(gone.split())


def squash(line: str) -> str:
    """The letters and digits of a line in one case: what is left to compare when signs and blanks are gone."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", line).casefold() if letter.isalnum())
