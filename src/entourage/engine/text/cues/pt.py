"""Portuguese cues."""

from typing import Final

CUES: Final = {
    "insult": """
ladr*|ladrões|golpist*|mentiros*|safad*|vigarist*|bandid*|canalh*|corrupt*|idiota*|imbecil*|imbecis|estúpid*
estupid*|burro*|burra*|otári*|otari*|babaca*|palhaç*|palhac*|incompetente*|inútil*|inuteis|inúteis|filho da puta
filhos da puta|fdp|puta|putas|vagabund*|arrombad*|cuzão|cuzao|desgraçad*|desgracad*|merdas|lixo*|escória|rato*
nojent*|covarde*|hipócrita*|hipocrita*|trouxa*|retardad*|fascista*|verme*|porco*|caloteiro*|cretin*
""",
    "outrage": """
inadmissív*|inadmissiv*|inaceitáv*|inaceitav*|intoleráv*|absurdo*|um absurdo|vergonh*|escândal*|escandal*|lamentáv*
lamentav*|deploráv*|péssim*|pessim*|horrív*|horriv*|horroros*|nojo|nojent*|repugnan*|desastr*|ridículo o|terrív*
golpe|um golpe|roubo|roubad*|roubando|assalto|enganaç*|engana*|fraude*|falta de respeito|desrespeit*|desuman*
criminos*|pior (empresa|serviço|atendimento|experiência|de todos)|o pior|a pior|não comprem|nao comprem|fujam
boicot*|descaso|palhaçada|sacanagem|revoltant*|indignaç*|inacreditáv*
""",
    "threat": """
nunca mais|jamais|última vez que|ultima vez que|vou (cancelar|processar|denunciar|trocar|mudar|sair)
cancel* (meu|minha|tudo|o)|cancelando|perderam (um|uma|o) cliente|um cliente a menos|advogad*|processo|processar*
justiça|tribunal|procon|reclame aqui|reclameaqui|deco|anatel|denúnci*|denunci*|polícia|policia|último aviso|ultimato
vão (se arrepender|pagar)|vocês vão
""",
    "swear": """
merda*|porra|caralho|krl|crl|puta que pariu|pqp|vsf|vtnc|tnc|foda*|foder|fude*|fodid*
vai (tomar|se foder|à merda|pra)|cu|tomar no cu|cacete|diabo*|inferno|droga|bosta*|desgraça|maldit*
""",
    "contempt": """
ridícul*|ridicul*|palhaçad*|piada|uma piada|é piada|brincadeira|só pode ser brincadeira|estão brincando
tá de brincadeira|tão de sacanagem|fazendo de (trouxa|palhaço|idiota)|circo|vergonha alheia|sem vergonha
sem-vergonha|lixo|porcaria*|não serv*|nao serv*|acordem|alguém aí|patétic*|patetic*|amador*|medíocr*|mediocr*
inúteis|besteira*|bobagem|tosco*|tosca*|fraco*|fraca*
""",
    "anger": """
raiva|ódio|odio|odei*|revoltad*|indignad*|furios*|irritad*|irrita*|puto|puta da vida|puto da vida|pistola|cansad* de
cansei|de saco cheio|saco cheio|basta|chega|chega de|não aguento|nao aguento|não suporto|enche o saco|paciência
estressad*|estress*|bravo com|brava com|detesto
""",
    "repeat": """
(segunda|terceira|quarta|quinta|enésima|décima|#) (vez|vezes|ligação|mensagem|mensagens|semana|reclamação)
(duas|três|tres|quatro|cinco|dez|várias) (vezes|ligações|mensagens|reclamações)|de novo|outra vez|mais uma vez
novamente|até agora (nada|não|nao)|ate agora (nada|não|nao)|ainda (não|nao|sem|nada|espero|esperando|estou)
continu* sem|ninguém (responde|resolve|atende|me)|ninguem (responde|resolve|atende|me)
não (respondem|atendem|resolvem|me respondem)|nao (respondem|atendem|resolvem)
sem (resposta|solução|retorno|previsão)|nenhuma (resposta|solução)
há (#|um|uma|dois|duas|três|mais de|dias|semanas|meses|horas) [dias|semanas|meses|horas|dia|semana|mês]
faz (#|um|uma|dois|duas|três|mais de) (dias|semanas|meses|horas|mês|semana)|sempre (a mesma|o mesmo|assim|igual)
como sempre|toda (vez|hora|semana)|todo dia|todo santo dia|estou (esperando|aguardando) (há|faz|desde)
""",
    "demand": """
devolvam|devolve* (meu|o meu)|quero (meu|minha|o meu|uma|que|saber) [dinheiro|reembolso|solução|resposta]|exijo
exig*|respondam|me respondam|resolvam|resolve isso|parem de|façam alguma coisa|imediat*|urgente*|agora mesmo
cadê (meu|minha|o|a)|cade (meu|minha|o|a)|onde está (meu|minha)|renúncia|quando (vão|vao|vocês)|pra ontem
""",
    "blame": """
não (funciona|funcionam|chegou|chega|abre|carrega|recebi|entregaram|presta|pega)
nao (funciona|chegou|abre|carrega|recebi|entregaram|presta|pega)|quebr*|defeit*|estragad*|perd*|atras*|cancelad*
cancelaram|errad*|erro*|problema*|mal|má|ruim|ruins|mau|falha*|caiu|fora do ar|cobr* (duas|em dobro|a mais|indev*)
car*|caríssim*|mal educad*|grosseir*|grosso*|despreparad*|mentira*|mentem|mentiram|culpa|reclam*|falta de|greve*
lent*|suj*|demora*|travand*|travou
""",
    "letdown": """
decepcion*|decepção|desapont*|pena|que pena|uma pena|infelizmente|triste*|tristeza|insatisfeit*|descontent*
não (gostei|gosto|curti|recomendo)|nao (gostei|gosto|curti|recomendo)|esperava mais|esperava melhor|mais ou menos
chatead*|chat*|cansad*|preocupad*|lamento
""",
    "intensifier": """
muito|muita|tão|tanto|tanta|realmente|totalmente|completamente|absolutamente|demais|super|sempre|nunca|nada|nenhum*
nenhuma|todo|todos|nem|nem sequer|bem|extremamente|simplesmente|só|mesmo|que
""",
    "irony": """
(de novo|atraso|perdido|cancelado) ... (obrigado|obrigada|valeu) $
obrigad* (por nada|pelo atraso|por (perder|cancelar|estragar|me fazer))|valeu ... (por nada|atraso)
parabéns ... (de novo|atraso|mais uma vez|pelo|pela|por (perder|estragar|conseguir))
parabens ... (de novo|atraso|mais uma vez)|bravo ... (de novo|atraso)|ótimo ... (de novo|atraso|mais uma)
que maravilha ... (de novo|atraso|esperar)|que surpresa|belo serviço|que beleza|palmas
viva ... (atraso|incompetência)
""",
    "praise": """
parabéns|parabens|ótim*|otim*|perfeit*|excelente*|maravilh*|fantástic*|incrív*|incriv*|adoro|adorei|amo|amei|amando
lind*|bom|boa|melhor|melhores|top|feliz|show|bravo|genial|sucesso
""",
    "failure": """
perd*|atras*|cancelad*|quebr*|não (chegou|funciona|chega|respondem|atendem)|nao (chegou|funciona|respondem|atendem)
de novo|(#|duas|dois|três|quatro|cinco) (horas|dias|semanas|minutos|meses)|sem (resposta|luz|água|internet|sinal)
errad*|erro*|fri*|cobr* (duas|em dobro)|greve*|fechad*|ninguém (responde|atende)|caiu|fora do ar|travou|estragad*
""",
    "mended": """
mas|porém|apesar|embora|resolvid*|resolveram|resolveu|consertad*|trocad*|trocaram|no prazo|antes do prazo|pontual*
sem (problema*|atraso|demora)|nenhum problema|me (ajudaram|ajudou|atenderam)|pela (ajuda|atenção|rapidez)
por (ajudar*|resolver*)
""",
}
