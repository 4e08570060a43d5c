"""German rules: the main ones."""

from typing import Final

RULES: Final = {
    "spam": """
# [€|euro] (am tag|pro tag|pro woche|im monat) verdienen|verdiene # [€|euro]|passives einkommen|folgt mir
folg mir zurück|follower kaufen|klick* (auf den link|hier)|kredit ohne schufa|garantierte (rendite|gewinne)
""",
    "job_seeker": """
(stellt|stellen) (ihr|sie) [noch|gerade|derzeit] [leute|personal] ein
(suche|suchen) ... (praktikum|ausbildungsplatz|ausbildung|job|stelle|nebenjob|ferienjob|werkstudent*|arbeit)|bewerb*
lebenslauf|offene stellen|stellenangebot*|initiativbewerbung|(bei euch|bei ihnen) (arbeiten|anfangen)
vorstellungsgespräch|ausbildungsplätze
""",
    "press_partner": """
ich bin (journalist*|redakteur*|blogger*|influencer*)|journalist* (bei|für)|presseanfrage|pressekontakt|pressestelle
interviewanfrage|interview (mit|für)|(kooperation*|zusammenarbeit|partnerschaft|sponsoring)|werbepartner
""",
    "contest_entry": """
gewinnspiel*|(bin|wäre|hüpfe) (dabei|gerne dabei|in den lostopf)|lostopf|ich (mache|nehme) (mit|teil)
(möchte|würde) ... gewinnen|daumen (sind gedrückt|gedrückt|drücken)
(geliked|gefolgt|geteilt) und (geliked|gefolgt|geteilt|kommentiert)
""",
    "sales_lead": """
(ein|einen|euer|ihr) (angebot|kostenvoranschlag)|mengenrabatt|großbestellung
(preis|preise) (für firmen|für # |ab # )|firmenkunden|händlerpreis*|wiederverkäufer
für unsere (firma|hochzeit|mitarbeiter)
""",
    "idea": """
(ihr|sie) (solltet|sollten|könntet|könnten) (mal|doch|vielleicht|auch)
(wäre|fände) (es|das) [echt|wirklich|richtig] (toll|super|schön|cool|gut|praktisch) wenn|vorschlag
verbesserungsvorschlag|idee für|wie wäre es mit|wünsche mir (eine|einen|ein|dass)
""",
    "thanks": """
^ (danke|vielen dank|danke schön|dankeschön) [euch|ihnen|an alle|nochmal] $
^ (herzlichen dank|super danke|besten dank|tausend dank) [euch|ihnen|an alle|nochmal] $
(danke|vielen dank|dank) für (die|eure|ihre|den|das) [schnelle|tolle|super|nette] (hilfe|antwort)
(danke|vielen dank|dank) für (die|eure|ihre|den|das) [schnelle|tolle|super|nette] (rückmeldung|unterstützung)
(danke|vielen dank|dank) für (die|eure|ihre|den|das) [schnelle|tolle|super|nette] (beratung|lösung|tipp|info)
danke ans team|danke an (das|euer|ihr) team
""",
    "how_to": """
wie (kann|muss|soll|geht|funktioniert|macht|stelle|komme|bekomme|lange|oft|viel) (ich|man|das|der|die|es)
bedienungsanleitung|anleitung|(darf|kann) (man|ich) ... (spülmaschine|mikrowelle|waschen|einfrieren|benutzen)
kompatibel mit
""",
    "defect": """
(funktioniert|geht|lädt|startet|schließt|öffnet) (nicht|nicht mehr|gar nicht|wieder nicht)
(ist|war|kam|schon wieder|ist schon) (kaputt|defekt|gerissen|gebrochen|undicht|beschädigt)
kaputt (gegangen|angekommen)|defekt|fehlermeldung|stürzt (ständig|immer|dauernd) ab|stürzt ab|(app|seite) stürzt
materialfehler
""",
}
