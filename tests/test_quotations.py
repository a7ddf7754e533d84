import json
import time
from pathlib import Path

import pytest
import yaml

from generator.analysis.quotations import quotations
from generator.analysis.statements import statements
from generator.model import Article, Quotation
from generator.text import join_lines, words
from tests.builders import make_article

LIST = Path(__file__).parent / "data" / "speakers.ndjson"


def found(text: str, language: str = "en") -> tuple[Quotation, ...]:
    return quotations(make_article(text, language=language))


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "“We will build the bridge,” Mayor Anna Brook said.", "We will build the bridge"),
        ("en", '"We will build the bridge," Anna Brook said.', "We will build the bridge"),
        ("en", "‘We will build the bridge,’ Anna Brook said.", "We will build the bridge"),
        ("de", "„Wir bauen die Brücke“, sagte Anna Brook.", "Wir bauen die Brücke"),
        ("de", "»Wir bauen die Brücke«, sagte Anna Brook.", "Wir bauen die Brücke"),
        ("fr", "« Nous construirons le pont », a déclaré Anna Brook.", "Nous construirons le pont"),
        ("sv", "”Vi bygger bron”, säger Anna Brook.", "Vi bygger bron"),
        ("ru", "«Мы построим мост», — заявила Анна Брук.", "Мы построим мост"),
        ("ru", "— Мы построим мост, — сказала Анна Брук.", "Мы построим мост"),
        ("ja", "ブルック市長は「橋を建設します」と述べた。", "橋を建設します"),
        ("zh", "市长布鲁克说：“我们将建造大桥。”", "我们将建造大桥。"),
        ("pl", "„Zbudujemy most” – powiedziała Anna Brook.", "Zbudujemy most"),
    ],
)
def test_every_convention_of_marks_is_read(language: str, text: str, said: str) -> None:
    assert [item.text for item in found(text, language)] == [said]


@pytest.mark.parametrize(
    ("language", "text", "speaker", "verb"),
    [
        ("en", "“We will build the bridge,” said Anna Brook.", "Anna Brook", "said"),
        (
            "en",
            "Anna Brook, head of Coastal Trust, warned: “The bridge will fall.”",
            "Anna Brook",
            "warned",
        ),
        ("es", "«Construiremos el puente», dijo Anna Brook.", "Anna Brook", "dijo"),
        ("it", "«Costruiremo il ponte», ha dichiarato Anna Brook.", "Anna Brook", "dichiarato"),
        ("ru", "«Мы построим мост», — заявила Анна Брук.", "Анна Брук", "заявила"),
        ("fr", "« Nous construirons le pont », a déclaré Anna Brook.", "Anna Brook", "déclaré"),
    ],
)
def test_speaker_and_verb_are_found(language: str, text: str, speaker: str, verb: str) -> None:
    (quotation,) = found(text, language)
    assert (quotation.speaker, quotation.verb) == (speaker, verb)


def test_a_split_quotation_is_one_and_knows_its_parts() -> None:
    text = "“We will build the bridge,” Anna Brook said, “before the winter comes.”"
    (quotation,) = found(text)
    assert quotation.text == "We will build the bridge, before the winter comes."
    assert len(quotation.spans) == 2


def test_a_nested_quotation_stays_inside() -> None:
    (quotation,) = found("“He told me ‘never again will I sail’ twice,” Anna Brook said.")
    assert "never again" in quotation.text


def test_indirect_speech_is_left_alone() -> None:
    assert found("Anna Brook said that the bridge would be built.") == ()


def test_an_apostrophe_opens_nothing() -> None:
    assert found("The ships' crews didn't sail; the owners' men hadn't come.") == ()


def test_a_quotation_runs_from_paragraph_to_paragraph() -> None:
    text = 'Anna Brook said: "We will build the bridge.\n\nThen we will open it." Nobody laughed.'
    assert [item.text for item in found(text)] == [
        "We will build the bridge.",
        "Then we will open it.",
    ]


def test_a_pronoun_stands_for_whoever_spoke_before() -> None:
    text = "“We will build the bridge,” Anna Brook said.\n\n“It will be long,” she added."
    assert [item.speaker for item in found(text)] == ["Anna Brook", "Anna Brook"]


def test_spans_lead_to_the_words() -> None:
    article = make_article("Yesterday “we will build the bridge” was heard from Anna Brook.")
    (quotation,) = quotations(article)
    span = quotation.spans[0]
    assert article.blocks[span.segment - 1].text[span.start : span.end] == quotation.text


def test_a_statement_is_a_sentence_of_a_quotation() -> None:
    article = make_article("“We will build it. Nobody will stop us now,” Anna Brook said.")
    cut = statements(article, quotations(article))
    assert [item.text for item in cut] == ["We will build it.", "Nobody will stop us now"]


def test_speakers_are_right_on_the_labelled_list(shared_data: Path) -> None:
    right, labels = 0, [json.loads(line) for line in LIST.read_text().splitlines()]
    for label in labels:
        text = (shared_data / "corpora" / "world-news" / label["file"]).read_text(encoding="utf-8")
        said = set(words(text[label["start"] : label["end"]]))
        speaker = set(words(text[label["speaker_start"] : label["speaker_end"]]))
        best = max(quotations(_article(text)), key=lambda item: _shared(said, item), default=None)
        if best is not None and _shared(said, best) >= 0.5 and best.speaker is not None:
            right += not speaker.isdisjoint(words(best.speaker))
    assert right / len(labels) >= 0.93


def _shared(said: set[str], quotation: Quotation) -> float:
    other = set(words(quotation.text))
    return 2 * len(said & other) / (len(said) + len(other))


def _article(text: str) -> Article:
    head, body = text[4:].split("\n---\n", 1)
    paragraphs = "\n\n".join(join_lines(part) for part in body.split("\n\n") if part.strip())
    return make_article(paragraphs, language=str(yaml.safe_load(head)["lang"]))


@pytest.mark.parametrize(
    ("language", "text", "speaker", "sentences"),
    [
        (
            "es",
            "—No vimos el puente —explicó Anna Brook, de la alcaldía—. Solo oímos el río.",
            "Anna Brook",
            ["No vimos el puente", "Solo oímos el río."],
        ),
        (
            "pl",
            "– Nie widzieliśmy mostu – mówi Anna Brook z klubu „Nad Rzeką”. – Tylko rzekę było słychać.",
            "Anna Brook",
            ["Nie widzieliśmy mostu", "Tylko rzekę było słychać."],
        ),
        (
            "ru",
            "«Мы не видели моста, — сказала Анна Брук из города. — Было слышно только реку».",
            "Анна Брук",
            ["Мы не видели моста,", "Было слышно только реку"],
        ),
        (
            "uk",
            "«Ми не бачили мосту, — каже Анна Брук, — ми чули річку».",
            "Анна Брук",
            ["Ми не бачили мосту, ми чули річку"],
        ),
        (
            "fr",
            "« Nous n'avons pas vu le pont, a confié Anna Brook, de la mairie. On entendait la rivière. »",
            "Anna Brook",
            ["Nous n'avons pas vu le pont,", "On entendait la rivière."],
        ),
    ],
)
def test_a_narrator_who_breaks_in_is_no_speech(
    language: str, text: str, speaker: str, sentences: list[str]
) -> None:
    article = make_article(text, language=language)
    (quotation,) = quotations(article)
    assert quotation.speaker == speaker
    assert [item.text for item in statements(article, (quotation,))] == sentences


def test_dashes_and_commas_of_the_speaker_break_nothing() -> None:
    (quotation,) = found(
        "« Le pont, la mairie — tout est perdu, a-t-on cru. », dit Anna Brook.", "fr"
    )
    assert quotation.text == "Le pont, la mairie — tout est perdu, a-t-on cru."


def test_a_name_in_marks_that_nobody_says_is_no_quotation() -> None:
    assert found("Корабль «Анна Брук» вышел из порта утром.", "ru") == ()
    assert found("«Мост Упал!» — заявила Анна Брук.", "ru") != ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Представитель «Брук нефть» сказал, что моста не видел."),
        ("ru", "Об этом сообщает «Новая газета»."),
        ("uk", "Про це розповіли «Українській річці» моряки."),
    ],
)
def test_a_name_that_a_word_before_it_governs_is_no_quotation(language: str, text: str) -> None:
    assert found(text, language) == ()


def test_what_follows_a_conjunction_or_ends_a_sentence_is_said() -> None:
    (clause,) = found("Анна Брук сказала, что «Мост давно закрыт».", "ru")
    assert (clause.text, clause.speaker) == ("Мост давно закрыт", "Анна Брук")
    assert found("Анна Брук крикнула «Мост упал!» и ушла.", "ru") != ()


def test_a_name_in_marks_does_not_part_a_speaker_from_the_words() -> None:
    (quotation,) = found("Анна Брук, глава «Новой реки», сказала: «Мы не видели моста».", "ru")
    assert quotation.speaker == "Анна Брук"


def test_parts_of_words_without_spaces_are_joined_without_one() -> None:
    article = make_article("“我们会建造这座桥，”王明说，“然后我们会开放它。”", language="zh")
    (quotation,) = quotations(article)
    assert quotation.text == "我们会建造这座桥，然后我们会开放它。"
    assert [item.text for item in statements(article, (quotation,))] == [quotation.text]


def test_georgian_speakers_are_found() -> None:
    (quotation,) = found("„ჩვენ ხიდს ავაშენებთ“, – ამბობს ანა ბრუკი.", "ka")
    assert quotation.verb == "ამბობს"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“We sail at dawn” "),
        ("en", "“We sail "),
        ("en", "'We sail "),
        ("en", '"We sail at dawn" '),
        ("en", "„We sail at dawn“"),
        ("en", "“We sail,” he said, “at dawn.” "),
        ("en", "“We sail — said Brook — at dawn, "),
        ("fr", "« Nous partons, a dit Brook. Voilà "),
    ],
)
def test_marks_without_end_take_time_in_proportion(language: str, text: str) -> None:
    def seconds(length: int) -> float:
        article = make_article(text * (length // len(text)), language=language)
        start = time.process_time()
        quotations(article)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(64_000) < 10 * seconds(16_000) + 0.1


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        (
            "ru",
            "«Мы построим мост», — пояснил Генеральный директор ВОЗ г-н Антон Брук.",
            "Антон Брук",
        ),
        ("hi", "“हम पुल बनाएंगे”, यह कहना था WHO के महानिदेशक टेड्रोस अडनोम गेब्रायसिस का।", "टेड्रोस"),
        (
            "zh",
            "“我们将建造大桥，”布鲁克说道。“冬天以前就会完工。”据前主任Tom Lee所说，“这不可能做到。”",
            "布鲁克",
        ),
    ],
)
def test_an_office_or_the_next_sentence_does_not_take_the_word(
    language: str, text: str, speaker: str
) -> None:
    assert all(speaker in (item.speaker or "") for item in found(text, language)[:2])


def test_a_new_paragraph_names_whom_its_pronoun_stands_for() -> None:
    text = (
        "“We will build the bridge,” Anna Brook said.\n\n"
        "Paul Stone does not believe it. In a letter he wrote: “The river will win again.”"
    )
    assert [item.speaker for item in found(text)] == ["Anna Brook", "Paul Stone"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“The bridge,” Anna Brook told reporters, “will stand before the winter.”"),
        ("fr", "« Le pont », a déclaré la maire Anna Brook, « tiendra avant l’hiver »."),
        ("es", "«El puente —dijo Anna Brook— estará listo antes del invierno»."),
        ("de", "„Die Brücke“, sagte Anna Brook, „steht vor dem Winter.“"),
        ("pl", "„Most – powiedziała Anna Brook – stanie przed zimą”."),
        ("ru", "«Мост, — сказала Анна Брук, — будет готов до зимы»."),
        ("tr", '"Köprüyü yapacağız" dedi Ayşe Dereoğlu, "kış gelmeden önce."'),
        ("he", '"הגשר", אמר ד"ר דן ברוקמן, "ייבנה לפני החורף".'),
        ("he", "״נבנה את הגשר״, אמר יו״ר הוועדה דן ברוקמן, ״לפני שיגיע החורף״."),
        ("ar", "«سنبني الجسر»، قال أحمد الطرابلسي، «قبل أن يأتي الشتاء»."),
        ("fa", "«پل را خواهیم ساخت»، آنا بروکمن گفت، «پیش از آنکه زمستان بیاید»."),
        ("hi", "“हम पुल बनाएंगे”, अनीता ब्रुक ने कहा, “सर्दी आने से पहले बन जाएगा।”"),
        ("zh", "“我们将建造大桥，”安娜·布鲁克说，“在冬天到来之前。”"),
        ("ko", "“우리는,” 김철수 시장은 말했다, “다리를 짓겠다.”"),
    ],
)
def test_a_speaker_who_parts_a_quotation_speaks_both_halves(language: str, text: str) -> None:
    (quotation,) = found(text, language)
    assert len(quotation.spans) == 2
    assert quotation.speaker is not None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "「橋を建設します」と山田市長は述べ、「冬が来る前に終わります」と付け加えた。"),
        ("ar", 'قال أحمد الطرابلسي: "سنبني الجسر"، وأضاف، "لن يوقفنا أحد".'),
        ("tr", '"Köprüyü yapacağız" diyen Ayşe Dereoğlu, "Kimse bizi durduramaz" diye konuştu.'),
    ],
)
def test_what_is_said_in_two_breaths_is_two_quotations(language: str, text: str) -> None:
    one, two = found(text, language)
    assert one.speaker == two.speaker is not None


@pytest.mark.parametrize(
    ("language", "text", "speakers"),
    [
        ("ja", "チーフエンジニアの山田太郎氏は「橋は冬までに完成する」と述べた。", ["山田太郎氏"]),
        (
            "ja",
            "「橋は冬までに完成する」とスポークスマンの山田花子さんは話した。",
            ["山田花子さん"],
        ),
        (
            "ja",
            "オックスフォード大学のブルック教授（61）は「橋は古い」と指摘した。",
            ["ブルック教授"],
        ),
        ("ja", "山田市長はインタビューで「橋は冬までに完成する」と述べた。", ["山田市長"]),
        ("ja", "コンサルタントの田中一郎氏によると、「橋は冬までに完成する」。", ["田中一郎氏"]),
        ("ja", "「橋は冬までに完成する」と語るのはエンジニアの山田花子さん。", ["山田花子さん"]),
        (
            "ja",
            "山田市長が「橋は完成する」と述べたのに対し、鈴木氏は「信じない」と述べた。",
            ["山田市長", "鈴木氏"],
        ),
        (
            "ko",
            "김철수 시장은 “다리를 짓겠다”고 말했다. 그는 “겨울 전에 끝난다”고 덧붙였다.",
            ["김철수 시장", "김철수 시장"],
        ),
        ("ko", "“다리를 짓겠다”라고 애나 브룩 대변인이 말했다.", ["애나 브룩 대변인"]),
        ("ko", "김철수 시장에 따르면 “다리는 겨울 전에 완공된다”.", ["김철수 시장"]),
        ("zh", "市长王小明周二在记者会上说：“我们将建造大桥。”", ["市长王小明"]),
        (
            "zh",
            "工程师张伟对记者说：“我们将建造大桥。”他还说：“冬天之前完工。”",
            ["工程师张伟", "工程师张伟"],
        ),
        (
            "he",
            'נתן כהן אמר: "נבנה את הגשר". לדבריו, "אף אחד לא יעצור אותנו".',
            ["נתן כהן", "נתן כהן"],
        ),
        (
            "ar",
            'قال محمد صالح للصحفيين: "سنبني الجسر"، مضيفا: "لن يوقفنا أحد".',
            ["محمد صالح", "محمد صالح"],
        ),
        ("fa", "رضا احمدی در بیانیه‌ای گفت: «پل را خواهیم ساخت».", ["رضا احمدی"]),
        (
            "hi",
            'राहुल गांधी ने कहा, "हम पुल बनाएंगे।" मोहन कुमार ने जवाब दिया, "हमें विश्वास नहीं है।"',
            ["राहुल गांधी", "मोहन कुमार"],
        ),
        (
            "tr",
            'Anna Brook, "Köprüyü yapacağız" dedi. Ayşe Dere ise "Buna inanmıyorum" dedi.',
            ["Anna Brook", "Ayşe Dere"],
        ),
    ],
)
def test_the_grammar_of_a_language_tells_who_speaks(
    language: str, text: str, speakers: list[str]
) -> None:
    assert [item.speaker for item in found(text, language)] == speakers


def test_marks_inside_hebrew_words_abbreviate() -> None:
    assert found('מנכ"ל צה"ל וארה"ב ידעו על כך.', "he") == ()
    (quotation,) = found('דן ברוקמן אמר ש"הגשר ייבנה לפני החורף".', "he")
    assert quotation.text == "הגשר ייבנה לפני החורף"


def test_a_name_inside_what_was_said_speaks_nothing() -> None:
    text = "“We trust Paul Stone to build the bridge before winter.” This was heard: “It will fall soon.”"
    assert [item.speaker for item in found(text)] == [None, None]


@pytest.mark.parametrize(
    ("language", "text", "speakers"),
    [
        ("en", "Example Bank economist Anna Brook said, “It will only get worse.”", ["Anna Brook"]),
        ("en", "“The bridge is old,” The Herald quoted Brook as saying on Monday.", ["Brook"]),
        ("en", "On Monday, the Lido announced it would stay “closed for the winter”.", ["Lido"]),
        ("en", "He said, in remarks published by Herald in May, “the bridge is old.”", [None]),
        (
            "en",
            "“The bridge is old,” Anna Brook said.\n\nHe accused Larnian builders of “gross neglect”.",
            ["Anna Brook", "Anna Brook"],
        ),
        (
            "en",
            "“The bridge is old,” Anna Brook said. The Larnian chief engineer noted: “It may fall.”",
            ["Anna Brook", "Anna Brook"],
        ),
        (
            "en",
            "It came late. “We saw it fall.\n\n“Nobody was hurt,” said Anna Brook.",
            ["Anna Brook", "Anna Brook"],
        ),
        (
            "en",
            "The Herald quoted Paul Stone, once an LBC engineer, as saying “it may fall”.",
            ["Paul Stone"],
        ),
        ("en", "McLarnum's Corporation said: “The bridge is old.”", ["McLarnum's Corporation"]),
        ("tr", "Larnum Forumu'ndan Anna Brook, “Köprü çok eski” dedi.", ["Anna Brook"]),
        ("zh", "来自海滨观测会的安娜·布鲁克说：“大桥太旧了。”", ["安娜·布鲁克"]),
        ("fr", "« Le pont est vieux » : notre discussion à Larnum en décembre.", [None]),
        (
            "es",
            "En una declaración de Brook, Ana Arroyo dijo: “El puente es viejo”.",
            ["Ana Arroyo"],
        ),
    ],
)
def test_who_is_only_mentioned_beside_the_speaker_does_not_speak(
    language: str, text: str, speakers: list[str | None]
) -> None:
    assert [item.speaker for item in found(text, language)] == speakers


def test_what_a_port_has_is_not_the_port() -> None:
    (quotation,) = found("Larnum's mayor Anna Brook said: “The bridge is old.”")
    assert quotation.speaker == "Anna Brook"
