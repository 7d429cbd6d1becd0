"""Small words between clauses and between names, in each language: what they part, what they join, what they only compare."""

import re

from pipelines.fold import folded

_CONTRAST = (
    r"but|while|whereas|though|although|however",
    r"aber|doch|während|wobei|jedoch",
    r"pero|mientras|aunque",
    r"enquanto|embora|mas",
    r"mais|tandis|alors",
    r"ma|mentre|invece",
    r"а|но|однако|хотя|тогда",
    r"але|хоча|тоді",
    r"ale|podczas|natomiast|zaś",
    r"ancak|fakat|ama",
    r"tetapi|tapi|namun|sedangkan|sementara",
    r"nhưng|còn|trong khi",
    r"بينما|في حين|لكن|فيما|اما|ولی|در حالی|لیکن|جبکہ",
    r"लेकिन|जबकि|किंतु",
)
_AND = r"and|und|y|e|et|и|і|ve|dan|và"
_UNMARKED = r"while|whereas|während|tandis que|mientras|enquanto|mentre|sementara|trong khi|بينما|في حين|जबकि|جبکہ"  # without a comma
_ROW = (  # what joins names, in scripts with blanks
    r"and|or|to|as well as|along with|also|both|the|its|of|nor|without|tencent|alphabet",
    r"y|e|o|u|el|la|le|ni|sin|así como|como|también|do|da|ao|sem|bem como|assim como|também",
    r"et|à|aux|au|ou|sans|ainsi que|d'|senza|nonché|anche|a",
    r"und|oder|sowie|auch|ohne|zonder",
    r"ve|ile|ne|(?:n?[ıiuü]n )?yanı sıra",
    r"dan|maupun|serta|tanpa|sina",
    r"và|lẫn|cùng|cũng như",
    r"ja|i|a także|jak również",
)
_ROW_ANYWHERE = (
    r"和|及|与|跟|以及|或|等|新浪|腾讯|今日",
    r"と|や|も|および|及び|のほか|に加え|및|과|와|네이버",
    r"и|та|а также|а також|ни|без|або|или",
    r"و|وكذلك|او|یا|اور|کے ساتھ ساتھ",
    r"और|तथा|ও|এবং|র|และ|รวมถึง|နှင့်|နဲ့",
    r"oraz|na|και|lub",
)
_BESIDES = (
    r"besides|in addition to|along with|together with",
    r"neben|zusätzlich zu",
    r"además de|aparte de|junto a|além d[eoa]|outre|en plus de|oltre [ad]",
    r"кроме|помимо|наряду с|крім|окрім|поряд із|oprócz",
    r"selain|ngoài|إلى جانب|بالإضافة إلى|إضافة إلى|علاوه بر",
)
_COMPARED = (
    r"after|since|like|unlike|following|before",
    r"nach|seit|wie|vor",
    r"después de|tras|desde|como|antes de|após|depois d[eoa]|après|depuis|comme|avant|dopo|come|prima di",
    r"после|вслед за|как и|після|слідом за|po",
    r"setelah|seperti|sau|như|بعد|قبل|مثل|پس از",
)
_CONJOINED = (
    r"after|since|because|when|once",
    r"nachdem|weil|seit|als",
    r"después de que|tras|desde que|cuando|porque",
    r"depois que|após|desde que|quando",
    r"après que|après|depuis que|lorsque",
    r"dopo che|da quando",
    r"после того как|после|когда|потому что|після того як|після|коли|po tym jak|gdy",
    r"setelah|sejak|karena|بعد ان|بعدما|پس از",
)


def _any(*rows: str) -> str:
    return folded("|".join(rows))


OTHER_CLAUSE = re.compile(rf"[;；]|[,،]\s(?:{_any(*_CONTRAST)})\b|\s(?:{_any(_UNMARKED)})\s")
NEXT_CLAUSE = re.compile(rf"[;；]|[,،]\s(?:{_any(*_CONTRAST, _AND)})\b|\s(?:{_any(_UNMARKED)})\s")
JOINT = re.compile(rf"[,;،；，、]|\s(?:{_any(*_CONTRAST, _AND)})\s")  # what may stand between two things told
LINKED = re.compile(r"(?:지만|는데|으나|고|며|면서)\s")  # Korean joins clauses by the ending of the verb
JOINTS = re.compile(  # all that may stand between two names of one row
    rf"(?:[\s,،、/&'\"«»„“”「」『』【】()（）·-]|'s\b|d'|\b(?:{_any(*_ROW)})\b|{_any(*_ROW_ANYWHERE)})*"
)
BESIDES = re.compile(rf"\b(?:{_any(*_BESIDES)})\s(?:the\s|el\s|l')?$")  # one more of a row: "besides Facebook, Instagram was blocked too"
LATER_THAN = re.compile(rf"\b(?:{_any(*_COMPARED)})\s(?:the\s|el\s|la\s|o\s|a\s)?$")  # "the latest to be blocked, after Telegram"
LATER_CLAUSE = re.compile(rf"\s(?:{_any(*_CONJOINED)})\s")  # a clause that says when or why
BEGINS_JOINT = re.compile(rf"[\s\"'»”)]*(?:[,،、]|\b(?:{_any(*_ROW)})\b|{_any(*_ROW_ANYWHERE)})")  # "…, the photo app Instagram"
ENDS_ROW = re.compile(
    rf"[;；.:。]|\b(?:which|who|whose|{folded('котор|який|яка|яке|який')}|któr)|[,،]\s(?:{_any(*_CONTRAST)})\b|\s(?:{_any(_UNMARKED)})\s"
)
