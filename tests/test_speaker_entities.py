from generator.linking.quotation_groups import group_statements, statements_of
from generator.model import (
    Analysis,
    Article,
    ArticleId,
    EntityId,
    EntityKind,
    LanguageCode,
    Mention,
    Quotation,
    Span,
)
from generator.record import replace
from tests.builders import make_article

HOLUB, TARN, CLUB = EntityId("irena-holub"), EntityId("ivo-tarn"), EntityId("river-club")
KINDS = {HOLUB: EntityKind.PERSON, TARN: EntityKind.PERSON, CLUB: EntityKind.ORGANISATION}


def article(name: str, language: str) -> Article:
    text = "Irena Holub of the River Club said: “We saw only water. Then we saw the bridge.”"
    return make_article(text, id=ArticleId(name), language=LanguageCode(language))


def mention(item: Article, entity: EntityId, name: str) -> Mention:
    start = item.blocks[0].text.index(name)
    span = Span(segment=1, start=start, end=start + len(name))
    return Mention(article=item.id, entity=entity, span=span, form=name, reason="heading")


def analysis(item: Article, speaker: str | None) -> Analysis:
    """The two sentences, said by whoever stands there as `speaker`, in a language without vectors."""
    text = item.blocks[0].text
    found = []
    for words in ("We saw only water.", "Then we saw the bridge."):
        start = text.index(words)
        place = text.index(speaker) if speaker else 0
        quotation = Quotation(
            article=item.id,
            spans=(Span(segment=1, start=start, end=start + len(words)),),
            text=words,
            speaker=speaker,
            speaker_span=Span(segment=1, start=place, end=place + len(speaker))
            if speaker
            else None,
            verb="said",
        )
        found.append(quotation)
    return Analysis(
        article=item.id,
        sentences=(),
        quotations=tuple(found),
        figures=(),
        fingerprint=b"",
        statements=tuple(found),
    )


ONE, OTHER = article("a", "hi"), article("b", "ka")
PEOPLE = {
    item.id: (mention(item, HOLUB, "Irena Holub"), mention(item, CLUB, "River Club"))
    for item in (ONE, OTHER)
}


def test_the_person_beside_an_organisation_is_the_speaker() -> None:
    for speaker in ("River Club", None):
        found = statements_of(ONE, analysis(ONE, speaker), PEOPLE[ONE.id], KINDS)
        assert [item.speaker for item in found] == [HOLUB, HOLUB]
        assert [item.turn for item in found] == [0.25, 0.75]


def test_an_organisation_speaks_where_two_people_are_near() -> None:
    mentions = (*PEOPLE[ONE.id], replace(PEOPLE[ONE.id][0], entity=TARN))
    found = statements_of(ONE, analysis(ONE, "River Club"), mentions, KINDS)
    assert [item.speaker for item in found] == [CLUB, CLUB]


def test_one_speaker_ties_statements_in_order_across_languages_without_vectors() -> None:
    table = [
        statement
        for item in (ONE, OTHER)
        for statement in statements_of(item, analysis(item, "Irena Holub"), PEOPLE[item.id], KINDS)
    ]
    groups = group_statements([table], {})
    assert sorted(len(group.members) for group in groups) == [2, 2]
    assert all(group.speaker == HOLUB for group in groups)
    for group in groups:
        assert group.members[0].text == group.members[1].text


def test_other_speakers_tie_nothing_across_languages() -> None:
    other = (replace(PEOPLE[OTHER.id][0], entity=TARN),)
    table = [
        *statements_of(ONE, analysis(ONE, "Irena Holub"), PEOPLE[ONE.id], KINDS),
        *statements_of(OTHER, analysis(OTHER, "Irena Holub"), other, KINDS),
    ]
    assert group_statements([table], {}) == ()
