"""Names are found inflected, with clitics and in every script: one line a case."""

import pytest

from generator.analysis.mentions import build_tagger
from generator.model import Entity, EntityId, EntityKind, LanguageCode
from tests.builders import make_article

CASES = [
    # language, kind, base form, sentence, form in it
    (
        "ru",
        "person",
        "Сергей Лавров",
        "Журналисты спросили Сергея Лаврова о сроках.",
        "Сергея Лаврова",
    ),
    ("ru", "place", "Москва", "Поезд ушёл из Москвы вечером.", "Москвы"),
    ("ru", "organisation", "Верховный суд", "Дело дошло до Верховного суда.", "Верховного суда"),
    ("uk", "place", "Київ", "Делегація прибула до Києва.", "Києва"),
    ("uk", "place", "Львів", "У Львові відкрили музей.", "Львові"),
    (
        "bg",
        "organisation",
        "Европейски съюз",
        "Решението на Европейския съюз е ново.",
        "Европейския съюз",
    ),
    ("pl", "place", "Praga", "Spotkanie odbyło się w Pradze.", "Pradze"),
    ("pl", "person", "Donald Tusk", "Rozmawiano z Donaldem Tuskiem.", "Donaldem Tuskiem"),
    ("cs", "place", "Praha", "Jednání se konalo v Praze.", "Praze"),
    ("cs", "organisation", "Bílý dům", "Mluvčí Bílého domu to popřel.", "Bílého domu"),
    ("sk", "place", "Bratislava", "Vlak prišiel do Bratislavy.", "Bratislavy"),
    ("sl", "place", "Slovenija", "Most v Sloveniji so zaprli.", "Sloveniji"),
    ("hr", "place", "Amerika", "Putovao je po Americi.", "Americi"),
    ("sr", "place", "Београд", "Стигао је из Београда.", "Београда"),
    ("lt", "place", "Vilnius", "Jis gyvena Vilniuje.", "Vilniuje"),
    ("lv", "place", "Rīga", "Viņa dzīvo Rīgā.", "Rīgā"),
    ("fi", "place", "Turku", "Laiva lähti Turusta aamulla.", "Turusta"),
    ("fi", "work", "Nobelin palkinto", "Hän sai Nobelin palkinnon.", "Nobelin palkinnon"),
    ("et", "place", "Tallinn", "Rong sõitis Tallinnast ära.", "Tallinnast"),
    ("hu", "place", "Budapest", "A vonat Budapestről indult.", "Budapestről"),
    ("hu", "place", "Amerika", "Sokan élnek Amerikában.", "Amerikában"),
    ("tr", "place", "Ankara", "Heyet Ankara'dan ayrıldı.", "Ankara"),
    ("tr", "organisation", "Galatasaray", "Dün Galatasaray’ın maçı vardı.", "Galatasaray"),
    ("kk", "place", "Алматы", "Ол Алматыдан келді.", "Алматыдан"),
    (
        "el",
        "person",
        "Κυριάκος Μητσοτάκης",
        "Η δήλωση του Κυριάκου Μητσοτάκη.",
        "Κυριάκου Μητσοτάκη",
    ),
    ("el", "place", "Αθήνα", "Οι δρόμοι της Αθήνας έκλεισαν.", "Αθήνας"),
    ("de", "place", "Deutschland", "Das ist Deutschlands größter Hafen.", "Deutschlands"),
    ("sv", "place", "Sverige", "Det är Sveriges största sjö.", "Sveriges"),
    ("en", "organisation", "Airbus", "It was Airbus's first flight.", "Airbus"),
    ("nl", "organisation", "Airbus", "Er vlogen drie Airbus-vliegtuigen.", "Airbus"),
    ("fr", "place", "Italie", "Le train vient d’Italie.", "Italie"),
    ("it", "place", "Italia", "Il treno attraversa l'Italia.", "Italia"),
    ("ro", "place", "București", "Primăria Bucureștiului a anunțat.", "Bucureștiului"),
    ("es", "place", "Bogotá", "La reunión fue en Bogota.", "Bogota"),
    ("ar", "place", "السعودية", "وصل الوفد إلى الرياض وللسعودية دور كبير", "وللسعودية"),
    ("ar", "place", "مصر", "سافر الوزير وبمصر التقى نظيره", "وبمصر"),
    ("he", "place", "ישראל", "הדובר נשאל ובישראל לא הגיבו", "ובישראל"),
    ("he", "person", "בנימין נתניהו", "הוא נפגש עם לבנימין נתניהו", "לבנימין נתניהו"),
    ("fa", "place", "ایران", "او به ايران رفت", "ايران"),
    ("hi", "place", "भारत", "वह भारत में रहता है", "भारत"),
    ("bn", "place", "ভারত", "এটি ভারতের বৃহত্তম", "ভারতের"),
    ("ta", "place", "சென்னை", "அவர் சென்னையில் இருக்கிறார்", "சென்னையில்"),
    ("ko", "place", "서울", "회의는 서울에서 열렸다", "서울에서"),
    ("ko", "person", "반기문", "반기문은 말했다", "반기문은"),
    ("ja", "place", "東京", "会議は東京で開かれた。", "東京"),
    ("ja", "place", "東京", "会議は東京都で開かれた。", "東京"),
    ("ja", "place", "日本", "駅で日本人が待っていた。", "日本"),
    ("zh", "place", "中国", "这是新中国的第一座桥。", "中国"),
    ("zh", "place", "美国", "美国国会众议院周二开会。", "美国"),
    (
        "ja",
        "person",
        "セルゲイ・ラブロフ",
        "外相のセルゲイ・ラブロフ氏は述べた。",
        "セルゲイ・ラブロフ",
    ),
    ("zh", "person", "谢尔盖·拉夫罗夫", "外长谢尔盖·拉夫罗夫表示。", "谢尔盖·拉夫罗夫"),
    ("th", "place", "กรุงเทพ", "การประชุมจัดที่กรุงเทพเมื่อวาน", "กรุงเทพ"),
    ("ka", "place", "საქართველო", "ის საქართველოში ცხოვრობს", "საქართველოში"),
    ("hy", "place", "Հայաստան", "Նա Հայաստանում է", "Հայաստանում"),
    ("am", "place", "በርሊን", "ሩጫው በበርሊን ተካሄደ", "በበርሊን"),
    ("km", "place", "កម្ពុជា", "គាត់នៅកម្ពុជា", "កម្ពុជា"),
]


@pytest.mark.parametrize(("language", "kind", "name", "text", "form"), CASES)
def test_name_is_found_as_its_language_writes_it(
    language: str, kind: str, name: str, text: str, form: str
) -> None:
    entity = Entity(
        id=EntityId("it"), kind=EntityKind(kind), names={LanguageCode(language): (name,)}
    )
    article = make_article(text, title="–", language=language)
    mentions, undecided = build_tagger([entity]).tag(article)
    assert [mention.form for mention in mentions] == [form]
    assert undecided == ()


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("ja", "タイ", "タイトルは未定だ。"),
        ("ja", "日本", "東日本大震災から十年になる。"),
        ("ja", "京都", "会議は東京都で開かれた。"),
        ("zh", "中国", "他们来自发展中国家。"),
        ("zh", "江西", "昨天浙江西部下雨。"),
        ("ru", "Рим", "Римма пришла поздно."),
        ("en", "Iran", "The Iranistan palace burnt down."),
        ("en", "US", "They told us to join us."),
        ("en", "WHO", "Who said it? Nobody knows who."),
        ("de", "Essen", "Wir wollen essen."),
        ("tr", "Van", "Banka yarın açılıyor."),
    ],
)
def test_other_words_are_not_taken_for_a_name(language: str, name: str, text: str) -> None:
    entity = Entity(
        id=EntityId("it"), kind=EntityKind.PLACE, names={LanguageCode(language): (name,)}
    )
    article = make_article(text, title="–", language=language)
    assert build_tagger([entity]).tag(article) == ((), ())


@pytest.mark.parametrize(
    ("names", "language", "text", "form"),
    [
        ({"en": ("Sergei Lavrov",)}, "ru", "Об этом сказал Сергей Лавров вчера.", "Сергей Лавров"),
        (
            {"en": ("Alexis Tsipras",)},
            "ru",
            "Переговоры с Алексисом Ципрасом прошли.",
            "Алексисом Ципрасом",
        ),
        ({"ru": ("Сергей Шойгу",)}, "en", "Yesterday Sergei Shoigu arrived.", "Sergei Shoigu"),
        ({"ru": ("Сергей Шойгу",)}, "de", "Gestern traf Sergei Schoigu ein.", "Sergei Schoigu"),
        ({"en": ("Tbilisi",)}, "ka", "ის თბილისი ნახა", "თბილისი"),
    ],
)
def test_name_known_in_another_script_or_language_is_found(
    names: dict[str, tuple[str, ...]], language: str, text: str, form: str
) -> None:
    entity = Entity(
        id=EntityId("it"),
        kind=EntityKind.PLACE if len(form.split()) == 1 else EntityKind.PERSON,
        names={LanguageCode(code): value for code, value in names.items()},
    )
    article = make_article(text, title="–", language=language)
    mentions, _ = build_tagger([entity]).tag(article)
    assert [mention.form for mention in mentions] == [form]


def test_transliterated_mentions_say_so_and_single_words_of_one_script_are_left() -> None:
    names = {LanguageCode("en"): ("Sergei Lavrov", "Lavrov")}
    tagger = build_tagger([Entity(id=EntityId("it"), kind=EntityKind.PERSON, names=names)])
    article = make_article("Сергей Лавров сказал.", title="–", language="ru")
    assert [mention.reason for mention in tagger.tag(article)[0]] == ["transliterated"]
    german = make_article("Die Stadt heißt Lawroff.", title="–", language="de")
    assert tagger.tag(german)[0] == ()


def test_regional_names_count_for_the_language() -> None:
    names = {LanguageCode("zh-Hant"): ("臺北",), LanguageCode("en"): ("Taipei",)}
    tagger = build_tagger([Entity(id=EntityId("it"), kind=EntityKind.PLACE, names=names)])
    for language in ("zh", "zh-Hant", "zh-Hant-TW"):
        article = make_article("他昨天到了臺北。", title="–", language=language)
        assert [mention.form for mention in tagger.tag(article)[0]] == ["臺北"]
