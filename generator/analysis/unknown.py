"""Names that the authority file does not know: found by capitals, titles and script, for a person to judge."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import regex

from generator.analysis.evidence import calendar_words, is_common, kind_words
from generator.analysis.lexicon import Case, case_of
from generator.analysis.morphology import TOKEN, bases, key
from generator.analysis.names import sound_key
from generator.analysis.page import Token, Words, read_page
from generator.model import Article, ArticleId, Entity, EntityId, EntityKind, LanguageCode, Span
from generator.record import record
from generator.text import base_language, segments

#: Words of a name at most; a longer run of capitals is a headline.
MOST_WORDS = 5
CONTEXT = 40  # characters on either side
CONTEXTS = 3
#: In scripts without capitals: a foreign name with its middle dot, and what stands before or after names.
#: Characters that Chinese writes foreign names with.
SOUNDS = (
    "阿艾安奥巴拜班贝本比彼波伯博布查达戴丹德邓迪蒂杜多厄恩尔法范菲费芬佛弗福夫盖冈戈格根古瓜哈海汉豪赫亨洪胡华霍基吉加贾简杰金卡凯坎康考柯科克肯库奎拉莱兰朗劳勒雷里丽利莉林龙卢鲁路伦罗洛马玛迈麦曼梅门蒙米密明莫默姆"
    "纳娜奈南内尼妮涅宁纽努诺欧帕潘佩彭皮平珀普奇齐恰切乔琼丘让热日茹瑞若萨塞桑森沙莎山尚舍申圣施什史舒斯丝思司苏索塔泰坦汤陶特滕提廷图托瓦万旺威韦维温文翁沃乌吴武西锡希夏肖谢辛休许雪雅亚扬耶叶伊因英尤于约泽扎詹哲真芝朱兹祖佐娃"
    "爾羅維烏馬亞蘭萊盧魯倫諾納蘇圖韋謝葉約紐歐賽貝費蓋漢傑簡凱勞麗龍門內寧喬熱薩聖絲湯萬魏奧"
)
DOTTED = regex.compile(
    rf"[{SOUNDS}]{{1,8}}(?:[·・･][{SOUNDS}]{{1,8}})+|[\p{{Katakana}}ー]+(?:[・･][\p{{Katakana}}ー]+)+"
)
TITLED_AFTER = {
    "ja": regex.compile(
        r"([\p{Han}\p{Katakana}ー]{2,6})(?=氏|さん|首相|大統領|外相|教授|選手|監督|議員|容疑者)"
    ),
    "zh": regex.compile(r"([\p{Han}]{2,4})(?=先生|女士|教授|主席)"),
    "ko": regex.compile(r"(\p{Hangul}{2,4})(?=\s(?:씨|대통령|총리|장관|교수|의원|대표|감독|선수))"),
}
TITLED_BEFORE = {
    "ar": regex.compile(r"(?:الرئيس|السيد|السيدة|الوزير|الدكتور)\s(\p{Arabic}+\s\p{Arabic}+)"),
    "fa": regex.compile(r"(?:آقای|خانم|دکتر)\s(\p{Arabic}+\s\p{Arabic}+)"),
    "he": regex.compile(r"(?:הנשיא|מר|גברת|השר|פרופסור)\s(\p{Hebrew}+\s\p{Hebrew}+)"),
    "hi": regex.compile(
        r"(?:श्री|श्रीमती|डॉ\.|राष्ट्रपति|प्रधानमंत्री)\s([\p{Devanagari}]+\s[\p{Devanagari}]+)"
    ),
    "th": regex.compile(r"(?:นาย|นาง|นางสาว)([\p{Thai}]{2,12}\s[\p{Thai}]{2,15})"),
}
GAPS = frozenset({" ", "-", "\u00a0", "’", "'"})


@record
class Unknown:
    """A name in an article that no entry has. `evidence` is `capitals`, `title`, `script` or `model`."""

    article: ArticleId
    language: LanguageCode
    form: str
    evidence: str
    context: str


@record
class Suggestion:
    """A name to look at: its forms with their numbers, and where it stands.

    `sounds_like` are entries that may be the same under another spelling.
    """

    name: str
    articles: int
    forms: tuple[tuple[str, int], ...]
    languages: tuple[LanguageCode, ...]
    evidence: tuple[str, ...]
    contexts: tuple[str, ...]
    sounds_like: tuple[EntityId, ...] = ()


def unknown_names(
    article: Article, known: Iterable[Span], recognised: Iterable[Span] = ()
) -> tuple[Unknown, ...]:
    """Names outside the `known` spans; `recognised` are spans that a model took for names."""
    texts = segments(article)
    taken: dict[int, list[Span]] = defaultdict(list)
    for span in known:
        taken[span.segment].append(span)
    found = []
    for number, tokens in enumerate(read_page(texts, Words(lambda _: ())).tokens):
        text = texts[number]
        places = [
            *((start, end, "capitals") for start, end in _capitals(text, tokens, article.language)),
            *_by_script(text, article.language),
            *((s.start, s.end, "model") for s in recognised if s.segment == number),
        ]
        for start, end, evidence in sorted(set(places)):
            if not any(s.start < end and start < s.end for s in taken[number]):
                taken[number].append(Span(segment=number, start=start, end=end))
                found.append(_unknown(article, text, (start, end), evidence))
    return tuple(found)


def suggest(
    found: Iterable[Unknown], entities: Iterable[Entity], *, least: int = 2
) -> tuple[Suggestion, ...]:
    """Names that stand in at least `least` articles, most articles first; forms of one name together."""
    groups: dict[str, list[Unknown]] = defaultdict(list)
    for item in _in_base_form(tuple(found)):
        groups[item[0]].append(item[1])
    sounds = _sounds(entities)
    suggestions = [_suggestion(items, sounds) for items in groups.values()]
    wanted = [item for item in suggestions if item.articles >= least]
    return tuple(sorted(wanted, key=lambda item: (-item.articles, item.name)))


def _capitals(text: str, tokens: Sequence[Token], language: str) -> Iterator[tuple[int, int]]:
    """Runs of words with capitals; a single word that opens a sentence or is in everyday use does not count."""
    language = base_language(language)
    run: list[Token] = []
    for token in (*tokens, None):
        joined = (
            token is not None
            and token.case > Case.SMALL
            and not (run and (token.opens or text[run[-1].end : token.start] not in GAPS))
        )
        if joined and token is not None:
            run.append(token)
            continue
        yield from _trimmed(run, language)
        run = [token] if token is not None and token.case > Case.SMALL else []


def _trimmed(run: list[Token], language: str) -> Iterator[tuple[int, int]]:
    while run and (_is_no_name(run[0], language) or _is_title(run[0], language)):
        run = run[1:]
    while run and _is_no_name(run[-1], language) and len(run) == 1:
        run = run[:-1]
    if not run or len(run) > MOST_WORDS:
        return
    alone = len(run) == 1
    if alone and (run[0].opens or len(run[0].key) < 3 or language in ("de", "lb")):
        return
    yield run[0].start, run[-1].end


def _is_no_name(token: Token, language: str) -> bool:
    return (token.opens and is_common(token.key, language)) or token.key in calendar_words(language)


def _is_title(token: Token, language: str) -> bool:
    kinds = kind_words(language)
    return any(
        EntityKind.PERSON in kinds.get(word, ())
        for word in (token.key, *bases(token.key, language))
    )


def _by_script(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    language = base_language(language)
    for match in DOTTED.finditer(text):
        yield match.start(), match.end(), "script"
    for table in (TITLED_AFTER, TITLED_BEFORE):
        if language in table:
            for match in table[language].finditer(text):
                yield match.start(1), match.end(1), "title"


def _unknown(article: Article, text: str, place: tuple[int, int], evidence: str) -> Unknown:
    start, end = place
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Unknown(
        article=article.id,
        language=article.language,
        form=text[start:end],
        evidence=evidence,
        context=f"{before}[{text[start:end]}]{after}",
    )


def _in_base_form(found: Sequence[Unknown]) -> Iterator[tuple[str, Unknown]]:
    """Every name with the sound of its base: the shortest form found that it may be an inflection of."""
    forms = {item.form for item in found}
    keys = {form: " ".join(map(key, TOKEN.findall(form))) for form in forms}
    known = set(keys.values())
    for item in found:
        whole = keys[item.form]
        words = whole.split(" ")
        candidates = [" ".join((*words[:-1], base)) for base in bases(words[-1], item.language)]
        if len(words) > 1:
            candidates += [
                " ".join((first, *words[1:-1], last))
                for first in bases(words[0], item.language)
                for last in bases(words[-1], item.language)
            ]
        known_forms = [whole, *(form for form in candidates if form in known)]
        base = min(known_forms, key=lambda form: (len(form), form))
        yield sound_key(base) or base, item


def _suggestion(items: Sequence[Unknown], sounds: dict[str, set[EntityId]]) -> Suggestion:
    forms = Counter(item.form for item in items)
    ordered = tuple(sorted(forms.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0])))
    name = min(forms, key=lambda form: (len(form), -forms[form], form))
    alike = {entity for form in forms for entity in sounds.get(_whole_sound(form), ())}
    return Suggestion(
        name=name,
        articles=len({item.article for item in items}),
        forms=ordered,
        languages=tuple(sorted({item.language for item in items})),
        evidence=tuple(sorted({item.evidence for item in items})),
        contexts=tuple(dict.fromkeys(item.context for item in items))[:CONTEXTS],
        sounds_like=tuple(sorted(alike)),
    )


def _sounds(entities: Iterable[Entity]) -> dict[str, set[EntityId]]:
    """Entities by the sounds of their names, and of the last word of a person's names."""
    sounds: dict[str, set[EntityId]] = defaultdict(set)
    for entity in entities:
        for names in entity.names.values():
            for name in names:
                sounds[_whole_sound(name)].add(entity.id)
                if entity.kind is EntityKind.PERSON and case_of(name) is not Case.NONE:
                    sounds[_whole_sound(name.split()[-1])].add(entity.id)
    return sounds


def _whole_sound(name: str) -> str:
    return " ".join(sound_key(word) for word in TOKEN.findall(name))
