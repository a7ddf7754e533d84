"""The language of a text, and how sure that is."""

from collections import Counter
from functools import cache
from typing import Any

import regex
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from generator.model import LanguageCode
from generator.record import record
from generator.resources import yaml_resource
from generator.text import base_language, normal, words

#: Letters that are looked at: more tells nothing new and costs time.
LONGEST = 3000
#: Letters by which a paragraph is asked whether it is in the article's own language.
BEGIN = 300
#: Probability below which the answer is `und`, for a text of one word and for a long one.
SURE = (0.9, 0.5)
#: Letters from which a text is long.
LONG = 60
#: Probabilities this near to each other are a tie.
TIE = 0.8
UNKNOWN = LanguageCode("und")
#: An address of mail is looked for from the begin of a word only, or a long line would be searched from each letter.
NOISE = regex.compile(r"https?://\S+|www\.\S+|(?<!\S)\S{1,80}@\S+|[\p{N}_#@/\\|<>{}\[\]]+")
SCRIPT = regex.compile(
    r"(?P<Latn>\p{Latin})|(?P<Cyrl>\p{Cyrillic})|(?P<Arab>\p{Arabic})|(?P<Hebr>\p{Hebrew})|(?P<Grek>\p{Greek})|"
    r"(?P<Kana>[\p{Hiragana}\p{Katakana}])|(?P<Hani>\p{Han})|(?P<Hang>\p{Hangul})|(?P<Thai>\p{Thai})|(?P<Deva>\p{Devanagari})|"
    r"(?P<Zyyy>\p{L})"
)


@record
class LanguageGuess:
    """A language with the probability given to it; `und` where that is too small."""

    language: LanguageCode
    confidence: float
    evidence: str


def identify(text: str) -> LanguageGuess:
    """The language of a text by its script and its letters; `und` rather than a guess."""
    plain = normal(NOISE.sub(" ", text[: 4 * LONGEST]))[:LONGEST]
    scripts = Counter(match.lastgroup for match in SCRIPT.finditer(plain))
    letters = sum(scripts.values())
    if letters < 2:
        return LanguageGuess(language=UNKNOWN, confidence=0.0, evidence="no letters")
    script = _main_script(scripts)
    known = yaml_resource("ingest/scripts.yml")
    candidates = known["only"].get(script)
    if candidates is not None and len(candidates) == 1:
        return LanguageGuess(
            language=LanguageCode(candidates[0]), confidence=1.0, evidence=f"written in {script}"
        )
    code, confidence = _classify(plain, tuple(candidates or ()))
    code, confidence, evidence = _tell_apart(plain, code, confidence)
    needed = SURE[1] if letters >= LONG else SURE[0] - (SURE[0] - SURE[1]) * letters / LONG
    if confidence < needed or (len(words(plain)) < 2 and script == "Latn" and confidence < 0.99):
        return LanguageGuess(
            language=UNKNOWN,
            confidence=confidence,
            evidence=f"{code} is only {confidence:.0%} likely",
        )
    return LanguageGuess(language=LanguageCode(code), confidence=confidence, evidence=evidence)


def reads_like(text: str, language: str) -> bool:
    """Whether a text begins in this language by its letters alone: the quick answer to the usual question."""
    plain = normal(NOISE.sub(" ", text[:BEGIN]))
    return same_language(str(_identifier().classify(plain)[0]), language)


def same_language(one: str, other: str) -> bool:
    """Whether two codes name one language: by the first subtag, the two written forms of Norwegian being one."""
    forms = {"nb": "no", "nn": "no"}
    first, second = base_language(one), base_language(other)
    return forms.get(first, first) == forms.get(second, second)


def _main_script(scripts: "Counter[str | None]") -> str:
    """The script of most letters; Han with kana is Japanese."""
    if (
        scripts["Kana"] * 20 > scripts["Hani"] + scripts["Kana"]
        and scripts["Kana"] > scripts["Latn"] / 4
    ):
        return "Kana"
    return str(min(scripts, key=lambda name: (-scripts[name], str(name))))


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _classify(text: str, candidates: tuple[str, ...]) -> tuple[str, float]:
    """The likeliest language and its probability, among the candidates if there are any."""
    ranked = [(str(code), float(share)) for code, share in _identifier().rank(text)]
    chosen = str(
        _identifier().classify(text)[0]
    )  # knows what to do about pairs that rank cannot part
    commoner = yaml_resource("ingest/scripts.yml")["commoner"].get(chosen)
    shares = dict(ranked)
    if commoner and shares.get(commoner, 0.0) >= TIE * shares[chosen]:
        chosen = str(commoner)
    if not candidates or chosen in candidates:
        twins = yaml_resource("ingest/scripts.yml")["twins"].get(chosen, [])
        total = sum(share for code, share in ranked if not candidates or code in candidates)
        return chosen, sum(
            share for code, share in ranked if code == chosen or code in twins
        ) / total
    if candidates:
        ranked = [(code, share) for code, share in ranked if code in candidates]
        total = sum(share for _, share in ranked) or 1.0
        ranked = [(code, share / total) for code, share in ranked]
    return ranked[0] if ranked else (candidates[0] if candidates else "und", 0.0)


def _tell_apart(text: str, code: str, confidence: float) -> tuple[str, float, str]:
    """Close relatives by letters and words that only one of them has."""
    evidence = f"letters and their order ({confidence:.0%})"
    tokens = words(text)
    for group in yaml_resource("ingest/scripts.yml")["relatives"]:
        if code not in group:
            continue
        scores = {
            name: sum(1 for token in tokens if token in set(marks["words"]))
            + sum(text.lower().count(letter) for letter in marks.get("letters", ""))
            for name, marks in group.items()
        }
        best = max(sorted(scores), key=lambda name: (scores[name], name == code))
        others = [score for name, score in scores.items() if name != best]
        if best != code and scores[best] >= 2 and scores[best] >= 2 * max(others) + 1:
            found = ", ".join(
                token for token in dict.fromkeys(tokens) if token in group[best]["words"]
            )
            return (
                best,
                max(confidence, 0.8),
                f"words that only {best} has: {found or group[best].get('letters', '')}",
            )
    return code, confidence, evidence
