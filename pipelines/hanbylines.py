"""Takes apart bylines in Han letters, where labels, names, places and verbs stand on one line with few signs between them."""

import re
from typing import Final

from pipelines.bywords import words

LONGEST: Final = 80  # code points; what is longer is a sentence

_SIGNS: Final = re.compile(r"[\u4e00-\u9fff]\s*[:：]|[记記]者|[通特][讯訊派][员員]|[/／|｜]\s*文$")
_LABEL: Final = re.compile(r"(?:^|(?<=[\s|｜]))(?P<label>[\u4e00-\u9fff]{1,8})\s*[:：]\s*")
_AUTHOR: Final = re.compile(
    r".{0,6}(?:作者|[记記]者|撰文|撰稿|撰写|撰寫|采写|採寫|採訪|采访|执笔|執筆|文字|编译|編譯|通讯员|通訊員|特派员|特派員|供稿)|文"
)
_REPORTER: Final = re.compile(
    r"^[\u4e00-\u9fff\s／/]{0,10}?(?:[记記]者|通讯员|通訊員|特派员|特派員)\s*(?P<rest>[\u4e00-\u9fff\d、，,\s／/·]{2,40})$"
)
_SIGNED: Final = re.compile(r"^(?P<names>[\u4e00-\u9fff、\s]{2,16}?)\s*[/／|｜]\s*文$")
_APART: Final = re.compile(r"[、，,\s/／|｜;；]+")
_VERB: Final = re.compile(
    r"(?:(?:综合|綜合|连线|連線|专题|現場|现场)?(?:报道|報導|報道|采写|採訪|采访|摄影|攝影)|\d{1,2}日[电電讯訊]|[电電讯訊])$"
)
_SENT: Final = re.compile(r"^(?:发自|發自|自|于)")
_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,7}[·・‧][\u4e00-\u9fff·・‧]{1,12}")
_PLACE_LETTERS: Final = 2  # of a place that nothing parts from the name before it, where no list knows it
_MOST_OF_NAME: Final = 3  # letters of a name that a place may follow
# the commonest surnames, in both spellings: with them nine of ten names begin
_SURNAMES: Final = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭肖程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉"
    "阎閻余潘杜戴夏钟鍾鐘汪田任姜范範方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施"
    "陶洪翟安颜顏倪严嚴牛温溫芦蘆季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛叢焦向柳邢骆駱岳齐齊梅莫庄莊辛管祝左涂塗谷祁时時舒耿牟卜路詹关關苗凌费費纪紀靳盛童欧歐"
    "甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵闵解强強柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅宫宮来來"
)
_PLACES: Final = re.compile(
    r"北京|上海|天津|重庆|重慶|广州|廣州|深圳|成都|武汉|武漢|南京|杭州|西安|郑州|鄭州|济南|濟南|青岛|沈阳|瀋陽|大连|长春|長春|哈尔滨|哈爾濱|石家庄|太原|合肥|南昌|福州|厦门|廈門|长沙|長沙|南宁|海口|贵阳|昆明|拉萨|兰州"
    r"|西宁|银川|乌鲁木齐|呼和浩特|苏州|宁波|无锡|东莞|佛山|珠海|香港|澳门|澳門|台北|臺北|新北|桃园|桃園|台中|臺中|台南|臺南|高雄|基隆|新竹|花莲|花蓮|台东|臺東|屏东|屏東|嘉义|嘉義|华盛顿|華盛頓|纽约|紐約|洛杉矶|洛杉磯"
    r"|旧金山|舊金山|伦敦|倫敦|巴黎|柏林|布鲁塞尔|布魯塞爾|日内瓦|日內瓦|莫斯科|基辅|基輔|东京|東京|首尔|首爾|新德里|曼谷|新加坡|吉隆坡|雅加达|雅加達|河内|河內|马尼拉|馬尼拉|悉尼|堪培拉|开罗|開羅|耶路撒冷|德黑兰|德黑蘭|综合|綜合"
)


def han_byline(line: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Names, and what the line names as its sources, of a byline such as `来源:新华社 作者:王晓明`; None where it is no such line.

    >>> han_byline("来源:新华社 作者:王晓明"), han_byline("记者 王晓明 李华 北京报道"), han_byline("记者从有关部门获悉")
    ((('王晓明',), ('新华社',)), (('王晓明', '李华'), ()), None)
    """
    if len(line) > LONGEST or _SIGNS.search(line) is None:
        return None
    line = line.strip(" \t〔〕【】[]()（）\u3000")
    if len(labels := list(_LABEL.finditer(line))) > 1 or (labels and labels[0].start() > 0):
        return _by_label(line, labels)
    found = _REPORTER.match(line) or None
    signed = _SIGNED.match(line)
    names = _reporters(found["rest"]) if found else _reporters(signed["names"]) if signed else ()
    return (names, ()) if names else None


def _by_label(line: str, labels: list[re.Match[str]]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    names: list[str] = []
    sources: list[str] = []
    for label, after in zip(labels, [*(one.start() for one in labels[1:]), len(line)], strict=True):
        value = line[label.end() : after].strip()
        if _AUTHOR.fullmatch(label["label"]):
            names += [name for name in _APART.split(value) if _NAME.fullmatch(name) or (name and not _VERB.search(name) and name.isalpha())]
        elif words().credit.match(label[0] + value) is not None:
            sources += _APART.split(value)[:1]
    return (tuple(names), tuple(sources)) if names or sources else None


def _reporters(rest: str) -> tuple[str, ...]:
    """The names at the start of what follows the word for reporter; a place and the verb end them."""
    names: list[str] = []
    for token in _APART.split(rest.strip()):
        verb = _VERB.search(token)
        name = _without_place(token[: verb.start()]) if verb else token
        if _SENT.match(token) or _PLACES.fullmatch(name) or name[:1] not in _SURNAMES or not _NAME.fullmatch(name):
            break
        names.append(name)
        if verb:
            break
    return tuple(names)


def _without_place(token: str) -> str:
    """A name, without the place that stands right behind it."""
    if ends := [found.start() for found in _PLACES.finditer(token) if found.end() == len(token)]:
        return token[: ends[0]]
    return token[:-_PLACE_LETTERS] if len(token) > _MOST_OF_NAME else token
