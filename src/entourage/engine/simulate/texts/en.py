"""English: what fills the slots of sentences, how messages open and close."""

from __future__ import annotations

from typing import Final

from entourage.engine.simulate.texts import en_pages, en_public

SLOTS: Final[dict[str, tuple[str, ...]]] = {
    "tea": (
        "Tilleul des Monts",
        "Lugdunum Earl Grey",
        "Brume sencha",
        "Terracotta rooibos",
        "Forez verbena",
        "First Moon darjeeling",
        "Croustille genmaicha",
        "Christmas tea",
        "Papillon oolong",
        "Clearing matcha",
        "smoked Traboule",
    ),
    "mine": ("my teapot", "my infuser", "my mug", "my kettle", "my lidded cup", "my filter jug"),
    "city": ("Lyon", "London", "Bristol", "Dublin", "Edinburgh", "Geneva", "Brussels", "Leeds", "Oxford", "Bath"),
    "day": (
        "on Monday",
        "on Tuesday",
        "on Wednesday",
        "on Thursday",
        "on Friday",
        "last week",
        "on Saturday",
        "on the 3rd",
    ),
    "flaw": (
        "the lid no longer closes",
        "the seal leaks",
        "the spout is chipped",
        "there is dust at the bottom",
        "the enamel flakes",
        "the handle comes loose",
        "the bottom turns black",
        "the weld gave way",
    ),
    "price": ("€12.50", "€18.90", "€24", "€34", "€7.80", "€41.90"),
    "use": (
        "as a cold brew",
        "with oat milk",
        "at breakfast",
        "after a run",
        "for a crowd",
        "in the evening",
        "in a cake batter",
        "with very hard water",
    ),
    "who": ("my mother", "my neighbour", "my dad", "the whole office", "my sister-in-law", "the kids"),
}

OPENERS: Final[dict[str, tuple[str, ...]]] = {
    "polite": (
        "",
        "",
        "",
        "Hello! ",
        "Hi there. ",
        "Good evening! ",
        "Hi team. ",
        "Quick question: ",
        "Hello again. ",
        "Morning! ",
    ),
    "warm": (
        "",
        "",
        "",
        "Well. ",
        "I will say it again: ",
        "Hi all! ",
        "Honestly: ",
        "Perfect Sunday. ",
        "Once more: ",
        "Oh my. ",
    ),
    "angry": (
        "",
        "",
        "",
        "Right. ",
        "Seriously? ",
        "STOP. ",
        "I am furious. ",
        "Unacceptable. ",
        "Again. ",
        "Third time. ",
    ),
    "none": ("",),
}
CLOSERS: Final[dict[str, tuple[str, ...]]] = {
    "polite": (
        "",
        "",
        "",
        " Thanks in advance.",
        " Thanks!",
        " Thank you.",
        " Have a good day.",
        " Cheers.",
        " 🙏",
        " Thanks for your help.",
    ),
    "warm": (
        "",
        "",
        "",
        " ❤️",
        " 😊",
        " Thank you for that.",
        " Keep going.",
        " 🍵",
        " Cannot wait for the next one.",
        " Well done.",
    ),
    "angry": (
        "",
        "",
        "",
        " I am waiting.",
        " Shame on you.",
        " !!!",
        " 😡",
        " I want my money back.",
        " Last warning.",
        " I will not let this go.",
    ),
    "page": ("", " ^Manon", " ^Karim", " ^Inès", " ^Jules"),
    "none": ("",),
}
GREETING: Final = "Hello {name}, "

SENTENCES: Final = en_public.SENTENCES | en_pages.SENTENCES
