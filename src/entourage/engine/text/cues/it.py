"""Italian cues."""

from typing import Final

CUES: Final = {
    "insult": """
ladri|ladro|truffator*|bugiard*|delinquent*|farabutt*|cialtron*|buffon*|pagliacc*|idiot*|imbecill*|stupid*|cretin*
deficient*|incapac*|incompetent*|stronz*|coglion*|merde|merdacc*|bastard*|figli di puttana|figlio di puttana|puttan*
troia|zoccola|maiale|maiali|porci|vermi|verme|feccia|schifos*|miserabil*|vigliacc*|ipocrit*|parassit*|mafios*
fascist*|venduti|venduto|servi|ignorant*|somar*|capre|capra|inett*|ridicoli|poveracci|sfigat*
""",
    "outrage": """
inaccettabil*|inammissibil*|intollerabil*|vergogn*|scandal*|scandalos*|indegn*|indecent*|ignobil*|pessim*|penos*
pietos*|orribil*|orrend*|schif*|disgust*|ribrezzo|vomitevol*|disastr*|disastro|terribil*|catastrof*|truff*
una truffa|furto|un furto|ladrocinio|rapina|fregatur*|inganno|mancanza di rispetto|senza rispetto|disuman*|criminal*
peggior*|il peggio|mai vist* (una|un)|state alla larga|non comprate|evitate|boicott*|inaudit*|allucinant*|assurd*
oscen*
""",
    "threat": """
mai più|mai piu|ultima volta che|non (comprerò|tornerò|ordinerò|acquisterò|userò) più|me ne vado
cambio (operatore|gestore|banca|compagnia)|disdic*|disdetta|annullo (tutto|il contratto|l'abbonamento)
avete perso un cliente|un cliente (in meno|perso)|avvocat*|denunci*|querel*|tribunal*|vie legali|azioni legali
altroconsumo|codacons|associazione consumatori|agcom|antitrust|polizia|carabinieri|ultimo avviso|ultimatum
la pagherete|ve ne pentirete|vedrete
""",
    "swear": """
merda*|cazzo|cazzi|cazzat*|vaffanculo|fanculo|affanculo|vaffa|porca (miseria|troia|puttana)|porco (dio|cane|giuda)
minchia|che palle|palle|rompete|rotto (le palle|i coglioni|il cazzo)|rott* le|culo|incazz*|a quel paese|minkia
cavolo|dannat*|maledett*
""",
    "contempt": """
ridicol*|vi prendete gioco|prendete in giro|presa in giro|prese in giro|prendere per il culo|barzellett*|uno scherzo
scherzate|state scherzando|circo|farsa|buffonat*|pagliacciat*|dilettant*|pezzenti|spazzatur*|immondizia|porcheri*
schifezz*|non (avete|hai) vergogna|vergognatevi|vergognati|svegliatevi|c'è qualcuno|inutil*|stronzat*|sciocchezz*
patetic*|squallid*|squallore|mediocr*|non servite|che tristezza di
""",
    "anger": """
furios*|arrabbiat*|arrabbi*|rabbia|incazzat*|infuriat*|indignat*|stuf*|stanc* di|basta|ora basta|non se ne può più
non ne posso più|odio|odi*|detesto|nervos*|mi fate|fate (schifo|pena|ridere|vomitare)|fa (schifo|pena|vomitare)
esasperat*|sconcertat*|disgustat*|nausea*|pazienza
""",
    "repeat": """
(seconda|terza|quarta|quinta|sesta|ennesima|decima|#) (volta|chiamata|mail|email|segnalazione|richiesta|settimana)
(due|tre|quattro|cinque|dieci|#) (volte|chiamate|mail|segnalazioni|solleciti)
ancora (una volta|niente|nulla|nessun*|in attesa|non|senza)|di nuovo|sempre (la stessa|lo stesso|uguale|in ritardo)
come (sempre|al solito)|nessun* (risponde|risposta|rispost*|aiuto|notizia)
non (rispondete|risponde|rispondono|mi rispond*) [nessuno|mai]|senza (risposta|notizie|soluzione)
da (#|un|una|due|tre|quattro) [giorni|giorno|settimane|settimana|mesi|mese|ore|ora]
da (cinque|sei|giorni|settimane|mesi|ore|più di) [giorni|giorno|settimane|settimana|mesi|mese|ore|ora]|aspetto da
sto aspettando|ogni (volta|giorno)|tutti i giorni
""",
    "demand": """
ridatemi|rimborsatemi|restituitemi|voglio (il|i|un|la|una|sapere|parlare) [rimborso|soldi|risposta]|pretendo|esigo
rispondete*|rispondetemi|smettetela|fate qualcosa|subito|immediatamente|urgent*|dov'è (il|la) mi*|dove sono i
dimission*|dimettiti|quando (pensate|arriva|avete)|vogliamo (una|i|il|la)
""",
    "blame": """
non (funziona|funzionano|va|parte|arriva|è arrivato|è mai|si apre|carica|riesco)|rott*|difettos*|guast*|pers*
ritard*|cancellat*|annullat*|sbagliat*|errore|errori|problem*|male|malissimo|mal|maleducat*|scortes*
poco (seri|serio|professional*)|poca (serietà|professionalità)|car*|carissim*|troppo caro|addebit*|bugi*|mentite
mentono|colpa|colpa vostra|lament*|reclam*|fallit*|falliment*|mancanza di|sciopero|scioperi|lent*|sporc*|disservizi*
disservizio|pessimo
""",
    "letdown": """
delus*|deludent*|peccato|purtroppo|trist*|tristezza|insoddisfatt*|scontent*
non (mi piace|sono soddisfatt*|mi convince|all'altezza)|dispiac*|mi aspettavo|così così|noios*|stanc*|preoccupa*|mah
boh
""",
    "intensifier": """
molto|troppo|così|davvero|veramente|proprio|totalmente|completamente|assolutamente|tutti|tutto|sempre|mai|niente
nulla|nessun*|neanche|nemmeno|neppure|estremamente|incredibilmente|solo|ma|tanto|talmente|che
""",
    "irony": """
(ancora|di nuovo|ritardo|perso|cancellato) ... grazie $
grazie (per niente|di niente|per il ritardo|per aver (perso|rovinato|cancellato)|tante per)
bravi ... (ancora|di nuovo|ritardo|come sempre)|complimenti ... (ancora|ritardo|di nuovo|davvero|per il|per la)
bravo ... (ancora|di nuovo|ritardo)|ottimo ... (ancora|ritardo|come sempre)|che bello ... (ancora|ritardo|aspettare)
che sorpresa|bel servizio|bella figura|applausi|evviva|viva ... (ritardo|incompetenza)
""",
    "praise": """
brav*|complimenti|ottim*|perfett*|eccellent*|fantastic*|meraviglios*|bellissim*|bello|bella|adoro|amo|felice
content*|super|grande|grandi|magnific*|splendid*|evviva|auguri
""",
    "failure": """
pers*|ritard*|cancellat*|annullat*|rott*|guast*|non (funziona|arriva|è arrivato|risponde|rispondono|va)
ancora (niente|nulla|in attesa|un|una)|(#|due|tre|quattro|cinque) (ore|giorni|settimane|minuti|mesi)
senza (risposta|acqua|luce|internet)|sbagliat*|errore|errori|fredd*|addebit*|sciopero|chius*|nessuno risponde
disservizi*
""",
    "mended": """
ma|però|anche se|tuttavia|risolt*|riparat*|sostituit*|sistemat*|nonostante|in orario|puntual*
senza (problem*|ritardi|ritardo|attese)|nessun problema|mi (avete|hanno|ha) aiutat*
per (l'aiuto|il vostro aiuto|la disponibilità)|in anticipo|rimborsat* subito
""",
}
