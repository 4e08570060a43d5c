"""Italian rules: the main ones."""

from typing import Final

RULES: Final = {
    "spam": """
guadagna* [fino a] # [€|euro] ... (giorno|settimana|mese|da casa)|reddito passivo|seguimi e ti seguo
comprare follower|clicca* (qui|sul link|il link)|prestito (veloce|tra privati|senza)|guadagni garantiti
""",
    "job_seeker": """
(cerco|sto cercando|in cerca di|alla ricerca di) (lavoro|un lavoro|uno stage)
(cerco|sto cercando|in cerca di|alla ricerca di) (un tirocinio|un impiego|tirocinio|stage)
(il mio|un|mandare il|inviare il) (cv|curriculum)|curriculum|(state|stanno) assumendo|assumete|posizioni aperte
candidatura|candidarmi|candidarsi|lavorare (con voi|per voi|da voi)|offerte di lavoro|colloquio di lavoro
lavora con noi
""",
    "press_partner": """
sono (un giornalista|una giornalista|giornalista|un influencer)
sono (una influencer|un blogger|una blogger|un content creator|una content creator)|giornalista (di|per|del|della)
(ufficio|contatto|comunicato) stampa|(un'|una|per un'|breve) intervista
(collaborazione|collaborare con voi|partnership|sponsorizzazione|sponsorizzare)
""",
    "contest_entry": """
(partecipo|partecipiamo|ci provo|tento la fortuna)|(giveaway|concorso|contest)
(vorrei|mi piacerebbe|spero di) vincere|buona fortuna a tutti|incrocio le dita|dita incrociate
(seguo|messo like|condiviso) e (like|condiviso|seguo|taggo)
""",
    "sales_lead": """
(un|il|richiedere un|avere un|chiedere un) preventivo
(prezzi|prezzo|vendita|ordine) (all'ingrosso|per aziende|per quantità)|all'ingrosso
(ordinare|acquistare|comprare) # (pezzi|unità|confezioni)|per (la nostra|la mia) (azienda|ditta|festa)|rivenditor*
listino prezzi
""",
    "idea": """
(dovreste|potreste) (fare|aggiungere|creare|mettere|proporre|pensare|lanciare|inserire|vendere)
sarebbe (bello|utile|fantastico|comodo|carino|ottimo) (se|avere|poter|che|aggiungere)
(un'|una|ho un'|la mia) (idea|proposta)|suggeriment*|perché non (fate|aggiungete|mettete|create)
""",
    "thanks": """
^ (grazie|grazie mille|grazie tante) [a tutti|ancora|ragazzi|di tutto|di cuore] $
^ (mille grazie|grazie infinite|ok grazie|perfetto grazie) [a tutti|ancora|ragazzi|di tutto|di cuore] $
grazie per (la|il|l'|la vostra|il vostro) [rapida|veloce] (risposta|aiuto|disponibilità)
grazie per (la|il|l'|la vostra|il vostro) [rapida|veloce] (assistenza|supporto|gentilezza|celerità)
grazie per (avermi|aver) (aiutato|risposto|risolto)
""",
    "how_to": """
come (posso|si|faccio|devo|funziona|si fa|si usa|si lava|si pulisce|attivo|cambio|configuro|installo)
istruzioni (per|d'uso)|manuale (d'uso|utente)|libretto (d'uso|di istruzioni)
(si può|posso) (lavare|mettere|usare|congelare|utilizzare)|compatibile con
""",
    "defect": """
(non|non mi) (funziona|si accende|carica|si apre|si chiude|parte|si connette|va più|scalda)
(arrivato|arrivata|è|già|è già) (rotto|rotta|difettoso|difettosa|danneggiato|danneggiata|guasto|guasta)
si è (rotto|rotta|guastato|guastata|scollato|scollata|bloccato|bloccata|staccato|staccata)|difettos*
difetto di (fabbrica|fabbricazione)|messaggio di errore|schermo nero|app (si blocca|crasha|non si apre)
""",
}
