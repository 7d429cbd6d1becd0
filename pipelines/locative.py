"""Whether a name only tells where something stood or was said: "wrote on …", "via …", "в группе во …", "…上发布"."""

import re
from typing import Final

from pipelines.fold import folded
from pipelines.windows import View

_WINDOW: Final = 24  # characters before or behind a name that are looked at
_BAN_ON: Final = re.compile(
    r"\b(?:ban|bans|block|blocks|curbs?|restrictions?|crackdown|clampdown|prohibition|limits?|blackout|freeze|hold|pressure|access|"
    r"imposed|censorship|attack|fines?|veto|blocage|interdiction|verbot|sperre)\s+(?:on|auf|sur)\s+(?:\w+\s+){0,2}$"
    r"|(?:grzywn\w*|kar[ęay]|штраф\w*|санкц\w*|в суд|до суду|иск\w*|жалоб\w*|скарг\w*|давлени\w*)\s+(?:na|на)\s+$"
)
_THE: Final = (
    r"(?:\s(?:the|la|el|le|les|il|lo|dem|der|den|das|its|his|her|their|social|red|rede|réseau|social|app|aplikasi|ứng|dụng|mạng|xã|hội))*"
)
_BEFORE: Final = {
    "en": r"\b(?:on|via|through)",
    "es": r"\b(?:en|vía|por|a través de|mediante|desde)",
    "pt": r"\b(?:no|na|nos|nas|pelo|pela|via|em|por|através do)",
    "fr": r"\b(?:sur|via|par)",
    "it": r"\b(?:su|via|sul|sulla|tramite|attraverso)",
    "de": r"\b(?:auf|via|über|bei|per)",
    "nl": r"\b(?:op|via)",
    "id": r"\b(?:di|lewat|melalui|via|dari)",
    "ms": r"\b(?:di|melalui|menerusi|via)",
    "pl": r"\b(?:na|przez)",
    "cs": r"\b(?:na|přes)",
    "ro": r"\b(?:pe|prin)",
    "ru": r"\b(?:в|во|через|на)",
    "uk": r"\b(?:у|в|через|на)",
    "be": r"\b(?:у|ў|праз|на)",
    "vi": r"\b(?:trên|qua|lên)",
    "ar": r"(?<!\w)(?:على|عبر|في|عن طريق)",
    "fa": r"(?<!\w)(?:در|از طریق)",
    "th": r"(?:ผ่าน|ทาง|บน)",
    "zh": r"(?:在|通过|透过|经由|于)",
    "sw": r"\b(?:kwenye|kupitia)",
    "hu": r"\ba",
}
_AFTER: Final = {
    "tr": r"(?:'|’)?(?:da|de|ta|te|dan|den|tan|ten)\b|\s(?:üzerinden|hesabından|hesabında|kanalında)",
    "ja": r"(?:上)?(?:で|に投稿|に公開|を通じ|を通して)",
    "ko": r"에서|[를을] 통해|에\s?(?:올|게시|쓴|썼|글을|글에|밝|공개|남긴|남겼|적)",
    "hi": r"\s(?:पर|में|के जरिए|के माध्यम से)(?!(?:\s[^\s]+){0,5}?\s(?:रोक|प्रतिबंध|बैन|पाबंदी|जुर्माना))",
    "ur": r"\s(?:پر|میں|کے ذریعے)(?!(?:\s[^\s]+){0,5}?\s(?:پابندی|جرمانہ|عائد))",
    "bn": r"(?:ে|তে)?\s?(?:মাধ্যমে)",
    "zh": r"(?:上|里|中)(?:发布|发文|发帖|写道|表示|回应|宣布|说|称|公布|道歉|留言|转发|流传)"
    r"|(?:官方)?(?:账号|频道|公众号)?(?:发文|发帖|写道)",
    "fa": r"\s(?:نوشت|منتشر کرد)",
    "et": r"(?:is|s)\b",
    "fi": r"(?:ssa|ssä|issa)\b",
    "hu": r"(?:-on|-en|on|en|ön)\b",
}
_BEFORE_PATTERNS: Final = {language: re.compile(rf"{folded(words)}{_THE}\s*[\"'«“「]*$") for language, words in _BEFORE.items()}
_AFTER_PATTERNS: Final = {language: re.compile(folded(words)) for language, words in _AFTER.items()}


def is_located(view: View, start: int, end: int) -> bool:
    """Whether the name at [start, end) stands behind a word of place or means, as where something was said and not what was done to."""
    before = _BEFORE_PATTERNS.get(view.language)
    lead = view.folded[max(start - _WINDOW, 0) : start]
    if before is not None and before.search(lead) and not _BAN_ON.search(view.folded[max(start - 40, 0) : start]):
        return True
    after = _AFTER_PATTERNS.get(view.language)
    first = max(start + 1, end - 2) if view.language == "ko" else end  # a Korean name carries its particle
    return after is not None and any(after.match(view.folded, at) for at in range(first, end + 1))
