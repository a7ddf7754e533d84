"""Codes of languages and countries: which exist, and which was probably meant."""

import re
from functools import lru_cache

from babel import Locale
from babel.core import get_global

#: BCP 47 as far as news needs it, in its canonical case: language, script, region, variants.
CODE = re.compile(
    r"[a-z]{2,3}"  # language
    r"(?:-[A-Z][a-z]{3})?"  # script
    r"(?:-(?:[A-Z]{2}|[0-9]{3}))?"  # region
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"  # variants
)
PARTS = re.compile(r"[-_]")


@lru_cache(maxsize=4096)
def language_fault(code: str) -> str | None:
    """What is wrong with a language code, None for a good one."""
    cure = _canonical(code)
    if CODE.fullmatch(code) and cure == code:
        return None
    meant = "" if cure is None else f'; did you mean "{cure}"?'
    return f"expected a language code (BCP 47) such as en, pt-BR or zh-Hant{meant}"


@lru_cache(maxsize=512)
def country_fault(code: str) -> str | None:
    """What is wrong with a country code (ISO 3166-1 alpha-2), None for a good one."""
    territories = Locale("en").territories
    if re.fullmatch(r"[A-Z]{2}", code) and code in territories:
        return None
    names = {name.lower(): key for key, name in territories.items() if len(key) == 2}
    cure = code.upper() if code.upper() in names.values() else names.get(code.lower())
    meant = "" if cure is None or len(cure) != 2 else f'; did you mean "{cure}"?'
    return f"expected a country code (ISO 3166) such as RU or KR{meant}"


def _canonical(code: str) -> str | None:
    """The code in its canonical form; for what is no code the one that was probably meant."""
    first, *rest = PARTS.split(code)
    language = _language(first.lower(), code.lower())
    if language is None:
        return None
    parts = [
        part.title() if len(part) == 4 and part.isalpha() else part for part in map(str.lower, rest)
    ]
    parts = [part.upper() if len(part) == 2 else part for part in parts]
    canonical = "-".join([language, *parts])
    return canonical if CODE.fullmatch(canonical) and _regions_exist(parts) else None


def _language(first: str, whole: str) -> str | None:
    known = Locale("en").languages
    alias = get_global("language_aliases").get(first, "")
    if first in known:
        return first
    if re.fullmatch(r"[a-z]{2,3}", alias):
        return str(alias)
    if re.fullmatch(r"[a-z]{3}", first):  # ISO 639-3 has some 8,000, more than are listed here
        return first
    if re.fullmatch(r"[a-z]{2}", first):  # a country, such as "jp"
        likely = get_global("likely_subtags").get(f"und_{first.upper()}", "")
        return str(likely).split("_")[0] or None
    return next(
        (key for key, name in known.items() if name.lower() == whole and "_" not in key), None
    )


def _regions_exist(parts: list[str]) -> bool:
    territories = Locale("en").territories
    return all(part in territories for part in parts if len(part) == 2)
