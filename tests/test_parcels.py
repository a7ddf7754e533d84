"""What files are made from comes out of its parcel as it went in."""

from collections.abc import Sequence

from generator.model import ArticleDate, ArticleId, LanguageCode, Rights, SourceId
from generator.pipeline.parcels import Packer, unpack
from generator.record import record
from generator.views.shelf import Card

CARD = Card(
    id=ArticleId("2024-03-05-herald-port"),
    title="Port “reopens”",
    language=LanguageCode("en"),
    date=ArticleDate(iso="2024-03-05"),
    source=SourceId("herald"),
    source_name="Herald",
    versions=1,
    story=None,
    rights=Rights.FULL,
)


@record
class Other:
    """A record with the fields of another."""

    iso: str


def page(cards: Sequence[Card], counts: tuple[tuple[str, float], ...]) -> bytes:
    return repr((cards, counts)).encode()


def anything(thing: object) -> bytes:
    return repr(thing).encode()


def test_inputs_come_back_with_the_types_that_the_function_names() -> None:
    packed = Packer().inputs(((CARD,), (("a", 1),)))
    assert packed[0]
    cards, counts = unpack(page, packed)
    assert list(cards) == [CARD]
    assert cards[0].rights is Rights.FULL
    assert repr(counts) == "(('a', 1.0),)"


def test_what_cannot_be_packed_goes_as_it_is() -> None:
    thing = object()
    assert unpack(anything, Packer().inputs((thing,))) == (thing,)


def test_a_digest_tells_types_and_values_apart_and_knows_what_it_cannot_compare() -> None:
    packer = Packer()
    first = packer.digest(b"x", (ArticleDate(iso="2024"),))
    assert first == Packer().digest(b"x", (ArticleDate(iso="2024"),))
    assert first != packer.digest(b"y", (ArticleDate(iso="2024"),))
    assert first != packer.digest(b"x", (ArticleDate(iso="2025"),))
    assert first != packer.digest(b"x", (Other(iso="2024"),))
    assert packer.digest(b"x", (object(),)) == ""
