"""Whether decoded bytes look like writing: the share of letters that a script uses often. Read in a wrong encoding, they are rare ones."""

import re
from dataclasses import dataclass
from typing import Final

# Letters met most often in running text: a third and more of all Han letters, two thirds of Hangul, nine tenths of an alphabet's.
_HAN: Final = (
    "的一是不了在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看"
    "定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政"
    "美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入报网号封微博账平台消息用户媒记"
    "這個們來為國說時會對著過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問戰應頭體見產報網號帳臺據該稱請讓給書話電視東車馬風飛聞議員總統選舉黨務"
    "區縣萬億於並處變數語讀認證訊"
)
_KANA: Final = (
    "あいうえおかがきくけこごさざしじすずせそただちっつてでとどなにねのはばひびふへほまみむめもやゆよょゃゅらりるれろわをんぎぐげべアイウエオカキクグコサシスタットドナニネフブプ"
    "マムメラリルレロワンィェァー"
)
_HANGUL: Final = (
    "이다는에의을가하고로은지한기사를도서인자그들으대해어시정나있아과수리일부스제장만라전원보상국여유주구조동안신경위게오적치선했된공성것세용면비당등생관방소우모요무연김미"
    "화내행재업진와였며년월할까민개교단달더던때론른많반받발번법본불북분살새설실심약양언없열영온외운음입작저점존중직차최출통트특표프필합현형회후"
)
_CYRILLIC: Final = "оеаинтсрвлкмдпуяызьбйгчіћј"
_GREEK: Final = "αειηοτνσςρκπμυλάέίήόύώω"
_ARABIC: Final = "اليمنوترب دعهسفقكحةجیک".replace(" ", "")
_HEBREW: Final = "יוהלאתרבשמנםד"
_THAI: Final = "านรอกเงมยวลดทสตะปบคหแโใไชพจขธศถซ"
_COMMON: Final = re.compile(f"[{_HAN}{_KANA}{_HANGUL}{_CYRILLIC}{_GREEK}{_ARABIC}{_HEBREW}{_THAI}]")
_BEYOND: Final = re.compile(  # without the signs that stand between the letters of any script, and the marks on Thai and Arabic letters
    "[^\x00-\x7f\xa0-\xbf\u064b-\u0652\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u2010-\u203b\u3000-\u3011\uff01-\uff1f]"
)
_HIRAGANA: Final = re.compile("[\u3041-\u3096]")

# Codecs whose texts are judged: alphabets, where nearly every letter is a common one, and scripts of thousands of signs.
OF_LETTERS: Final = frozenset((
    "cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic", "cp1253", "iso8859-7", "cp1255", "iso8859-8", "cp1256", "iso8859-6",
    "cp874",
))  # fmt: skip
OF_SIGNS: Final = frozenset(("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"))
_USUAL: Final = 0.42  # share of common letters in the least usual of real texts in Han letters, kana or hangul
_USUAL_OF_LETTERS: Final = 0.9
_KANA_SHARE: Final = 0.1
_MOST_COMMON: Final = re.compile("[оеаинтсрαοιετσνη]")
_CAPITALS: Final = 0.5  # share of these in a text in capitals; of the capitals that a wrong encoding makes, they are a third


@dataclass(frozen=True, slots=True)
class Legibility:
    """What decoded bytes look like: how many letters beyond ASCII, and how many of them are common, as a part of what usual texts have."""

    letters: int
    score: float  # about 1 and more: usual
    kana: bool = False  # hiragana stand between them, as in Japanese


def legibility(text: str, codec: str) -> Legibility:
    """How much `text`, which `codec` gave, looks like writing.

    Measured on real texts in Chinese, Japanese, Korean and Russian: at least 0.95 in the right encoding, below 0.65 in a wrong one.
    Japanese in EUC-JP read as GB 18030, which has the same kana, is the exception: there the right one has only more.

    >>> text = "有关部门要求平台删除文章"
    >>> legibility(text, "gb18030").score > 1, legibility(text.encode("gb18030").decode("big5hkscs", "replace"), "big5hkscs").score
    (True, 0.0)
    """
    letters = len(_BEYOND.findall(text))
    if not letters:
        return Legibility(0, 1.0)
    share = len(_COMMON.findall(text)) / letters
    if codec in OF_LETTERS and share < _CAPITALS and len(_MOST_COMMON.findall(small := text.lower())) >= _CAPITALS * letters:
        share = len(_COMMON.findall(small)) / letters
    kana = len(_HIRAGANA.findall(text)) >= _KANA_SHARE * letters
    return Legibility(letters, share / (_USUAL_OF_LETTERS if codec in OF_LETTERS else _USUAL), kana)
