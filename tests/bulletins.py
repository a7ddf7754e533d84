"""Bulletins: reports that one template gives every day, in several languages, for telling the next issue from a revision."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from babel.dates import format_date

from generator.model import Article, ArticleDate, ArticleId, Block, LanguageCode
from generator.record import replace
from tests.builders import make_article

#: Language, title, paragraphs. `{day}` and `{weekday}` are of the issue, `{a}` to `{h}` its numbers, `{moved}` a word.
TEMPLATES: dict[str, tuple[str, str, list[str]]] = {
    "market": (
        "en",
        "Closing report from the harbour exchange",
        [
            "Shares on the harbour exchange closed {moved} on {weekday}. The index of the forty largest companies ended the day at "
            "{a} points, after {b} points the day before. About {c} shares changed hands.",
            "Among the shipping lines, Northern Ferries {moved} by {d} per cent, while the dock owners of East Quay gained {e} per cent. "
            "Brokers spoke of a quiet day without news from the great companies, in which many waited for the figures of the week.",
            "The price of a barrel of oil stood at {f} crowns. The exchange opens at 9 o'clock; the next report appears tomorrow. "
            "Prices are delayed by 15 minutes. The report is made for information only and is no advice to buy or to sell.",
        ],
    ),
    "weather": (
        "en",
        "The weather on the coast",
        [
            "{weekday}, {day}: clouds in the morning, later bright. Highs of {a} degrees, lows of {b}. Wind from the west, "
            "{c} kilometres an hour.",
            "High water at {d} o'clock, low water at {e}. The water has {f} degrees. Small boats should stay in the harbour.",
        ],
    ),
    "health": (
        "en",
        "Daily figures of the health office",
        [
            "The health office of the district reported {a} new cases on {day}, {b} more than a week earlier. Since the beginning "
            "of the outbreak on 3 March 2020 it has counted {c} cases in all.",
            "Whoever has a cough, a fever or a cold should stay at home and call the family doctor; outside of the doctors' hours the number "
            "116117 can be called. In an emergency it is 112. The centre in Canal Street 14 is open from 8 to 18 o'clock and "
            "gives vaccinations without an appointment from the age of 12.",
            "{d} people are in hospital, {e} of them in intensive care. The office reminds everybody that masks have to be worn in "
            "buses and trains, and that gatherings of more than 50 people have to be announced 5 days before.",
            "The figures are those of midnight. They can differ from those of the state, which come a day later and leave out the "
            "islands. The office publishes them every day at 10 o'clock on this page, and once a week with a map.",
        ],
    ),
    "release": (
        "en",
        "New version of the harbour software",
        [
            "We are happy to announce version {a}.{b} of the harbour software. It brings {c} corrections and {d} improvements, and all "
            "who use the software are asked to install it.",
            "The package has {e} bytes. It can be had from the usual mirrors. Whoever finds a fault can report it in the tracker; the rules are "
            "in the handbook. Releases appear about once a month and are supported for 2 years.",
            "Thanks to all who reported faults, wrote corrections, translated, and tested the release beforehand.",
        ],
    ),
    "river": (
        "de",
        "Die Wasserstände am Strom",
        [
            "Am {weekday}, dem {day}, stand der Pegel am Hafen bei {a} Zentimetern, {b} weniger als am Vortag. An der Schleuse "
            "wurden {c} Zentimeter gemessen.",
            "Das Amt rechnet bis morgen mit {d} Zentimetern. Ab 600 Zentimetern ruht die Schifffahrt, ab 650 werden die Tore an der "
            "Kaimauer geschlossen. Auskunft gibt das Amt unter der Nummer 115, Tag und Nacht.",
            "Die Zahlen gelten für 7 Uhr. Das Amt misst viermal am Tag an 12 Stellen und gibt die Werte jeden Morgen bekannt.",
        ],
    ),
    "quake": (
        "es",
        "Informe del servicio sismológico",
        [
            "Un sismo de magnitud {a} se registró el {weekday} {day} a las {d} horas, a {b} kilómetros de la costa y a {c} "
            "kilómetros de profundidad, informó el servicio sismológico.",
            "No hay noticia de daños ni de heridos. El servicio recuerda que en caso de sismo hay que alejarse de las ventanas y no usar "
            "los ascensores, y que el número de emergencias es el 112.",
        ],
    ),
    "rates": (
        "ru",
        "Курсы валют на сегодня",
        [
            "Банк гавани установил на {day} курс кроны в размере {a} за марку. Накануне за марку давали {b}. Курс талера составил "
            "{c}, на {d} ниже прежнего.",
            "Курсы устанавливаются каждый рабочий день в 12 часов и действуют до следующего дня. Банк не обязан покупать или продавать "
            "валюту по этим курсам.",
        ],
    ),
    "tide": (
        "zh",
        "港口每日潮汐公告",
        [
            "{day}（{weekday}）港口高潮时间为{a}时，潮高{b}厘米；低潮时间为{c}时，潮高{d}厘米。海水温度{e}度。",
            "港务局提醒各船注意安全，遇有大风应留在港内。咨询电话115，全天开放。潮汐数据每日更新一次，仅供参考。",
        ],
    ),
    "fuel": (
        "en",
        "What fuel costs today",
        [
            "A litre of petrol costs {a} cents on average this {weekday}, a litre of diesel {b} cents. Drivers who compare prices can save "
            "several crowns on each tank, says the motoring club.",
            "Prices change many times a day. In the morning, when people drive to work, they are highest; towards the evening they fall, "
            "and between 18 and 20 o'clock most stations are cheapest. On motorways fuel costs up to 40 cents more than in towns.",
            "About half of the price goes to the state: a duty of 65 cents on each litre of petrol and 47 on diesel, a levy on carbon, "
            "and value added tax of 19 per cent on everything. What is left pays for the oil, the refinery, the lorries and the stations.",
            "The club gathers the prices of 14000 stations, which have to tell them to the market office within 5 minutes of each change. "
            "How much the price of oil and the rate of the crown weigh in them, it explains in a paper of 12 pages.",
        ],
    ),
    "chemist": (
        "en",
        "Chemists on duty tonight",
        [
            "{weekday}, {day}. On duty tonight is the {chemist}, {street} {a}, telephone {b}.",
            "Chemists on duty are open from 8 in the evening to 8 in the morning. They charge 2 crowns and 50 cents for each visit, "
            "unless the doctor has noted on the prescription that it cannot wait. Have the card of your insurance ready.",
            "In an emergency call 112. The doctors on call can be reached at 116117 outside of office hours, on weekends and holidays.",
        ],
    ),
    "minor": (
        "en",
        "Maintenance release",
        [
            "We have published {a}.{b}. This release mends a fault by which the harbour chart was not drawn on small screens, and another by "
            "which the tide tables of the islands were an hour late in winter.",
            "Everybody who uses the software should install the release soon. It can be had from the usual mirrors and through "
            "the package managers; the file of changes lists all that is new. Releases are signed with our key.",
            "Many people have helped: they have reported faults, read the code, translated the handbook. Thank you!",
            "The series is kept up until the end of the year after next; faults of safety are mended a year longer.",
        ],
    ),
    "cases": (
        "fr",
        "Le point quotidien de la préfecture",
        [
            "La préfecture fait état ce {weekday} {day} de {a} nouveaux cas et de {b} personnes à l’hôpital.",
            "Les gestes qui protègent restent les mêmes : se laver les mains, porter un masque dans les transports, aérer 10 minutes "
            "toutes les heures, se tenir à 2 mètres des autres. Les réunions de plus de 50 personnes doivent être déclarées 5 jours avant.",
            "Le centre du quai 14 est ouvert de 8 à 18 heures. La vaccination y est possible sans rendez-vous dès l’âge de 12 ans. "
            "Pour toute question, composez le 116117 ; en cas d’urgence, le 112. Les chiffres sont publiés chaque jour à 10 heures.",
            "La préfecture rappelle que l’isolement dure 5 jours, qu’un test peut y mettre fin, et que les personnes de plus de 65 ans "
            "peuvent demander un rappel 6 mois après la dernière injection.",
        ],
    ),
    "figures-ar": (
        "ar",
        "النشرة اليومية لميناء السلام",
        [
            "استقبل الميناء يوم {weekday} {day} نحو {a} سفينة، وغادرته {b} سفينة، وبلغ عدد الحاويات {c} حاوية.",
            "وتعمل إدارة الميناء 24 ساعة في اليوم، ويمكن الاتصال بها على الرقم 115. وتذكر الإدارة السفن بضرورة الإبلاغ عن موعد الوصول "
            "قبل 12 ساعة على الأقل، وبأن العمق عند الرصيف الشرقي 9 أمتار.",
        ],
    ),
}  # fmt: skip

FIRST = date(2024, 2, 26)


def bulletins(name: str, count: int = 6) -> list[Article]:
    """The issues of one bulletin, day after day."""
    language, title, paragraphs = TEMPLATES[name]
    rng = random.Random(name)
    found = []
    for number in range(count):
        day = FIRST + timedelta(days=number)
        values = {
            letter: str(rng.randrange(10, 10 ** rng.choice([2, 3, 4]))) for letter in "abcdefgh"
        }
        values |= {
            "day": format_date(day, "long", locale=language),
            "weekday": format_date(day, "EEEE", locale=language),
            "moved": rng.choice(("higher", "lower", "unchanged", "firmer")),
            "chemist": f"{rng.choice(('Anchor', 'Swan', 'Lion', 'Town'))} Chemist",
            "street": rng.choice(("Quay Road", "Mill Lane", "High Street", "Canal Row")),
        }
        found.append(
            make_article(
                id=ArticleId(f"{day.isoformat()}-{name}"),
                title=title,
                date=ArticleDate(iso=day.isoformat()),
                language=LanguageCode(language),
                blocks=tuple(Block(text=text.format(**values)) for text in paragraphs),
            )
        )
    return found


def corrected(issue: Article) -> Iterator[Article]:
    """The issue once more: with a number put right; so on the next day; with a passage more."""
    lead = issue.blocks[0].text
    number = (
        next(word for word in lead.replace(".", " ").split()[::-1] if word.isdigit())
        if " " in lead
        else "厘米"
    )
    right = str(int(number) + 1) if number.isdigit() else "公分"
    blocks = (Block(text=right.join(lead.rsplit(number, 1))), *issue.blocks[1:])
    day = date.fromisoformat(issue.date.iso)
    yield replace(issue, id=ArticleId(f"{issue.id}-corrected"), blocks=blocks)
    yield replace(
        issue,
        id=ArticleId(f"{issue.id}-corrected-later"),
        blocks=blocks,
        date=ArticleDate(iso=(day + timedelta(days=1)).isoformat()),
    )
    yield replace(
        issue,
        id=ArticleId(f"{issue.id}-longer"),
        blocks=(*issue.blocks, Block(text=issue.blocks[-1].text[:80])),
    )
