"""French rules."""

from typing import Final

RULES: Final = {
    "spam": """
(gagnez|gagner|générez|touchez) [jusqu'à] # [€|euros|eur] ... (jour|semaine|mois|depuis chez|par)
(abonnez vous|abonne toi|viens|venez) (à|sur|voir) (ma|mon) (page|chaîne|profil|compte|groupe)
(abonné|followers|likes|vues) (pas chers|pas cher|gratuits|gratuit)|achetez des (followers|likes|abonnés|vues)
revenus passifs|indépendance financière|investissement (garanti|rentable)|rendement garanti
prêt (rapide|entre particuliers|sans justificatif)|offre de prêt|crédit rapide sans
(voyant|marabout|médium) (sérieux|africain|réputé)|retour (affectif|de l'être aimé)|rituel ... amour
contactez ... (whatsapp|telegram)|cliquez ... (lien|ici)|promo code|code promo ... (lien|bio)|gagné un iphone
vous avez été sélectionné*|réclamez votre (cadeau|prix|gain)|trading ... (jour|formation|groupe)|perdre # kg
perdez # kg|maigrir (vite|sans effort)
""",
    "job_seeker": """
(je|nous) (cherche|recherche|suis à la recherche) ... (stage|alternance|emploi|job)
(je|nous) (cherche|recherche|suis à la recherche) ... (poste|apprentissage|cdi|cdd|contrat pro)
à la recherche (d'un|d'une) [nouveau|nouvelle] (stage|alternance|emploi|job|poste)
à la recherche (de mon|de mon premier|d'opportunités) [nouveau|nouvelle] (stage|alternance|emploi|job|poste)
à la recherche (d'un|d'une|de mon|de mon premier|d'opportunités) [nouveau|nouvelle] (apprentissage|cdi|cdd)
à la recherche (d'un|d'une) [nouveau|nouvelle] (opportunité|professionnelles|mission)
à la recherche (de mon|de mon premier|d'opportunités) [nouveau|nouvelle] (opportunité|professionnelles|mission)
(en recherche|recherche) (d'un|d'une|de|d') [premier|nouvel] (stage|alternance|emploi|apprentissage|poste)
(mon|le|un) cv|envoyer (un|mon|ma) (cv|candidature)|ma candidature|ma lettre de motivation|lettre de motivation
candidature spontanée|postuler|je postule|j'ai postulé|candidater
(vous|tu) (recrutez|embauchez|recruteriez|cherchez quelqu'un|cherchez du monde|cherchez des saisonniers)
recrutez (vous|bientôt|en ce moment)|embauchez (vous|en|des)|est ce que vous (recrutez|embauchez)
job (d'été|étudiant|saisonnier)|jobs (d'été|étudiants)
(des|un|une) (postes|stages|poste|stage|alternance) (à pourvoir|disponible|disponibles)
(des|un|une) (postes|stages|poste|stage|alternance) (ouvert|ouverts|chez vous|dans votre)
offre* (d'emploi|de stage|d'alternance)|travailler (chez|pour) vous
rejoindre (votre|vos) (équipe|équipes|entreprise)|intégrer votre (équipe|entreprise)|entretien d'embauche
mon entretien|service recrutement|page recrutement|prenez vous des (stagiaires|apprentis|alternants)
stage de (#|3e|troisième|seconde|fin d'études|observation)
""",
    "press_partner": """
je suis journaliste|journaliste (pour|à|au|chez|indépendant*|pigiste)
nous sommes (journalistes|une agence|une association|un média|une start up|un magazine|une marque)
(demande|contact|service|relations|dossier|communiqué|accréditation|attaché*) (presse|de presse)
(une|un|vous) interview*|interviewer|pour un (article|reportage|podcast|documentaire)
(dans le cadre|en vue) d'un (article|reportage|podcast|documentaire|partenariat)
(proposer|discuter|parler|étudier|mettre en place) ... (partenariat|collaboration|collab)
(un|une|de|en) (partenariat|collaboration|collab|sponsoring|parrainage|co branding|cobranding)|partenariat*
devenir (partenaire|ambassadeur|ambassadrice|revendeur)|sponsoris*
sponsoriser ... (club|équipe|événement|association|festival|tournoi)
je suis (influenceur|influenceuse|blogueur|blogueuse|créateur de contenu)
je suis (créatrice de contenu|youtubeur|youtubeuse|instagrameuse|podcasteur|podcasteuse)
(créateur|créatrice) (ugc|de contenu)|media kit|kit média
(notre|mon|le) (podcast|magazine|journal|rédaction|émission)|partenaires presse|service communication
""",
    "contest_entry": """
je (participe|tente|retente) [ma chance]|je participe|on participe|(tente|tentons|retente) (ma|notre) chance
participation (enregistrée|faite|au concours)|j'aimerais (gagner|remporter|tant gagner|trop gagner)
je (veux|voudrais|souhaite|souhaiterais) (gagner|remporter|le gagner|la gagner)
(abonné*|liké|aimé|partagé|follow|suivi) ... et ... (liké|aimé|partagé|commenté|identifié|invité|tagué|rt)
(rt|retweet|like|partage) [et] (follow|rt|like|abonné)|fav [et] rt|je tag*|je tague|j'identifie
^ réponse [la] (a|b|c|d) $|^ [la] réponse [est|c'est] [la] (a|b|c|d)|ma réponse [est] [la] (a|b|c|d) $
je dirais [la] réponse|bonne chance à (tous|toutes)|croise les doigts|croisons les doigts|doigts croisés
merci pour (ce|le|cette) [beau|super|joli|chouette|magnifique] (concours|jeu|tirage|giveaway)
(super|joli|beau|chouette|magnifique) (concours|jeu concours|lot|lots|cadeau à gagner)|tirage au sort
pour (le|ce) (concours|jeu)|au concours
""",
    "sales_lead": """
(un|votre|le|des|demande de|demander un|établir un|recevoir un|faire un|obtenir un) devis
(je|nous|on) (souhaite|souhaitons|voudrais|voudrions|aimerais|aimerions|voulons|veux|cherche|cherchons)
  (commander|acheter|équiper|réserver) ... (pour #|personnes|salariés|collaborateurs|unités|exemplaires|pièces
  |entreprise)
tarif* (de groupe|groupe|pro|professionnel|professionnels|entreprise|entreprises|revendeur|dégressif|dégressifs|ce
  |comité)
prix (de gros|pro|pour les professionnels|par quantité)|commande (en gros|groupée|d'entreprise|pour notre entreprise)
cadeau* (d'entreprise|de fin d'année pour)|grille tarifaire|(un|votre|le) commercial (peut|pourrait|qui|pour)
(contact|service) (commercial|b2b|pro)|(revendre|distribuer) vos|en grande quantité|grosse commande|privatis*
pour notre (comité d'entreprise|séminaire|mariage|entreprise)
""",
    "idea": """
(vous (devriez|pourriez)|il faudrait|[ce|ça] serait (bien|cool|top|génial|super|chouette|pratique)) [de|d'|que vous]
  (proposer|ajouter|faire|créer|sortir|lancer|penser|mettre|avoir|pouvoir|permettre|inventer|imaginer|rajouter
  |prévoir|si)
(une|petite|mon|j'ai une|notre) (idée|suggestion)|idée (pour|de produit|d'amélioration|de recette|d'évolution)
pourquoi (pas|ne pas) [en] (proposer|ajouter|faire|créer|sortir|lancer|mettre|imaginer|prévoir)
pourquoi pas (un|une|des)
à quand (une|un|des|le|la) ... (version|option|mode|format|taille|gamme|couleur|parfum|appli|application)
je (suggère|propose|verrais bien) (que|une|un|de|d'un|d'une)|on pourrait imaginer|suggestion*|piste d'amélioration
(vous avez|avez vous) (pensé|envisagé)|pensez à (proposer|ajouter|faire|créer|mettre)
""",
    "thanks": """
^ merci (beaucoup|infiniment|bien|mille fois|à vous|à toi) $
^ merci [encore|énormément|tout le monde|les amis|l'équipe|à tous|à toute l'équipe] $
^ (un grand|mille|encore|grand|super) merci [à vous|à toi|beaucoup|à toute l'équipe|bonne journée] $
^ (top|ok|parfait|génial|oui|bonjour) merci [à vous|à toi|beaucoup|à toute l'équipe|bonne journée] $
merci (pour|de) (votre|vos|ta|cette) [super|rapide|belle|précieuse] (aide|réponse|réponses)
merci (pour|de) (votre|vos|ta|cette) [super|rapide|belle|précieuse] (réactivité|retour|patience|gentillesse)
merci (pour|de) (votre|vos|ta|cette) [super|rapide|belle|précieuse] (écoute|accueil|disponibilité|rapidité)
merci (pour|de) (votre|vos|ta|cette) [super|rapide|belle|précieuse] (efficacité|conseils|explications|conseil)
merci [beaucoup|encore] (d'avoir|de m'avoir|de nous avoir) (répondu|aidé|aidée|réglé|résolu|trouvé|pris)
merci [beaucoup|encore] (d'avoir|de m'avoir|de nous avoir) (écouté|dépanné|remplacé|expliqué)
merci [beaucoup|encore] (d'avoir|de m'avoir|de nous avoir) (accueilli|accueillis|rappelé|rappelée)
(problème|souci|tout|c'est) (réglé|résolu|arrangé) ... merci|merci ... (problème|tout|c'est) (réglé|résolu|arrangé)
merci à (toute l'équipe|l'équipe|votre équipe|votre conseiller|votre conseillère)
merci à (votre collègue|votre technicien|votre sav|julie|paul|marie)
je (vous|te) remercie (pour|de|d'avoir|encore|infiniment|beaucoup)|un grand merci (à|pour)|mille mercis
merci du fond du cœur
""",
    "how_to": """
comment (faire|fait on|on fait|puis je|peut on|dois je|procéder|s'y prendre|je fais|je peux|on peut)
comment (nettoyer|laver|installer|utiliser|activer|désactiver|configurer|connecter|régler|changer|monter|démonter)
comment (ouvrir|fermer|entretenir|enlever|conserver|réinitialiser|supprimer|créer|télécharger|paramétrer|brancher)
comment (recharger|appairer|associer|détartrer|cuire|préparer)
comment (congeler|appliquer|stocker|ranger|remplacer|savoir (si|quelle))
comment (est ce qu'on|est ce que je|se|s'|ça|cela|le|la|l'|les) ... (utilise|nettoie|installe)
comment (est ce qu'on|est ce que je|se|s'|ça|cela|le|la|l'|les) ... (active|configure|règle|monte)
comment (est ce qu'on|est ce que je|se|s'|ça|cela|le|la|l'|les) ... (démonte|lave|marche|fonctionne)
comment (est ce qu'on|est ce que je|se|s'|ça|cela|le|la|l'|les) ... (prépare|applique|conserve|entretient)
mode d'emploi|la notice|notice|tuto|tutoriel
(peut on|puis je) [le|la|les|l'] (laver|mettre|passer|utiliser|congeler|réchauffer|nettoyer)
(est ce qu'on peut|on peut|est ce que je peux) [le|la|les|l'] (laver|mettre|passer)
(est ce qu'on peut|on peut|est ce que je peux) [le|la|les|l'] (utiliser|congeler|réchauffer|nettoyer)
(peut on|puis je|est ce qu'on peut|on peut|est ce que je peux) [le|la|les|l'] (combiner|mélanger|conserver|boire)
(peut on|puis je|est ce qu'on peut|on peut|est ce que je peux) [le|la|les|l'] (manger|porter|brancher|connecter)
(à quelle|quelle) (température|puissance|dose|fréquence|pression)
(combien de temps|quelle quantité|quelle dose|combien de doses|combien de gouttes|combien de cuillères)
(faut il|dois je|doit on|il faut) ... (avant|après|pour) ... (utiliser|utilisation|usage|cuisson|lavage)
compatible (avec|lave)|passe [t il] au (lave vaisselle|micro ondes|four|sèche linge)
""",
    "defect": """
(ne|n') [se|s'] (marche|fonctionne|s'allume|s'ouvre) [plus|pas|jamais|toujours pas]
(ne|n') [se|s'] (ferme|charge|chauffe|démarre|répond) [plus|pas|jamais|toujours pas]
(ne|n') [se|s'] (tient|allume|tourne|refroidit) [plus|pas|jamais|toujours pas]
(ne|n') [se|s'] (imprime|reconnaît|synchronise|connecte|affiche) [plus|pas|jamais|toujours pas]
(marche|fonctionne|s'allume|charge|chauffe|démarre|ferme) (plus|pas)
(est|sont|tombé*|tombe|encore|déjà|arrivé*|reçu*) (cassé*|en panne|hs|défectueu*|fêlé*)
(est|sont|tombé*|tombe|encore|déjà|arrivé*|reçu*) (fissuré*|rayé*|percé*|déchiré*|décousu*)
(est|sont|tombé*|tombe|encore|déjà|arrivé*|reçu*) (abîmé*|rouillé*|moisi*|périmé*|mort)
(est|sont|tombé*|tombe|encore|déjà|arrivé*|reçu*) (morte|bloqué*|buggé*|décollé*|troué*)
(en panne|hors service|défectueu*|vice caché|défaut de (fabrication|série|conception|couture)|malfaçon)
(a|ont) (lâché|cassé|explosé|fondu|rouillé|déteint|rétréci|fui|grillé|cédé|craqué|cramé)
s'est (cassé*|décollé*|décousu*|déchiré*|fissuré*|détaché*|bloqué*|brisé*)
(fuit|fuite|plante|bugue|beugue|buggue|crashe|rame|se décolle)
(s'effiloche|déteint|bouloche|s'écaille|se fissure|surchauffe|disjoncte|grésille|goutte)
(appli|application|site|logiciel|mise à jour) ... (plante|bug|bugue|crash|rame|bloque|ferme)|(message|code) d'erreur
écran (noir|bleu|figé|blanc)
(un|une|des) (poil|cheveu|insecte|ver|vers|moisissure|morceau de plastique|bout de verre) dans
""",
}
