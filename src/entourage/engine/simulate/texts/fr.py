"""French: what fills the slots of sentences, how messages open and close."""

from __future__ import annotations

from typing import Final

from entourage.engine.simulate.texts import fr_pages, fr_public

SLOTS: Final[dict[str, tuple[str, ...]]] = {
    "tea": (
        "Tilleul des Monts",
        "Grey Lugdunum",
        "sencha Brume",
        "rooibos Terracotta",
        "mélange du Forez",
        "darjeeling Première Lune",
        "genmaicha Croustille",
        "thé de Noël",
        "jasmin Papillon",
        "matcha Clairière",
        "thé fumé Traboule",
    ),
    "mine": ("ma théière", "mon infuseur", "mon mug", "ma bouilloire", "ma tasse à couvercle", "mon pichet filtrant"),
    "city": (
        "Lyon",
        "Nantes",
        "Lille",
        "Rennes",
        "Strasbourg",
        "Genève",
        "Bruxelles",
        "Toulouse",
        "Grenoble",
        "Annecy",
    ),
    "day": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "la semaine dernière", "le 3", "le 12"),
    "flaw": (
        "le couvercle ne ferme plus",
        "le joint fuit",
        "le bec est ébréché",
        "il y a de la poussière au fond",
        "l'émail s'écaille",
        "la poignée se dévisse",
        "le fond noircit",
        "la soudure a lâché",
    ),
    "price": ("12,50 €", "18,90 €", "24 €", "34 €", "7,80 €", "41,90 €"),
    "use": (
        "en infusion à froid",
        "avec du lait d'avoine",
        "au petit déjeuner",
        "après le sport",
        "pour une grande tablée",
        "le soir",
        "dans une pâte à cake",
        "avec une eau très calcaire",
    ),
    "who": ("ma mère", "ma voisine", "mon père", "toute l'équipe", "ma belle-sœur", "les enfants"),
}

OPENERS: Final[dict[str, tuple[str, ...]]] = {
    "polite": (
        "",
        "",
        "",
        "Bonjour ! ",
        "Bonjour. ",
        "Bonsoir ! ",
        "Bonjour à toute l'équipe. ",
        "Petite question : ",
        "Rebonjour. ",
        "Hello ! ",
    ),
    "warm": (
        "",
        "",
        "",
        "Ah ! ",
        "Je le redis : ",
        "Coucou ! ",
        "Bon. ",
        "Franchement : ",
        "Dimanche parfait. ",
        "Encore une fois : ",
    ),
    "angry": (
        "",
        "",
        "",
        "Alors là. ",
        "Bon. ",
        "Sérieusement ? ",
        "STOP. ",
        "Je suis furieuse. ",
        "Inadmissible. ",
        "Encore. ",
        "Et de trois. ",
    ),
    "none": ("",),
}
CLOSERS: Final[dict[str, tuple[str, ...]]] = {
    "polite": (
        "",
        "",
        "",
        " Merci d'avance.",
        " Merci !",
        " Merci à vous.",
        " Belle journée.",
        " Bonne soirée.",
        " 🙏",
        " Merci de votre aide.",
    ),
    "warm": ("", "", "", " ❤️", " 😊", " Merci pour ça.", " Continuez.", " 🍵", " Vivement la suite.", " Bravo."),
    "angry": (
        "",
        "",
        "",
        " J'attends une réponse.",
        " C'est une honte.",
        " !!!",
        " 😡",
        " Remboursez-moi.",
        " Dernier avertissement.",
        " Je ne lâcherai pas.",
    ),
    "page": ("", " ^Manon", " ^Karim", " ^Inès", " ^Jules"),
    "none": ("",),
}
GREETING: Final = "Bonjour {name}, "

SENTENCES: Final = fr_public.SENTENCES | fr_pages.SENTENCES
