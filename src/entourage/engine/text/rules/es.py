"""Spanish rules: the main ones."""

from typing import Final

RULES: Final = {
    "spam": """
gana* [hasta] # [€|euros|dólares|$] ... (día|semana|mes|desde casa)|ingresos pasivos|sígueme y te sigo
comprar seguidores|(haz|hagan) clic|préstamo* (rápido|sin aval|entre particulares)|inversión garantizada
amarre* de amor
""",
    "job_seeker": """
(busco|buscando|en búsqueda de) (trabajo|empleo|prácticas|un puesto|una oportunidad laboral)
(mi|el|un) (currículum|curriculum|cv)|enviar (mi|el) (cv|currículum|curriculum)
(estáis|están|estan) (contratando|buscando (gente|personal))
(tenéis|tienen|hay) (vacantes|ofertas de empleo|puestos)|trabajar (con|para|en) (vosotros|ustedes|vuestra)
bolsa de (trabajo|empleo)|entrevista de trabajo|oferta de (trabajo|empleo)|candidatura
""",
    "press_partner": """
soy (periodista|influencer|bloguero|bloguera|creador de contenido|creadora de contenido)|periodista (de|en|para)
(contacto|departamento|gabinete|nota) de prensa|(una|para una) entrevista
(colaboración|colaboracion|colaborar con|alianza|patrocinio|patrocinar|acuerdo comercial)|embajador* de marca
""",
    "contest_entry": """
(participo|participando|participamos)|(sorteo|concurso)|(quiero|me encantaría|ojalá) ganar*|suerte a todos
(sigo|seguido) y (like|compartido|comparto|doy like)|cruzo los dedos|dedos cruzados
""",
    "sales_lead": """
(un|el|solicitar|pedir|enviar*|quiero) presupuesto
(precio|precios|venta) (al por mayor|mayorista|para empresas|por cantidad)|al por mayor|cotización|cotizacion
(comprar|pedir|pedido de) # (unidades|piezas|cajas)|para (nuestra|mi) (empresa|boda|oficina)|distribuidor*
""",
    "idea": """
(deberíais|deberían|deberian|podríais|podrían|podrian) (hacer|sacar|añadir|poner)
(deberíais|deberían|deberian|podríais|podrían|podrian) (incluir|vender|pensar|lanzar|ofrecer)
(sería|estaría|seria|estaria) (genial|bien|bueno|increíble|estupendo) (que|si|tener|poder)
(una|mi|tengo una) (idea|sugerencia)|sugerencia*|por qué no (hacéis|hacen|sacáis|sacan|ponéis|ponen)
""",
    "thanks": """
^ (gracias|muchas gracias|mil gracias) [a todos|equipo|de nuevo|por todo] $
^ (muchísimas gracias|ok gracias|perfecto gracias) [a todos|equipo|de nuevo|por todo] $
gracias por (la|vuestra|su|tu|el) [rápida|pronta|gran] (ayuda|respuesta|atención|rapidez)
gracias por (la|vuestra|su|tu|el) [rápida|pronta|gran] (apoyo|información|solución|interés)
gracias por (ayudarme|responder|contestar|solucionar*|atenderme|resolver*)
""",
    "how_to": """
(cómo|como) (puedo|se puede|hago|se|debo|funciona|configuro|activo|cambio|limpio|instalo|lavo)
manual de (uso|instrucciones|usuario)|instrucciones (de|para)
(se puede|puedo) (lavar|meter|usar|congelar|poner|utilizar)|compatible con
""",
    "defect": """
(no|ya no) (funciona|enciende|carga|abre|cierra|arranca|conecta|va|prende|calienta)
(llegó|vino|está|viene|ha llegado|salió) (roto|rota|defectuoso|defectuosa|dañado|dañada|estropeado|estropeada)
se (rompió|ha roto|estropeó|ha estropeado|averió|despega|cuelga|cierra sola)|defecto de fábrica|defectuos*
mensaje de error|pantalla negra
""",
}
