"""German cues."""

from typing import Final

CUES: Final = {
    "insult": """
betrüger*|abzocker*|lügner*|gauner*|verbrecher*|diebe|dieb|halsabschneider*|idiot*|vollidiot*|deppen|depp|trottel*
penner*|arschloch*|arschlöcher*|wichser*|hurensohn*|hurensöhne|schwein*|schlampe*|spast*|dummkopf|vollpfosten
versager*|pfeifen|pfeife|nichtskönner|heuchler*|drecksack|mistkerl*|clown*|lachnummer|sauladen|saftladen|drecksladen
saubande|pack|gesindel|abschaum|dumm|dämlich*|bescheuert*|bekloppt*|unfähig*|inkompetent*|asozial*
""",
    "outrage": """
inakzeptab*|unverschämt*|frechheit*|skandal*|schande|schändlich*|unfassbar*|unglaublich*|unmöglich|unerhört*
unzumutbar*|untragbar*|unterirdisch*|katastroph*|katastrophal*|grauenhaft*|grauenvoll*|furchtbar*|schrecklich*
entsetzlich*|abscheulich*|widerlich*|ekelhaft*|eklig*|zumutung|abzocke|betrug|wucher|verarsch*|respektlos*
menschenverachtend*|verbrecherisch*|schlechteste*|das letzte|allerletzte|nie wieder so|noch nie (so|erlebt|gesehen)
finger weg|boykott*|armutszeugnis|bodenlos*|beschämend*|kriminell*|widerwärtig*|empörend*
""",
    "threat": """
nie wieder|nie mehr|niemals wieder|zum letzten mal|das war das letzte mal
ich (kündige|wechsle|storniere|gehe|verklage|zeige)|kündige (ich|meinen|mein|hiermit)|kündigung|wechsel* zu
kunden (verloren|weniger)|kunde (verloren|weniger)|(mein|meinem|den) anwalt|anwalt|rechtsanwalt|rechtlich* schritte
vor gericht|anzeige|klage|verbraucherzentrale|verbraucherschutz|bundesnetzagentur
letzte (warnung|mahnung|frist|chance)|frist (setze|von)|ihr werdet (noch|das)|das werdet ihr (bereuen|büßen)
sonst (kündige|werde ich|gehe)
""",
    "swear": """
scheiß*|scheiss*|kacke*|verdammt*|verfickt*|fick*|mist|drecks*|arsch*|zum kotzen|kotz*|zur hölle
halt die (fresse|klappe|schnauze)|fresse|leck mich|verpiss*|schnauze|beschissen*
""",
    "contempt": """
lächerlich*|peinlich*|erbärmlich*|jämmerlich*|witz|ein witz|schlechter witz|soll das ein (witz|scherz)
wollt ihr mich (verarschen|veräppeln)|verarscht ihr|für dumm|für wie blöd|kindergarten|zirkus|affentheater|armselig*
stümper*|dilettant*|amateur*|schwachsinn*|blödsinn*|unsinn|quatsch|müll|schrott|lachhaft*|wacht (mal|endlich) auf
schlaft ihr|jemand da|service wüste|servicewüste|nichts im griff|zu blöd|nicht mal in der lage|unfassbar dumm
nutzlos*|sinnlos*
""",
    "anger": """
wütend*|wut|sauer|stinksauer|zornig*|zorn|empört*|genervt*|nervt|nerven|nervig*|ärger*|verärgert*|aufregen
rege mich auf|regt mich auf|schnauze voll|nase voll|satt|reicht|es reicht|mir reicht|geduld (am|ist)|hass*|hasse
kann nicht mehr|platzt|fassungslos*|entsetzt*|angepisst|frustriert*|auf die palme|hört auf|aufhören
""",
    "repeat": """
(zum|das|der|die) (zweite*|dritte*|vierte*) (mal|anruf|mail|nachricht|versuch|tag|woche)
(zum|das|der|die) (fünfte*|sechste*|zehnte*|hundertste*) (mal|anruf|mail|nachricht|versuch|tag|woche)|zum # mal
(zwei|drei|vier|fünf|sechs|zehn|#) (mal|mails|anrufe|nachrichten|versuche|mahnungen)
immer noch (nicht|nichts|kein*|auf|keine)|noch immer (nicht|nichts|kein*)|schon wieder|wieder einmal|mal wieder
wieder mal|und wieder|wie immer|wie üblich|jedes mal|immer das gleiche|immer wieder
seit (#|einer|einem|zwei|drei|vier) [wochen|tagen|monaten|stunden|woche|tag|monat|minuten]
seit (fünf|sechs|mehreren|wochen|tagen|monaten|stunden) [wochen|tagen|monaten|stunden|woche|tag|monat|minuten]
keine (antwort|reaktion|rückmeldung|hilfe|info|entschuldigung)|niemand (antwortet|meldet|geht|hilft)
meldet sich (niemand|keiner)|ignoriert*|warteschleife
(#|zwei|drei|vier|fünf) (stunden|tage|wochen|monate) (warten|verspätung|später|ohne)
""",
    "demand": """
ich (will|fordere|verlange|erwarte) (mein*|eine|sofort|endlich|eure|ihre)|gebt mir|geld zurück|sofort|unverzüglich
umgehend|endlich|antwortet|meldet euch|tut (endlich|was|etwas)|hört auf|macht (endlich|was)|wo (ist|bleibt) mein*
wann (kommt|bekomme|kriege) (endlich|ich)|rücktritt|zurücktreten|dringend
""",
    "blame": """
kaputt*|defekt*|funktioniert (nicht|nie|immer)|geht (nicht|nie|gar)
nicht (geliefert|angekommen|erreichbar|funktioniert|erhalten)|nie (angekommen|geliefert|erhalten)|verspät*|ausfall*
fällt aus|ausgefallen|storniert*|verloren|fehlt|fehler*|falsch*|mangelhaft*|schlecht*|mies*|problem*|störung*
überteuert*|zu teuer|teuer|abgebucht|unfreundlich*|unprofessionell*|unzuverlässig*|langsam*|panne*|versagt|versagen
streik*|absturz|abgestürzt|beschwerde*|schuld|eure schuld|unseriös*|gelogen|lüge*|lügt|verschimmelt|schimmel
""",
    "letdown": """
enttäuscht*|enttäuschend*|enttäuschung|schade|leider|unzufrieden*
nicht (zufrieden|gut|toll|überzeugt|schön|begeistert)|naja|mittelmäßig*|traurig*|bedauer*|mehr erwartet
besseres erwartet|früher (war|besser)|sorge*|müde
""",
    "intensifier": """
wirklich|echt|so|sehr|total|absolut|völlig|komplett|einfach|nur|überhaupt|gar|extrem|viel zu|zu|ständig|immer|nie
niemals|nichts|kein*|alle|nicht einmal|nicht mal|derart|dermaßen|richtig
""",
    "irony": """
(schon wieder|verspätung|ausgefallen|verloren) ... danke $|danke für (nichts|die verspätung|den ausfall|das warten)
vielen dank für (nichts|die verspätung|den ausfall)|herzlichen glückwunsch ... (wieder|schon)
na (toll|super|bravo|prima|danke)|toll ... (wieder|schon wieder)|super ... (wieder|schon wieder)
bravo ... (wieder|schon wieder)|großes kino|klasse leistung|tolle leistung|toller service|super service
läuft bei (euch|der)|wie schön ... (wieder|verspätung)|was für eine überraschung|applaus
""",
    "praise": """
bravo|toll*|super|klasse|prima|perfekt*|glückwunsch|herzlichen glückwunsch|gratul*|großartig*|wunderbar*|genial*
spitze|hervorragend*|liebe|schön*|gut gemacht|freut|freue|zufrieden|beste*
""",
    "failure": """
verloren|verspät*|ausgefallen|fällt aus|ausfall*|kaputt*|defekt*|nicht (geliefert|angekommen|erreichbar|gekommen)
nie (angekommen|geliefert)|funktioniert (nicht|nie)|geht (nicht|wieder nicht)|storniert*|schon wieder
immer noch (nicht|kein*)|keine antwort|warteschleife|(#|zwei|drei|vier) (stunden|minuten|tage|wochen)|falsch*
fehler*|störung*|abgebucht|kalt*|zerstört|beschädigt*|streik*|geschlossen|absturz|fehlt
""",
    "mended": """
aber|jedoch|trotzdem|obwohl|dennoch|gelöst|repariert|ersetzt|behoben|trotz|pünktlich
ohne (probleme|problem|verspätung)|kein* (problem*|verspätung*)|geklappt|geholfen|schnell* hilfe
alles (gut|super) (angekommen|geklappt)|wieder (da|gefunden)|früher als
""",
}
