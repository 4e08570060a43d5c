"""Spanish cues."""

from typing import Final

CUES: Final = {
    "insult": """
ladron*|estafador*|mentiros*|sinvergüenza*|sinverguenza*|chorizo*|delincuente*|corrupt*|gentuza|idiota*|imbécil*
imbecil*|estúpid*|gilipollas|subnormal*|payas*|inútil*|inutil*|incompetente*|cabron*|cabrón*|hijo de puta
hijos de puta|hdp|puta|puto|putos|putas|pendej*|mamón|mamon|capullo*|mierdas|basura*|escoria|rata|ratas|asqueros*
miserable*|cobarde*|hipócrita*|hipocrita*|fach*|bobo*|tont*|huevon*|malparid*|boludo*|pelotudo*|maricón|cerdo*
impresentable*
""",
    "outrage": """
inadmisible*|inaceptable*|intolerable*|vergonzos*|vergüenza*|verguenza*|escándalo*|escandalo*|escandalos*
indignante*|indign*|lamentable*|deplorable*|patétic*|penos*|pésim*|pesim*|horrible*|horroros*|asco|asqueros*
repugnan*|desastr*|desastre|vomitiv*|fatal|terrible*|nefast*|estafa*|robo|un robo|robando|timo|fraude*|engaño*
engan*|abuso*|tomadura de pelo|falta de respeto|irrespetuos*|inhuman*|criminal*
peor (servicio|empresa|experiencia|compañía|atención|de todo)|el peor|la peor|lo peor|de lo peor|no compréis
no compren|no lo compren|huyan|huid|boicot*|increíble que|aberra*|bochorn*
""",
    "threat": """
nunca más|nunca mas|jamás|jamas|última vez que|ultima vez que|me (voy|cambio|doy de baja|paso a)|doy de baja
darme de baja|cancelo|voy a (cancelar|denunciar|demandar|cambiar|cambiarme|darme)|habéis perdido un cliente
perdieron un cliente|un cliente menos|abogad*|denuncia*|denunciar*|demanda*|demandar*|juicio|tribunal*|juzgado*|ocu
facua|consumidor*|oficina del consumidor|profeco|reclamación*|hoja de reclamaciones|policía|último aviso|ultimátum
os vais a (enterar|arrepentir)|se van a arrepentir|van a pagar|me las (vais|van) a pagar|pagaréis
""",
    "swear": """
mierda*|joder|jodid*|joden|jode|coño|hostia*|cojones|carajo|chinga*|verga|puta madre|me cago en|no me jodas
a tomar por culo|que os den|que te den|vete a la|váyanse a la|culo|ptm|ctm|hp|maldit*
""",
    "contempt": """
ridícul*|ridicul*|risa dais|dais risa|dan risa|me río|de risa|de chiste|una broma|es broma|broma|os reís|se ríen
reírse de|burla*|circo|chapuza*|chapucer*|cutre*|lástima de|basura|porquería|porqueria|no tenéis vergüenza
no tienen vergüenza|qué vergüenza|sin vergüenza|despertad|estáis dormidos|hay alguien ahí|tonterí*|payasada*|absurd*
mediocre*|para nada sirv*|no sirv*|no servís|no sirven|no valen|no valéis
""",
    "anger": """
enfad*|cabread*|cabrea*|furios*|rabia|ira|indignad*|hart*|harto*
hasta (las narices|los cojones|los huevos|el coño|la polla|el gorro|la madre)|ya basta|basta|odio|odiar*|odia
molest*|enoj*|encabronad*|me pone de los nervios|no aguanto|no soporto|no puedo más|qué asco|que asco|colmo|el colmo
ya está bien|estoy (harto|harta|hasta)|paciencia|desesper*
""",
    "repeat": """
(segunda|tercera|cuarta|quinta|sexta|enésima|décima|#) (vez|veces|llamada|llamadas)
(segunda|tercera|cuarta|quinta|sexta|enésima|décima|#) (mensaje|mensajes|semana|correos|reclamación)
(dos|tres|cuatro|cinco|seis|diez|varias) (veces|llamadas|mensajes|correos|reclamaciones)|otra vez|una vez más
de nuevo|sigo (esperando|sin)|seguimos (esperando|sin|igual)|sigue sin|siguen sin|todavía (no|sin|nada|espero)
todavia (no|sin|nada)|aún (no|sin|nada|espero)|nadie (responde|contesta|me|coge|soluciona)
no (responden|contestan|respondéis|contestáis|me responden|me contestan|cogen)
sin (respuesta|solución|noticias|contestar)|ninguna (respuesta|solución)
llevo (#|un|una|dos|tres|cuatro|más de|todo|toda|varios|varias|días|semanas|meses|horas)
desde hace (#|un|una|dos|tres|días|semanas|meses)
hace (#|un|una|dos|tres|más de) (días|semanas|meses|horas|día|semana|mes) que|siempre (igual|lo mismo|la misma)
como siempre|todos los días|cada (vez|día)
""",
    "demand": """
devolvedme|devuelvan*|devuélvanme|quiero (mi|que|una|el|hablar) [dinero|solución|reembolso]|exijo|exig*|respondan
respondedme|contesten|contestad|dejad de|dejen de|hagan algo|haced algo|ya mismo|inmediat*|urgente*|dónde está mi
donde esta mi|dimisión|dimita*|cuándo (vais|van|pensáis|piensan)|cuando (vais|van|pensáis|piensan)|ahora mismo
""",
    "blame": """
no (funciona|funcionan|va|sirve|carga|abre|llega|ha llegado|llegó|me ha llegado|me han)|rot*|defectuos*|averí*
averia*|estropead*|perdid*|retras*|cancelad*|cancelan|cancelar*|equivocad*|mal|malísim*|malisim*|mala|malo|malos
malas|problema*|error*|falla*|fallo*|caíd*|cobr* (de más|dos veces|doble)|car*|carísim*|maleducad*|grosero*|grosera*
poca profesionalidad|poco profesional*|incumpl*|mentira*|mienten|mentís|culpa|vuestra culpa|su culpa|queja*|fracaso*
falta de|huelga*|lentísim*|lent*|sucio*|sucia*
""",
    "letdown": """
decepcion*|desilusion*|lástima|lastima|una pena|qué pena|que pena|pena|triste*|tristeza|por desgracia
desgraciadamente|lamento|lamentamos|insatisfech*|descontent*|no me (gusta|convence|gustó|ha gustado)|esperaba más
esperaba mejor|regular|aburrid*|cansad*|preocup*
""",
    "intensifier": """
muy|tan|tanto|tanta|realmente|verdaderamente|totalmente|completamente|absolutamente|súper|super|demasiado|bastante
siempre|nunca|nada|ningún*|ninguna|todos|todo|ni|ni siquiera|tremend*|increíblemente|de verdad|en serio|puro|pura
menuda|menudo|vaya
""",
    "irony": """
(otra vez|retraso|perdido|cancelado) ... gracias $
gracias por (nada|el retraso|la espera|perder|cancelar|arruinar|hacerme|joder)
muchas gracias por (nada|el retraso|perder|arruinar)|bravo ... (otra vez|de nuevo|perdido|retraso)
enhorabuena ... (otra vez|perder|retraso)|felicidades ... (otra vez|perder|retraso)
genial ... (otra vez|de nuevo|retraso|cancelado)|qué bien ... (otra vez|de nuevo|retraso)|menudo servicio
vaya servicio|qué sorpresa|que sorpresa|olé|ole tus|aplausos|viva ... (retraso|incompetencia)
""",
    "praise": """
bravo|genial*|enhorabuena|felicidades|felicit*|perfect*|excelente*|estupend*|fantástic*|maravill*|me encanta|encanta
gran|grande|buen|buena|buenísim*|qué bien|que bien|feliz|content*|mejor|súper|increíble
""",
    "failure": """
perdid*|perder|retras*|cancelad*|rot*|no (llega|ha llegado|llegó|funciona|contestan|responden|va|carga)|otra vez
(#|dos|tres|cuatro|cinco) (horas|días|semanas|minutos|meses)|sin (respuesta|luz|agua|internet|servicio|solución)
averí*|estropead*|caíd*|error*|equivocad*|frí*|cobr* (de más|dos veces)|huelga*|nadie (contesta|responde)|esperando
cerrad*|atasco*
""",
    "mended": """
pero|aunque|sin embargo|solucionad*|resuelt*|arreglad*|reparad*|cambiad*|a pesar de|a tiempo|puntual*
sin (problema*|problemas|retraso|espera)|ningún problema|me (han ayudado|ayudaron|ayudó|atendieron)
por (vuestra|su|tu) ayuda|por ayudar*|rápid* solución|antes de lo
""",
}
