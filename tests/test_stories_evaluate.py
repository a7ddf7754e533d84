from pathlib import Path

from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.quotations import evaluate as evaluate_quotations
from generator.pipeline.evaluate.stories import evaluate, link
from generator.pipeline.evaluate.story_pairs import pearson, predict
from generator.pipeline.evaluate.versions import to_article
from generator.settings import Settings


def test_stories_are_the_tables_that_a_build_makes(shared_data: Path) -> None:
    folder = shared_data / "data" / "stories" / "meantime"
    result = evaluate(folder, Settings())
    linked = link([to_article(item) for item in read_lines(folder, "documents")], Settings())
    for item in result.predictions:
        main = linked.mains[item["id"]]
        story = linked.coverage.stories.get(main)
        assert item["cluster"] == (story.id if story is not None else main)
    assert result.scores["B-cubed F1"] >= 0.93
    assert result.scores["pairwise across languages F1"] >= 0.92


def test_quotations_are_found_and_grouped(shared_data: Path) -> None:
    result = evaluate_quotations(shared_data / "data" / "quotations" / "meantime", Settings())
    assert result.scores["pairwise F1"] >= 0.9


def test_like_articles_are_more_similar_than_others() -> None:
    flood = {
        "language": "en",
        "title": "Varda floods Kelmora",
        "text": "The Varda flooded Kelmora.",
    }
    again = {
        "language": "en",
        "title": "Kelmora flooded",
        "text": "Kelmora was flooded by the Varda.",
    }
    other = {"language": "en", "title": "Shares fall", "text": "Shares in Ostrand fell on Monday."}
    pairs = [{"id": "1", "a": flood, "b": again}, {"id": "2", "a": flood, "b": other}]
    near, far = predict(pairs, Settings())
    assert 4 >= near > far >= 1


def test_pearson_is_one_for_a_line_and_none_without_variation() -> None:
    assert pearson([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]) > 0.999
    assert pearson([1.0, 1.0], [2.0, 3.0]) == 0.0
