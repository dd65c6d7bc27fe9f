"""What each language's words sound like to a singer: vowels, silent letters, onsets, stress."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_Span = tuple[int, int]


def _never(_word: str, _span: _Span) -> bool:
    return False


def _open(_word: str, _start: int, _end: int) -> bool:
    return False


def _last_but_one(_word: str, count: int) -> int:
    return max(0, count - 2)


@dataclass(frozen=True, slots=True)
class Language:
    """The rule of one language.

    `vowels` find what may sound, `is_silent` says which of them do not, `hiatus` where two stand
    apart. `onsets` are consonants that go to the next syllable together (`single_sounds` among
    them are one sound). `kept_endings` stay whole. `weak` words bear no stress, `middling` little.
    """

    vowels: re.Pattern[str]
    hiatus: tuple[re.Pattern[str], ...] = ()
    is_silent: Callable[[str, _Span], bool] = _never
    onsets: frozenset[str] = frozenset()
    single_sounds: frozenset[str] = frozenset()
    kept_endings: tuple[str, ...] = ()
    closes: Callable[[str, int, int], bool] = _open
    weak: frozenset[str] = frozenset()
    middling: frozenset[str] = frozenset()
    stress_place: Callable[[str, int], int] = _last_but_one
    exceptions: Mapping[str, str] = field(default_factory=dict)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLENDS = _words("bl br cl cr dr fl fr gl gr pl pr tr")

# ── English ──────────────────────────────────────────────────────────────────────────────────────

_EN_EXCEPTIONS = {
    one.replace("-", ""): one
    for one in _words(
        "ev-ery un-til ev-ery-thing ev-ery-one ev-ery-where ev-ery-bod-y heav-en heav-ens "
        "heav-en-ly po-em po-et po-ems qui-et li-on gi-ant di-a-mond vi-o-let vi-o-lin i-de-a "
        "re-al ru-in cru-el du-el jew-el po-e-try be-ing see-ing do-ing go-ing ly-ing dy-ing "
        "fly-ing cry-ing say-ing play-ing cre-ate cre-a-tion the-a-ter the-a-tre o-ce-an sci-ence "
        "si-lence peo-ple some-one some-thing some-times some-where some-how some-bod-y some-time "
        "an-y an-y-one an-y-thing man-y ver-y on-ly beau-ty beau-ti-ful busi-ness eve-ning "
        "love-ly home-less hope-less for-ev-er nev-er ev-er riv-er sev-en clev-er sil-ver shiv-er "
        "de-liv-er giv-en driv-en lov-er cov-er dis-cov-er oth-er moth-er fa-ther broth-er "
        "an-oth-er to-geth-er wheth-er weath-er gath-er feath-er rath-er wo-man wo-men shad-ow "
        "win-dow mead-ow hol-low fol-low mor-row bod-y stud-y cit-y pit-y love-li-ness used "
        "wick-ed nak-ed sa-cred be-lov-ed a-ged bless-ed through though thought where there were "
        "here are one once gone done none come some hour our your flour fire de-sire tired hired "
        "wire choir toward to-wards chil-dren hun-dred be-neath be-tween be-hind be-yond be-low "
        "be-fore be-cause a-bove a-gain a-gainst a-lone a-long a-way a-round a-cross a-mong "
        "a-live a-wake rain-bow sun-set mid-night moon-light star-light day-light to-day to-night "
        "to-mor-row re-mem-ber Sep-tem-ber lin-ger fin-ger hun-ger an-gel strang-er dan-ger "
        "val-ley hon-ey mon-ey jour-ney prayer flow-er show-er tow-er pow-er cof-fee co-coa "
        "vid-e-o ra-di-o stu-di-o lone-ly time-less name-less care-less there-fore more-o-ver "
        "what-ev-er when-ev-er where-ev-er how-ev-er lim-it vis-it spir-it prom-ise mo-ment "
        "si-lent o-pen e-ven o-ver wa-ter pa-per hap-py mel-o-dy mem-o-ry har-bor har-bour "
        "light-house keep-er sail-or "
    )
}
_EN_WEAK = _words(
    "a an the and but or nor of to in on at by for from with as than that if is was were are am "
    "be been has had have do does did will would can could shall should may might must it its he "
    "she we they you i me him her us them my your his our their so not o upon into unto im ive "
    "id ill youre youve youll hes shes its were weve well theyre theres dont cant wont"
)
_EN_MIDDLING = _words("all no now then there here what when where who how this these those too")
_EN_UNSTRESSED_FIRST = re.compile(
    r"(a(?!l(l|w|m|t)|n[gy]|f|u|i|ct|ng|ft|r[mt]|pp?l|sh|nd|rr|t[ht]|dd|m[pb])|"
    r"be(?!l|n|s|d|a|tt|rr|e)|"
    r"de(?!s[ek]|ep|a|b[tu]|c[ko]|n|ll|vil)|re(?!a|d|s[tc]|ck|e|st|b|c[ko]|g|l[il]|nt)|"
    r"for(?=get|giv|ev|bid|sak)|un|in(?=s|v|t[eor]|f|c|d[eu])|en(?=j|c|d|t[ri]|l|g)|ex(?!tr)|"
    r"to(?=[dngw])|with|dis|mis|pre(?=t|s[eu]|f|p|v)|pro(?=t|v|cl|p|d)|con(?=f|s|t|v|d)|"
    r"com(?=p[lao]|m[au]|b)|sur(?=p|r|v|[re])|per(?=h|s|f|m)|es|up(?=o)|her(?=s)|him(?=s)|my(?=s))"
)
_EN_BEFORE_LAST = re.compile(
    r"(tion|sion|cian|tian|ic|ics|ical|ity|ious|eous|ial|ian|ience|ient|ia|graphy|logy)s?$"
)
_EN_AFTER_SILENT = re.compile(
    r"ly|ful|fully|less|lessly|ment|ments|ness|lier|liness|wards?|where|thing|times?|land|lands|"
    r"light|lights|man|men|some|way|ways|side|line|bound|body|room|boat|wood|stone|town|work"
)
_EN_LAST = re.compile(r"(oon|eer|ee|ette|esque|ique|self|selves|aire)$")


def _en_silent(word: str, span: _Span) -> bool:
    start, end = span
    sound, rest, before = word[start:end], word[end:], word[:start]
    if not re.search(r"[aeiouy]", before):
        return False
    if sound == "e" and not rest:
        return not re.search(r"[^aeiouylr][lr]$", before) or before.endswith(("rl", "ol", "il"))
    if sound == "e" and rest == "s":
        return not re.search(r"([szxcg]|ch|sh|[^aeiouyl]l)$", before)
    if sound == "e" and rest == "d":
        return not re.search(r"[td]$", before)
    if sound == "e" and _EN_AFTER_SILENT.fullmatch(rest):
        return not re.search(r"[^aeiouy][lr]$", before)
    return False


def _en_closes(word: str, start: int, end: int) -> bool:
    """A single consonant that stays with the vowel before it: `riv-er`, `nev-er`, and x, ck."""
    return word[start:end] in ("x",) or (
        word[start:end] == "v" and word[:start].endswith(("e", "i")) and len(word[end:]) <= 4
    )


def _en_stress(word: str, count: int) -> int:
    if word in ("until", "unto"):
        return 1
    if _EN_LAST.search(word):
        return count - 1
    match = _EN_BEFORE_LAST.search(word)
    if match is not None and count > 2:
        tail = 2 if match[1] in ("ic", "ics", "tion", "sion", "cian", "tian") else 3
        tail = (
            2
            if match[1] in ("ious", "eous", "ial", "ian", "ience", "ient")
            and re.search(r"(c|t|s|x|g)(ious|eous|ial|ian|ience|ient)s?$", word)
            else tail
        )
        return max(0, count - tail)
    if count == 2 or count == 3:
        return 1 if _EN_UNSTRESSED_FIRST.match(word) else 0
    return max(0, count - 3)


ENGLISH = Language(
    vowels=re.compile(
        r"(?<![q])[aeiou]+(?:y(?![aeiou]))?|(?<=q)u[aeiou]+|(?<!^)y(?![aeou])|^y(?![aeiou])"
    ),
    hiatus=(
        re.compile(r"(?<![tcsxgq])(i)(?:a(?!ge)|o(?!u?s$)|um|us$|u(?=m))"),
        re.compile(r"(?<=[^aeioutcsxg])(i)ous$"),
        re.compile(r"(u)(?:a(?!rd)|ou)(?<!qua)(?<!gua)"),
        re.compile(r"(e)(?:o(?!u|ple|us)|um|ol|on$)"),
        re.compile(r"(y|ay|ey|oy|uy|ow|ew|aw|ee|ie|oe)ing"),
        re.compile(r"(i)(?:e[tr]|e(?=nc))(?!ce|d$)"),
        re.compile(r"(o)(?:e[tm]|ing)"),
    ),
    is_silent=_en_silent,
    onsets=_BLENDS
    | _words(
        "ch sh th ph wh gh ck qu sc sk sl sm sn sp st sw tw thr shr chr str spr tl dl scr spl squ"
    ),
    single_sounds=_words("ch sh th ph wh qu"),
    kept_endings=("ing", "ings", "ingly"),
    closes=_en_closes,
    weak=_EN_WEAK,
    middling=_EN_MIDDLING,
    stress_place=_en_stress,
    exceptions=_EN_EXCEPTIONS,
)

# ── German ───────────────────────────────────────────────────────────────────────────────────────

_DE_PREFIX = re.compile(
    r"(be(?!t[et]|st|i|er|ss)|ge(?!g|b[et]|st[er]n|ist|l[db]|rn|h)|er(?!de|st|nst|b)|ver|zer|"
    r"ent|emp)"
)


def _de_stress(word: str, count: int) -> int:
    if word.endswith(("ieren", "iert", "ei")):
        return count - (1 if not word.endswith("ieren") else 2)
    return 1 if _DE_PREFIX.match(word) and count > 1 else 0


GERMAN = Language(
    vowels=re.compile(r"aa|ee|oo|ie|ei|ai|au|eu|äu|ey|ay|(?<!q)[aeiouäöüy]|(?<=q)u[aeiouäö]"),
    onsets=_words(
        "ch sch ph th ck qu bl br cl cr dr fl fr gl gr kl kr pl pr tr spr str schl schm "
        "schn schw schr st sp"
    )
    - _words("st sp"),
    single_sounds=_words("ch sch ph th ck qu"),
    weak=_words(
        "der die das den dem des ein eine einen einem einer und oder doch aber in im an am auf zu "
        "zum zur von vom mit für ist sind war bin hat ich du er sie es wir ihr mich dich sich uns "
        "mein dein sein so wie als nur mir dir ihm ihn wenn dass daß"
    ),
    middling=_words("nicht kein noch schon wo was wer da"),
    stress_place=_de_stress,
)

# ── the Romance languages and Latin ──────────────────────────────────────────────────────────────

_ROMANCE_ONSETS = _BLENDS | _words(
    "ch gh gn gl qu sc sp st sb sd sf sg sl sm sn sq sv str spr scr sch sgr sbr ll rr"
)


def _es_stress(word: str, count: int) -> int:
    if re.search(r"[áéíóú]", word):
        groups = re.findall(r"[aeiouáéíóúü]+", word)
        place = next((at for at, one in enumerate(groups) if re.search(r"[áéíóú]", one)), count - 1)
        return min(place, count - 1)
    return count - 2 if re.search(r"[aeiouns]$", word) else count - 1


def _it_stress(word: str, count: int) -> int:
    return count - 1 if re.search(r"[àèéìòù]$", word) else max(0, count - 2)


def _fr_stress(word: str, count: int) -> int:
    return count - 2 if re.search(r"(e|es|ent)$", word) and count > 1 else count - 1


_LA_SHORT = re.compile(r"(ius|ia|ium|io|iam|imus|ibus|ulum|ula|ulus|inus|ine|ina)$")


def _la_stress(word: str, count: int) -> int:
    if count > 2 and re.search(
        r"(ius|ia|ium|io|iam|ius|imus|ibus|ulum|ula|ulus|inus|ine|ina)$", word
    ):
        return count - 3
    return max(0, count - 2)


_APART = re.compile(r"([aeoàèòéáóíú])[aeoàèòéáóíú]")
ITALIAN = Language(
    vowels=re.compile(r"(?<=q)u[aeioàèéìòù]+|(?<!q)[aeiouàèéìòù]+"),
    hiatus=(_APART,),
    onsets=_ROMANCE_ONSETS - _words("ll rr"),
    single_sounds=_words("ch gh gn gl qu sc sp st sb sd sf sg sl sm sn sq sv"),
    weak=_words(
        "il lo la i gli le un uno una e o ma di a da in con su per tra fra che non mi ti "
        "si ci vi ne del al nel"
    ),
    stress_place=_it_stress,
)
SPANISH = Language(
    vowels=re.compile(r"(?<=[qg])u(?=[ei])[eiéí]+|[aeiouáéíóúü]+|y(?![aeiouáéíóú])"),
    hiatus=(_APART, re.compile(r"(í)[aeo]")),
    onsets=_BLENDS | _words("ch ll rr qu gu"),
    single_sounds=_words("ch ll rr qu"),
    weak=_words(
        "el la los las un una y e o u de a en con por para que mi tu su me te se lo le no del al"
    ),
    stress_place=_es_stress,
)
FRENCH = Language(
    vowels=re.compile(r"(?<=q)u[aeiouyàâéèêëîïôûù]+|[aeiouyàâéèêëîïôûùœ]+"),
    hiatus=(re.compile(r"([éèaoiu])[éèëï]"),),
    onsets=_BLENDS | _words("ch ph th gn qu vr"),
    single_sounds=_words("ch ph th gn qu"),
    weak=_words(
        "le la les un une des de du et ou à au aux en dans par pour sur que qui ne pas je "
        "tu il elle on nous vous ils mon ton son ma ta sa mes tes ses ce se me te"
    ),
    stress_place=_fr_stress,
)
LATIN = Language(
    vowels=re.compile(r"ae|oe|au|(?<=[qg])u[aeiou]|[aeiouy]"),
    onsets=_BLENDS | _words("ch ph th qu gn sc sp st str"),
    single_sounds=_words("ch ph th qu"),
    weak=_words("et in ad de a ab ex e cum per pro ut non qui"),
    stress_place=_la_stress,
)
LANGUAGES: dict[str, Language] = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "it": ITALIAN,
    "es": SPANISH,
    "la": LATIN,
}
