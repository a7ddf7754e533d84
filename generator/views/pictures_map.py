"""A place on a map of the world: outlines that all pages share as one file, and a dot of its own."""

from collections.abc import Iterator

from generator.resources import json_resource
from generator.views.markup import Html, el, xml
from generator.views.tasks import Task

#: The plate carrée in units of a degree, without most of Antarctica.
WIDTH, NORTH, SOUTH = 360, 84, -60
FILE = "assets/world.svg"


def map_tasks() -> Iterator[Task]:
    """The file of outlines."""
    yield Task(path=FILE, make=world, inputs=())


def world() -> bytes:
    """The outlines of land, drawn once for all maps."""
    path = xml("path", id="land", d=str(json_resource("world.json")["land"]))
    size = f"0 0 {WIDTH} {NORTH - SOUTH}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">{path}</svg>\n'.encode()


def place_map(coordinates: tuple[float, float], title: str, root: str) -> Html:
    """The picture of a place; latitude and longitude in degrees."""
    north, east = coordinates
    x = round(east + 180, 1)
    y = round(NORTH - min(NORTH, max(SOUTH, north)), 1)
    return el(
        "svg",
        el("title", title),
        el("use", href=f"{root}{FILE}#land", class_="land"),
        el("line", x1=str(x), x2=str(x), y1="0", y2=str(NORTH - SOUTH), class_="cross"),
        el("line", x1="0", x2=str(WIDTH), y1=str(y), y2=str(y), class_="cross"),
        el("circle", cx=str(x), cy=str(y), r="3.2"),
        viewBox=f"0 0 {WIDTH} {NORTH - SOUTH}",
        role="img",
        class_="map",
    )
