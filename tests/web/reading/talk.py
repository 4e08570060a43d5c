"""A week of talk at a tea brand, drawn as a table: who writes what; read, and ready to be indexed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.web import world

from entourage.web.people.models import Person
from entourage.web.reading import bridge

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand
    from entourage.web.listen.models import Activity

LATER = world.AT + timedelta(days=2)
#: Six messages of four people about a kettle that leaks, and others about nothing in common.
LEAKS = """
    Ann  | the new kettle leaks on the table
    Bob  | my new kettle leaks on the table, is it under warranty?
    Cyd  | the new kettle leaks again on my table
    Dee  | your new kettle leaks on the table!
    Ann  | the second new kettle leaks on the table too
    Bob  | a new kettle that leaks on the table
    Cyd  | what a lovely football match yesterday evening
    Dee  | my train is late, once more
    Ann  | happy birthday grandma
    Bob  | who votes on sunday?
"""
#: Four people about nothing in common.
APART = """
    Ann  | what a lovely football match yesterday evening
    Bob  | my train is late, once more
    Cyd  | happy birthday grandma
    Dee  | who votes on sunday?
    Ann  | the concert was insane
    Bob  | diet starts tomorrow
    Cyd  | my cat sleeps on the keyboard
"""
#: Five times a week, week after week, somebody asks the same.
STEADY = """
    Ann  | the new kettle leaks on the table
    Bob  | my new kettle leaks on the table, is it under warranty?
    Cyd  | the new kettle leaks again on my table
    Dee  | your new kettle leaks on the table!
    Ann  | the second new kettle leaks on the table too
"""
#: What a tea brand writes itself.
POSTS = (
    "Green tea wants water of eighty degrees, never boiling",
    "The new harvest of linden is in, and it smells of summer",
    "Our tins are refilled in the shop: bring your own tea caddy",
    "How long do you steep your black tea? We say four minutes",
    "A teapot of cast iron keeps the tea hot for an hour",
    "The infuser of our glass mug has a finer mesh now",
    "Matcha is whisked with water at seventy degrees",
    "Tea tasting on Saturday in our shop: six green teas to discover",
    "Rooibos holds no caffeine: a tea for the evening",
    "How to descale a kettle: white vinegar, one night, then rinse",
    "Our mint tea comes back with the new harvest",
    "Two spoons of oolong for a teapot of half a litre",
    "Store your tea away from light, air and heat",
    "Which tea for the morning? A strong black tea with a little milk",
    "Cold brew: green tea, cold water, one night in the fridge",
    "The water makes the tea: filter it if it is hard",
    "A sencha can be infused three times, the second is the best",
    "New in the shop: an infuser for left-handed people",
    "Our kettle heats to the degree that your tea asks for",
    "Earl Grey, bergamot and a slice of lemon: tea time",
)


def posted(brand: Brand) -> None:
    """The brand's own posts."""
    page = world.account(brand, "ourpage", role="own")
    for text in POSTS:
        world.act(page, "post", text=text)


def heard(brand: Brand, table: str, *, at: datetime = world.AT, **fields: Any) -> list[Activity]:
    """The messages of a table, a minute after the other; people who are not there yet are made."""
    lines = [line.split("|", 1) for line in table.strip().splitlines()]
    return [
        _one(brand, name.strip(), text.strip(), at + timedelta(minutes=place), fields)
        for place, (name, text) in enumerate(lines)
    ]


def _one(brand: Brand, name: str, text: str, at: datetime, fields: dict[str, Any]) -> Activity:
    who = Person.objects.of(brand).filter(name=name).first() or world.person(brand, name)
    told = world.act(who, "comment", at, text=text)
    world.reading(told, None, **fields)
    return told


def gathered(brand: Brand, now: datetime = LATER, **asked: Any) -> None:
    """Index and gather, as the worker does two days later."""
    bridge.index(brand)
    bridge.gather(brand, now=now, **asked)
