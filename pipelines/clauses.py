"""The words that begin another clause, in each language: what stands behind them is seldom what a verb before them means."""

import re

_CONTRAST = "|".join(
    [
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
    ]
)
_AND = r"and|und|y|e|et|и|і|ve|dan|và"
_UNMARKED = r"while|whereas|während|tandis que|mientras|enquanto|mentre|sementara|trong khi|بينما|في حين|जबकि|جبکہ"  # without a comma
OTHER_CLAUSE = re.compile(rf"[;；]|[,،]\s(?:{_CONTRAST})\b|\s(?:{_UNMARKED})\s")
NEXT_CLAUSE = re.compile(rf"[;；]|[,،]\s(?:{_CONTRAST}|{_AND})\b|\s(?:{_UNMARKED})\s")
LINKED = re.compile(r"(?:지만|는데|으나|고|며|면서)\s")  # Korean joins clauses by the ending of the verb
