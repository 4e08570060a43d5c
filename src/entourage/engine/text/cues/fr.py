"""French cues."""

from typing import Final

CUES: Final = {
    "insult": """
escroc*|arnaqueur*|voleur*|voleuse*|menteur*|menteuse*|charlatan*|truand*|bandit*|crapule*|raclure*|ordure*|vermine*
bande de (nazes|nuls|cons|clowns|guignols|rigolos|bras cassés|branleurs)
bande de (branquignols|incapables|voleurs|tocards|rats|lâches|chiens|débiles|abrutis)|incapables|incompétent*
bon à rien|bons à rien|bonne à rien|minable*|tocard*|guignol*|charlot*|branquignol*|naze*|clown*|pantin*|rigolos
connard*|connasse*|conard*|enculé*|enfoiré*|salaud*|salop*|salope*|fdp|fils de pute*|ntm|bâtard*|batard*|pute*
pétasse*|merdeux|abruti*|crétin*|idiot*|imbécile*|débile*|demeuré*|attardé*|mongol*|bouffon*|bolos*|pourriture*
ordures|parasite*|hypocrite*|lâches|gros con*|sale (con|conne|cons|type|race|gueule)
pauvre (con|type|conne|tache|fille|mec|cloche)|quel (con|connard|abruti|naze|boulet)|quelle (conne|cruche|merde)
(t'es|tu es|vous êtes|ils sont|c'est) (vraiment|tous|tellement) (cons|con|nuls|des nuls|des cons|des voleurs)
(t'es|tu es|vous êtes|ils sont|c'est) [juste|trop|complètement] (cons|con|nuls|des nuls|des cons|des voleurs)
(t'es|tu es|vous êtes|ils sont|c'est) (vraiment|tous|tellement) (stupides|bêtes|malades|des rats|tarés|fous)
(t'es|tu es|vous êtes|ils sont|c'est) [juste|trop|complètement] (stupides|bêtes|malades|des rats|tarés|fous)
(fachos|facho|fascistes|nazis|collabos|racailles|racaille|vendus|pourris|corrompus)
""",
    "outrage": """
inadmissib*|inacceptab*|intoléra*|insupportab*|scandal*|honteu*|une honte|la honte|quelle honte|honte à|honte aux
indign*|ignoble*|abject*|infâme*|lamentab*|pitoyab*|déplorab*|désastreu*|catastroph*|exécrab*|épouvantab*|abominab*
immonde*|ignominie|révolt*|écœur*|ecoeur*|dégoût*|degout*|dégueulass*|vomir|gerber|à gerber|inqualifiab*
inadmissible|aberrant*|une aberration|hallucinant*|ahurissant*|délirant*|un délire|invraisemblab*|impensab*
incroyable mais vrai|arnaque*|une arnaque|escroquer*|vol organisé|du vol|c'est du vol|du racket|racket
du foutage de gueule|foutage de gueule|abus de confiance|publicité mensongère|mensong*|mentir aux (gens|clients)
à fuir|fuyez|à éviter|évitez|passez votre chemin|n'achetez (pas|jamais|plus)|n'y allez (pas|jamais)|boycott*
à boycotter|pire (service|expérience|marque|boîte|hôtel|restaurant|entreprise|boutique|sav|de tout|que tout)|le pire
la pire|zéro pointé|du jamais vu|jamais vu (ça|ca|pareil|une telle)|c'est le pompon|le comble|un comble|le bouquet
irrespect*|manque de respect|aucun respect|sans [aucun] respect|mépris*|inhumain*|criminel*|irresponsab*|dangereu*
malhonnêt*|sans scrupule*|sans vergogne
""",
    "threat": """
je (résilie|me désabonne|me barre|me casse|pars|change|vais résilier)
je (vais changer|vais partir|vais voir ailleurs|vais me désabonner)
je (ne reviendrai|n'achèterai|ne commanderai|n'y retournerai)
j'(annule|arrête) (tout|mon abonnement|mon contrat|ma commande)|je (coupe|arrête) (tout|mon abonnement|mon contrat)
fini pour moi|c'est fini entre nous|adieu|plus jamais|jamais plus|jamais de la vie|c'était la dernière fois
dernière fois que|vous (m'avez|avez) perdu (un|une) client*|perdu un client|perdu une cliente
un client (perdu|de moins|en moins)|une cliente (perdue|de moins|en moins)|(mon|un|notre) avocat|avocats|au tribunal
tribunal|en justice|porter plainte|porte plainte|porterai plainte|dépos* plainte|plainte déposée|mise en demeure
huissier*|poursuites|poursuivre en|action collective|conciliateur|ufc|que choisir|60 millions de consommateurs
dgccrf|signalconso|signal conso|répression des fraudes|médiateur|association de consommateurs
défense des consommateurs|la cnil|(je vais|on va) (vous|te) (faire|détruire|pourrir|afficher|signaler)
vous allez (le payer|regretter|payer|m'entendre|entendre parler|avoir de mes nouvelles)|vous aurez de mes nouvelles
ça va (mal finir|chauffer|péter|barder|saigner)|tu vas (voir|le payer|regretter)|dernier avertissement
dernière (chance|relance|tentative|sommation)|ultimatum|sinon je|sans réponse (de votre part|sous|d'ici)
avant (que je|de) (porte plainte|saisir)
je (saisis|saisirai|contacte|contacterai|préviens) (la|le|l'|les|mon|ma) (dgccrf|médiateur|justice|presse)
je (saisis|saisirai|contacte|contacterai|préviens) (la|le|l'|les|mon|ma) (médias|banque|avocat|assurance|répression)
je vais (tout raconter|en parler partout|le dire à tout le monde|faire un signalement|faire opposition)
opposition (bancaire|sur ma carte)|chargeback|je ferai (ce qu'il faut|opposition|savoir)
""",
    "swear": """
merde*|merdique*|de merde|putain*|ptn|ptin|put1|bordel*|foutre|fous|foutu*|foutent|fout|foutez|foutait|bordélique
chier|chiant*|fait chier|font chier|faites chier|me gonfle*|les couilles
(cassez|cassent|casse) les (couilles|pieds|burnes)|(ferme|fermez) (ta|vos|votre) gueule|ta gueule|vos gueules|ftg|tg
dégage*|dégagez|allez (vous faire|crever|chier)|va (te faire|crever|chier|mourir)|je t'emmerde|je vous emmerde
emmerd*|niqu*|nique|ntm|vtff|balek|bon dieu|nom de dieu|sa mère|sa race|bordel de|connerie*|conneries|saloperie*
saleté de|saleté*|enfin merde|crotte|cul|trou du cul
""",
    "contempt": """
vous vous (moquez|foutez|fichez) [vraiment|bien] [de nous|du monde|de la gueule|de moi|de qui|des gens|des clients]
on se (moque|fout|fiche) de|tu te (moques|fous|fiches) de|se (foutent|moquent|fichent) de|se (foutre|moquer) de
foutez de|prendre (les gens|nous|les clients) pour|prenez (les gens|nous|vos clients|les clients) pour
nous prenez pour|on nous prend pour|me prenez pour|n'importe quoi|nimporte quoi|nawak|du grand n'importe quoi
une (blague|plaisanterie|farce|mascarade|vaste blague)
c'est (une blague|une plaisanterie|une farce|un gag|une mascarade|du cinéma|de la poudre aux yeux|du vent)|la blague
mauvaise blague|quelle blague|et c'est censé|laissez-moi rire|morte de rire devant|une usine à gaz|ridicul*
pathétiq*|pitoyable*|grotesq*|risible*|absurd*|médiocr*|amateur*|amateurisme|quel amateurisme|cirque|quel cirque
bande d'amateurs|dignes de|pas foutu*|même pas (capable*|foutu*)|incapable* de|ça vous amuse|vous dormez
réveillez-vous|y'a quelqu'un|il y a quelqu'un|(vous|tu) (n'avez|n'as) (aucune|pas) honte|vous devriez avoir honte
avez pas honte|ayez honte|aucune honte|on marche sur la tête|où va-t-on|de qui se moque-t-on|ça se saurait|tu parles
mon œil|mon cul|bonjour (l'|le|la|les) (angoisse|service|professionnalisme|accueil|galère|dégâts|sérieux)
nul à chier|nul* [de chez nul]|nullité*|nullissime*|zéro|bidon*|pourri*|pourrave|moisi*|naz*|nase*|daube*|bouse*
torchon|poubelle|déchet*|torche*|camelote|de la daube|de la merde|arnaque déguisée
service client (inexistant|fantôme|déplorable|nul|zéro)|sav (inexistant|fantôme|déplorable|nul|zéro)
""",
    "anger": """
furieu*|en colère|colère noire|la colère|enragé*|la rage|rage|fou de rage|folle de rage|hors de moi|hors d'elle
énervé*|énervant*|énerve|énervent|agacé*|agaçant*|agace|exaspér*|excéd*|remonté*|à bout|ras-le-bol|ras le bol
ral le bol|marre|j'en ai (marre|assez|plein)|en avoir marre|y'en a marre|y en a marre|ça suffit
ça (me|nous) (saoule|soûle|gave|gonfle|révolte|dégoûte|rend dingue|rend fou|rend folle|met hors)|saoulé*|soulé*
gavé*|me saoul*|me gav*|je (hais|déteste|vomis|vous hais|vous déteste|te hais|te déteste)|haine|la haine|j'hallucine
je rêve|on croit rêver|on rêve|c'est pas possible|ce n'est pas possible|pas croyable|c'est dingue|stop|stop à
stop aux|basta|trop c'est trop|la coupe est pleine|la goutte d'eau|patience a des limites|ma patience|dégoûté*
vénère|vener|vénèr*|révolté*|scandalisé*|outré*|indigné*|choqué*|écœuré*
""",
    "repeat": """
(deuxième|2e|2eme|seconde|troisième|3e|3eme|quatrième|4e|4eme) (fois|message|messages|mail)
(deuxième|2e|2eme|seconde|troisième|3e|3eme|quatrième|4e|4eme) (mails|appel|relance|demande|réclamation)
(cinquième|5e|5eme|sixième|énième|nième|xième|dixième|10e|10eme) (fois|message|messages|mail)
(cinquième|5e|5eme|sixième|énième|nième|xième|dixième|10e|10eme) (mails|appel|relance|demande|réclamation)
(deuxième|2e|2eme|seconde|troisième|3e|3eme|quatrième|4e|4eme) (tentative|courrier|panne|annulation|retard)
(deuxième|2e|2eme|seconde|troisième|3e|3eme|quatrième|4e|4eme) (report|semaine|jour|colis|commande)
(cinquième|5e|5eme|sixième|énième|nième|xième|dixième|10e|10eme) (tentative|courrier|panne|annulation|retard)
(cinquième|5e|5eme|sixième|énième|nième|xième|dixième|10e|10eme) (report|semaine|jour|colis|commande)
(deux|trois|quatre|cinq|six|sept|huit|dix|vingt|cent|#) (fois|messages|mails|e-mails|appels|relances)
(deux|trois|quatre|cinq|six|sept|huit|dix|vingt|cent|#) (courriers|réclamations|tentatives)
(deux|trois|quatre|cinq|six|sept|huit|dix|vingt|cent|#) (coups de fil|conversations|interlocuteurs)
je (vous|t') ai (déjà|encore) (écrit|appelé|envoyé|relancé|contacté)
déjà (écrit|appelé|relancé|signalé|contacté|envoyé) (#|deux|trois|plusieurs|quatre|cinq)
toujours (rien|pas|aucun|aucune|en attente|sans|en panne|le même|les mêmes|la même|pareil|au même point)
encore (rien|et toujours|une fois|raté|un retard|une panne|un échec|en panne|en retard|perdu)|et toujours
toujours et encore|rien de rien|encore et (encore|toujours)|une fois de plus|comme d'habitude|comme d'hab
comme toujours|pour changer|rebelote|ça recommence|et ça continue
jamais (de réponse|aucune réponse|répondu|reçu|rappelé|rappelée|livré|remboursé)
(depuis|ça fait|cela fait) (plus de|déjà|bientôt) (#|un|une|deux|trois|quatre) (jours|jour|semaines|semaine|mois)
(voilà|y'a|il y a) (plus de|déjà|bientôt) (#|un|une|deux|trois|quatre) (jours|jour|semaines|semaine|mois)
(depuis|ça fait|cela fait) (presque|maintenant|au moins|bien) (#|un|une|deux|trois|quatre) (jours|jour)
(depuis|ça fait|cela fait) (presque|maintenant|au moins|bien) (#|un|une|deux|trois|quatre) (semaines|semaine|mois)
(voilà|y'a|il y a) (presque|maintenant|au moins|bien) (#|un|une|deux|trois|quatre) (jours|jour)
(voilà|y'a|il y a) (presque|maintenant|au moins|bien) (#|un|une|deux|trois|quatre) (semaines|semaine|mois)
(depuis|ça fait|cela fait) (plus de|déjà|bientôt) (#|un|une|deux|trois|quatre) (an|ans|heures|h|heure)
(voilà|y'a|il y a) (plus de|déjà|bientôt) (#|un|une|deux|trois|quatre) (an|ans|heures|h|heure)
(depuis|ça fait|cela fait) (presque|maintenant|au moins|bien) (#|un|une|deux|trois|quatre) (an|ans|heures|h|heure)
(voilà|y'a|il y a) (presque|maintenant|au moins|bien) (#|un|une|deux|trois|quatre) (an|ans|heures|h|heure)
(depuis|ça fait|cela fait) (plus de|déjà|bientôt) (cinq|six|huit|dix|des|plusieurs) (jours|jour)
(depuis|ça fait|cela fait) (plus de|déjà|bientôt) (cinq|six|huit|dix|des|plusieurs) (semaines|semaine|mois)
(voilà|y'a|il y a) (plus de|déjà|bientôt) (cinq|six|huit|dix|des|plusieurs) (jours|jour|semaines|semaine|mois)
(depuis|ça fait|cela fait) (presque|maintenant|au moins|bien) (cinq|six|huit|dix|des|plusieurs) (jours|jour)
(depuis|ça fait|cela fait) (presque|maintenant) (cinq|six|huit|dix|des|plusieurs) (semaines|semaine|mois)
(depuis|ça fait|cela fait) (au moins|bien) (cinq|six|huit|dix|des|plusieurs) (semaines|semaine|mois)
(voilà|y'a|il y a) (presque|maintenant|au moins|bien) (cinq|six|huit|dix|des|plusieurs) (jours|jour)
(voilà|y'a|il y a) (presque|maintenant|au moins|bien) (cinq|six|huit|dix|des|plusieurs) (semaines|semaine|mois)
(depuis|ça fait|cela fait) (plus de|déjà|bientôt) (cinq|six|huit|dix|des|plusieurs) (an|ans|heures|h|heure)
(voilà|y'a|il y a) (plus de|déjà|bientôt) (cinq|six|huit|dix|des|plusieurs) (an|ans|heures|h|heure)
(depuis|ça fait|cela fait) (presque|maintenant) (cinq|six|huit|dix|des|plusieurs) (an|ans|heures|h|heure)
(depuis|ça fait|cela fait) (au moins|bien) (cinq|six|huit|dix|des|plusieurs) (an|ans|heures|h|heure)
(voilà|y'a|il y a) (presque|maintenant|au moins|bien) (cinq|six|huit|dix|des|plusieurs) (an|ans|heures|h|heure)
ça fait (#|une|deux|trois|quatre) (jours|semaines|semaine|mois|ans|heures|plombes|lustres) (que|sans)
ça fait (cinq|six|huit|dix|des|plusieurs) (jours|semaines|semaine|mois|ans|heures|plombes|lustres) (que|sans)
(#|deux|trois|quatre|cinq|six|dix|plusieurs|des) (jours|semaines|mois|heures) (d'attente|sans|que j'attends)
(#|deux|trois|quatre|cinq|six|dix|plusieurs|des) (jours|semaines|mois|heures) (à attendre|de retard|au téléphone)
depuis des (jours|semaines|mois|lustres|heures)
tous les (jours|matins|soirs|mois|deux jours) (pareil|la même|le même|en retard|en panne)
chaque (fois|jour|matin|semaine) (pareil|la même|le même|en retard|en panne|c'est)|à chaque fois
personne ne (répond|rappelle|décroche)|personne (répond|rappelle|décroche)
aucun* (réponse|retour|nouvelle|nouvelles|suite|explication|explications|signe de vie|excuse|excuses)|sans réponse
lettre morte|aux abonnés absents|silence radio|(vous|on) ne (répondez|répond|rappelez|rappelle) (pas|jamais)
(vous|on) (répondez|répond|rappelez) (pas|jamais)|baladé*|on me balade|renvoie la balle
""",
    "demand": """
(rendez|rends|rendre|rendent) (moi|nous)|remboursez|remboursez (moi|nous)
je (veux|exige|demande|réclame) (mon|un|le|ma|mes|être|que|des) [remboursement|argent|colis|explications]|j'exige
j'attends (toujours|encore|une|vos|des) [réponse|explications|excuses|explication]|exige*|répondez|répondez-moi
rappelez-moi|livrez-moi|arrêtez [de|tout|ça|vos|avec]|arrête [de|tout|ça|avec]|cessez
faites (quelque chose|votre travail|votre boulot|le nécessaire)|bougez-vous|bouge-toi|magnez-vous|agissez|démission*
assumez|tout de suite|immédiatement|sur-le-champ|dans l'heure|au plus vite|urgent*|en urgence
dans les plus brefs délais|il serait temps|il est temps|il est grand temps|c'est quand que|quand est-ce que
où est (mon|ma|notre) [colis|commande|argent|remboursement]|où sont (mes|nos)|on attend quoi|vous attendez quoi
et mon [colis|remboursement|argent|dossier]
""",
    "blame": """
en panne|cassé*|ne (marche|fonctionne|marchent|fonctionnent) (pas|plus|jamais|toujours pas)
(marche|fonctionne|marchent|fonctionnent) (pas|plus|jamais|toujours pas)|ça (marche|fonctionne) (pas|plus)|bug*
buggé*|beug*|plante*|planté*|défectueu*|périm*|moisi*|abîmé*|endommagé*|perdu*|volé*|incomplet*|en retard|retard*
annulé*|annulation*|supprimé*|introuvable*|injoignable*|impossible de|impossible d'avoir|pas reçu|jamais reçu
jamais arrivé*|pas livré*|pas remboursé*|mal (fait*|fichu*|foutu*|conçu*|emballé*|élevé*|organisé*|poli*|traité*)
mauvais* [foi|qualité|service|accueil|odeur|goût|expérience]
manque de (sérieux|professionnalisme|communication|considération|transparence|personnel|moyens)
pas (sérieux|sérieuse|professionnel*|normal|honnête*|correct*)
pas (terrible*|acceptable*|digne|à la hauteur|fiable*|aimable*|accueillant*)
aucun (sérieux|suivi|effort|geste|service)|service client [nul|lamentable]
vous avez (menti|perdu|oublié|cassé|encaissé|débité|raté)|par votre faute|votre (faute|incompétence|négligence)
à cause de vous|trop cher*|hors de prix|abus*|exagéré*|vous exagérez|débité* (deux|2|trois)|surfactur*|malpoli*
désagréab*|agressi*|arrogan*|impoli*|antipathiq*|grève*|galère*|la galère|problème*|souci*|panne*|erreur*|faute*
fausse promesse|promesses (non|pas|jamais)|promess* non tenu*|échec*|raté*|ratage*|fiasco|bâclé*|gâché*|foiré*|merdé
planté
""",
    "letdown": """
déçu*|déception*|décev*|dommage|tant pis|pas top|bof|moyen|pas terrible|pas fou|pas ouf
pas (convaincu*|emballé*|fan|satisfait*|content*|contente|heureux)|mécontent*|insatisf*|regrett*|regret*|hélas
malheureus*|triste*|tristesse|peut mieux faire|j'attendais mieux|je m'attendais à mieux|s'attendait à mieux
en dessous de|laisse à désirer|c'était mieux avant|inquiet*|inquiét*|peur|lassé*|fatigué*|las|gênant*|ennuy*|dur
compliqué|perplexe|sceptique|mitigé*
""",
    "intensifier": """
vraiment|tellement|complètement|totalement|absolument|franchement|sérieusement|strictement|carrément|purement
littéralement|extrêmement|terriblement|incroyablement|clairement|honnêtement|trop|si|hyper|ultra|archi|super mal
grave|tout simplement|juste|même pas|pas du tout|du tout|rien du tout|absolument pas|au point de|à ce point|un tel
une telle|tous|toujours|jamais|rien|aucun*|encore
""",
    "irony": """
encore (un|une|en|du|des|rien) ... merci|toujours (rien|pas|en) ... merci
(perdu|annulé|en retard|en panne|supprimé) ... merci $
merci (la sncf|la poste|la ratp|edf|orange|free|sfr|bouygues|macron|hollande)
merci (pour rien|de rien|du cadeau|d'avoir (gâché|ruiné|perdu|cassé|plombé|pourri|menti)|les gars pour rien)
bravo (les artistes|les champions|l'artiste|la [france|sncf|poste|gauche|droite]) ... (encore|pour)
bravo pour (l'attente|le retard|rien|le mépris|le silence|la panne|le foutage)
merci pour (l'attente|le retard|le mépris|le silence|la panne)
merci pour (le spam|l'arnaque|les heures perdues|la galère|cette soirée gâchée|ce fiasco)
chapeau pour (le retard|la panne|le silence|l'arnaque|la galère)
quel (professionnalisme|sérieux|talent|succès|génie|exploit|accueil) (encore|vraiment|bravo|merci|dis donc)
quelle (efficacité|réactivité|rapidité|réussite|surprise)
quelle (organisation|performance|classe|élégance|belle mentalité|belle image)|on applaudit|applaudissements
bel exploit|belle performance|belle mentalité|bien joué ... (encore|pour)|trop fort* ... (encore|pour|les mecs)
vive (la|le|les) (sncf|ratp|grève|retard|retards|service public|modernité|progrès|attente|france)
au top le [service|sav|suivi]|ça fait plaisir ... (attendre|payer|retard|rien)
super (l'accueil|le service|l'organisation|ambiance|le retard|journée qui commence)
génial* ... (encore une|encore un|en panne|en retard|annulé|perdu)|génial encore|super encore|parfait encore
bravo encore|merci encore ... (retard|panne|perdu|annulé|rien)|manquait plus que ça|il ne manquait plus que
comme c'est (pratique|étonnant|surprenant|bizarre|original)|étonnant non|quelle surprise|sans surprise
on adore (attendre|payer|être)|j'adore (attendre|payer|quand|être pris|qu'on me|vos retards|les retards)
un grand merci ... (retard|panne|perdu|annulé|rien|gâché)|la grande classe
service (cinq|5) étoiles ... (attente|rien|pas)
""",
    "praise": """
bravo|félicitation*|félicite*|chapeau|super|génial*|parfait*|excellent*|formidable*|magnifique*|top|au top|bien joué
champion*|génie*|j'adore|on adore|adore|quel bonheur|quel plaisir|quelle joie|ravi*|heureux|heureuse|enchanté*
merveill*|extra|impeccable*|nickel|efficac*|fantastique*|sublime*|brillant*|grandiose*|exceptionnel*|magique*|sympa*
respect|classe|trop bien|trop fort*|fiable*|exemplaire*|beau travail|bon travail|belle journée|professionnel*
quelle chance|merci qui|un régal|contente|content|hâte
""",
    "failure": """
perdu*|perte*|panne*|retard*|annulé*|annulation*|supprimé*|cassé*|abîmé*|défectueu*|moisi*|périm*|volé*|oublié*
planté*|plante|bug*|raté*|jamais (reçu|arrivé*|livré*|répondu|rappelé*|venu*)
pas (reçu|livré*|arrivé*|répondu|rappelé*|remboursé*|venu*|là)|toujours (rien|pas|en attente|aucune)
aucune (réponse|nouvelle|solution|explication)|aucun (retour|signe)|sans réponse|personne au bout
personne (ne|n') ... (répond|décroche|vient|rappelle)|en attente depuis
(ne|n') ... (marche|fonctionne|répond|ouvre|charge) (pas|plus|jamais)|marche (pas|plus)|fonctionne (pas|plus)
(#|deux|trois|quatre) (heures|h|minutes|jours|semaines|mois) (d'attente|de retard|pour|sans|à attendre)
(cinq|six|dix|vingt|trente) (heures|h|minutes|jours|semaines|mois) (d'attente|de retard|pour|sans|à attendre)
(#|deux|trois|quatre|cinq|six|dix|vingt|trente) (heures|h|minutes|jours|semaines|mois) (au téléphone|que j'attends)
(#|deux|trois|quatre|cinq|six|dix|vingt|trente) (heures|h|minutes|jours|semaines|mois) (dans le|sur le|pour rien)
débité*|deux fois|double prélèvement|facturé*|surfactur*|augment*|hausse*|grève*|embouteillage*|fermé*|en rupture
rupture de stock|froid*|gâché*|ruiné*|galère*|fuite*|fuit|coupure*|coupé*|incomplet*|manquant*|vide
mauvaise (taille|adresse|couleur|commande)|à la mauvaise|trempé*|écrasé*|chez le voisin|mon voisin|raccroch*
musique d'attente|répondeur|impossible|introuvable*|injoignable*|inaccessible*|erreur*|hors service|poubelle|spam*
écran noir|déborde*|inondé*|disparu*|sauté|expiré*|encaissé*
""",
    "mended": """
mais|pourtant|cependant|sauf que|même si|quand même|par contre|en revanche|toutefois|réglé*|résolu*|remplacé*
réparé*|dépanné*|retrouvé*|remboursé* (rapidement|vite|en|sans|tout de suite|immédiatement|dans)|malgré
finalement (reçu|arrivé*|réglé)|bien (reçu|arrivé*)
(sans|aucun) (problème*|souci*|retard*|attente|erreur*|accroc|panne*|bug*)
plus (de|aucun*) (problème*|souci*|panne*|bug*)|zéro (problème|souci|attente|retard)
jamais (eu|un|aucun|de|en) (problème*|souci*|retard*|panne*)
pas (un|de|une|le moindre) (problème*|souci*|retard*|panne*|bug*)|en avance|rien à redire
c'est (réparé|réglé|reparti|arrangé)|solution trouvée|(a|ont|avez|as) (trouvé|tout fait|sauvé|su|pris le temps|aidé)
m'a (aidé*|sauvé*|dépanné*)|geste commercial|pour votre (aide|réactivité|patience|gentillesse|écoute|réponse)
de votre (aide|réponse)
""",
}
