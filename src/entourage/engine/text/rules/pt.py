"""Portuguese rules: the main ones."""

from typing import Final

RULES: Final = {
    "spam": """
ganhe [até] [r$] # [reais|euros|€] ... (dia|semana|mês|casa)|renda (extra|passiva) ... (link|bio|chama|casa)
segue de volta|sigo de volta|comprar seguidores|clique (aqui|no link)|empréstimo (rápido|sem consulta|fácil)
lucro garantido
""",
    "job_seeker": """
(procuro|estou procurando|em busca de|à procura de|procurando) (emprego|trabalho|estágio)
(procuro|estou procurando|em busca de|à procura de|procurando) (uma vaga|uma oportunidade|um emprego)
(meu|um|enviar o|mandar o|enviar meu|mandar meu) (cv|currículo|curriculo|curriculum)
(vocês|voces|estão|estao) (contratando|estão contratando|contratam|recrutando)
(vaga|vagas) (de emprego|de estágio|aberta|abertas|disponível|disponíveis|para)
trabalhar (com|para|na|aí com) (vocês|voces|empresa)|processo seletivo|candidatura|candidatar|entrevista de emprego
jovem aprendiz
""",
    "press_partner": """
sou (jornalista|influenciador|influenciadora|blogueiro|blogueira|criador de conteúdo|criadora de conteúdo)
jornalista (do|da|de|para)|(assessoria|contato|contacto|sala) de imprensa|(uma|para uma) entrevista
(parceria|colaboração|patrocínio|patrocinar|collab)|embaixador* da marca
""",
    "contest_entry": """
(participando|participo|já participei|tô participando|estou participando)|(sorteio|concurso|promoção cultural)
(quero|queria|espero|sonho em) ganhar|quero ganhar|queria ganhar|boa sorte a todos|dedos cruzados
(sigo|seguindo|segui) e (curti|compartilhei|marquei)
""",
    "sales_lead": """
(um|fazer um|pedir um|solicitar um|enviar) orçamento|orcamento
(preço|preços|venda|compra|vendem) (no atacado|por atacado|para empresas|por quantidade)|no atacado
(comprar|encomendar|pedido de) # (unidades|peças|caixas)|para (nossa|minha) (empresa|loja|festa)|revendedor*
revender|tabela de preços
""",
    "idea": """
(deviam|deveriam|podiam|poderiam|vocês deviam|vocês podiam) (fazer|lançar|colocar|adicionar|criar)
(deviam|deveriam|podiam|poderiam|vocês deviam|vocês podiam) (ter|vender|pensar|incluir|trazer)
seria (ótimo|bom|legal|incrível|maravilhoso|top|fixe) (se|ter|que|poder)|(uma|minha|tenho uma) (ideia|sugestão)
sugestão|sugestao|(por que|porque) não (fazem|lançam|colocam|criam)|fica a dica
""",
    "thanks": """
^ (obrigado|obrigada|muito obrigado|muito obrigada) [a todos|gente|pela atenção|por tudo|demais] $
^ (valeu|obg|ok obrigado|ok obrigada|perfeito obrigado) [a todos|gente|pela atenção|por tudo|demais] $
(obrigado|obrigada|grato|grata) (pela|pelo|por) [sua|seu|vossa|rápida|ótima] (ajuda|resposta)
(obrigado|obrigada|grato|grata) (pela|pelo|por) [sua|seu|vossa|rápida|ótima] (atenção|atendimento|apoio)
(obrigado|obrigada|grato|grata) (pela|pelo|por) [sua|seu|vossa|rápida|ótima] (retorno|suporte|rapidez)
(obrigado|obrigada|grato|grata) (pela|pelo|por) [sua|seu|vossa|rápida|ótima] (me ajudar|responder*|resolver*)
""",
    "how_to": """
como (posso|faço|se|eu|devo|funciona|configuro|ativo|troco|limpo|instalo|lavo|usar|fazer)
manual de (instruções|uso|instrucoes)|instruções (de|para)
(pode|posso) (lavar|colocar|usar|congelar|ir na|ir no|utilizar)|compatível com|compativel com
""",
    "defect": """
(não|nao) (funciona|liga|carrega|abre|fecha|conecta|esquenta|ligou|funcionou) [mais]
(chegou|veio|está|tá|já) (quebrado|quebrada|defeituoso|defeituosa|com defeito)
(chegou|veio|está|tá|já) (danificado|danificada|estragado|estragada|rasgado|rasgada)
(quebrou|parou de funcionar|queimou|rasgou|descolou|estragou)|com defeito|defeito de fábrica|mensagem de erro
tela preta|aplicativo (trava|travando|não abre|fecha)|app (trava|travando|não abre|fecha)
""",
}
