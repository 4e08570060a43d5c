"""What pages publish and answer in French. No quotation mark, no backslash: they enter files as they are."""

from __future__ import annotations

from typing import Final

from entourage.engine.simulate.intents import Intent

SENTENCES: Final[dict[Intent, tuple[str, ...]]] = {
    Intent.POST: (
        "La récolte de tilleul est rentrée, il sèche au grenier.",
        "Ce matin à l'atelier : torréfaction du {tea}.",
        "Le geste du jour : 80 degrés pour le {tea}, jamais plus.",
        "Atelier à {city}, il reste des places.",
        "Vous l'attendiez : le {tea} est de retour.",
        "Pourquoi notre {tea} a changé de producteur.",
        "Votre rituel du matin, c'est quoi ?",
        "Le {tea} {use} : la recette.",
        "Rencontre avec celle qui cueille notre tilleul.",
        "Nos boîtes sont désormais consignées à {city}.",
        "La question de la semaine : lait avant ou après ?",
        "Portes ouvertes de l'atelier, {city}, samedi.",
        "Comment nous goûtons cent lots pour en garder six.",
        "Un thé, un livre : que lisez-vous avec le {tea} ?",
    ),
    Intent.POST_CONTEST: ("Une tablette à gagner ! Deux secondes pour répondre : A, B ou C ?",),
    Intent.POST_TASTING: (
        "Dégustation à l'aveugle : trois thés, aucun nom, votre nez seul. Kits à retirer en boutique, racontez-nous.",
    ),
    Intent.POST_CRISIS: (
        "Communiqué : Maison Tilleul a pris connaissance de retards de livraison et rappelle son engagement qualité.",
    ),
    Intent.ANSWER: (
        "80 degrés, trois minutes, et couvrez la tasse.",
        "trois minutes suffisent pour le {tea} ; goûtez, puis prolongez si le cœur vous en dit.",
        "oui, sans souci, notre équipe le boit ainsi tous les jours.",
        "un fond de vinaigre blanc dilué, une heure, deux rinçages : l'émail ne risque rien.",
        "c'est écrit sous la boîte du {tea} ; je vous envoie la fiche en privé.",
        "douze grammes pour un litre, soit six cuillères.",
        "au sec et à l'abri de la lumière, jamais au frigo ; il se garde un an.",
        "oui, panier du haut, sans le couvercle.",
        "baissez à 75 degrés et retirez les feuilles plus tôt, l'amertume s'en va.",
        "oui, au compost de la maison, fil compris, depuis cette année.",
        "l'un est plus rond, l'autre plus vif ; je glisse un échantillon des deux dans votre prochain colis.",
        "dix-huit mois, imprimés sous la boîte ; après, il perd du parfum sans danger.",
        "la tige entre par le haut, un quart de tour à droite ; je vous envoie une photo.",
        "oui, deux fois, en ajoutant une minute à chaque passage.",
        "sans hésiter le {tea}, il est fait pour cela.",
        "oui, il reste des places à {city} samedi, inscription en boutique.",
        "pas le dimanche ; à {city} c'est du mardi au samedi.",
        "oui, toujours : seule l'étiquette a changé, le certificat est sur le site.",
        "appuyez deux fois sur la feuille, puis sur moins jusqu'à 80.",
    ),
    Intent.ANSWER_DELIVERY: (
        "elle part ce soir, vous aurez le suivi dans l'heure.",
        "oui, nous livrons à {city} en deux jours, port offert dès 40 €.",
        "je lance une enquête auprès du transporteur et je vous écris demain matin.",
        "oui, à {city} le retrait est possible le jour même.",
        "le {tea} revient jeudi, je vous préviens.",
        "le transporteur a du retard, je vous tiens au courant chaque matin.",
        "toutes nos excuses, le bon thé part aujourd'hui ; gardez l'autre.",
        "envoyez-nous la nouvelle adresse en privé, rien n'est encore parti.",
        "offerts dès 40 €, 4,90 € en dessous.",
        "je vous l'envoie à part aujourd'hui même, pardon pour l'oubli.",
        "oui, et nous glissons un mot à la main ; dites-nous lequel.",
    ),
    Intent.ANSWER_PASSED_ON: (
        "merci, votre message est transmis à la bonne personne, qui vous écrit demain.",
        "c'est noté et transmis à l'atelier, merci.",
        "merci de nous l'écrire ; nous revenons vers vous cette semaine.",
    ),
    Intent.ANSWER_SORRY: (
        "vous avez raison, et nous vous devons des excuses. Un remplacement part aujourd'hui.",
        "pardon pour cette attente ; je prends votre dossier moi-même.",
        "ce n'est pas digne de nous. Remboursement fait, et un sachet de {tea} en plus.",
        "la série est en cause, nous l'avons retirée ; échange sans retour à faire.",
        "je vous appelle cet après-midi, pouvez-vous confirmer votre numéro en privé ?",
        "nous avons retrouvé votre colis, il sera là demain.",
    ),
    Intent.ANSWER_THANKS: (
        "merci, votre message est affiché à l'atelier.",
        "quel plaisir de vous lire.",
        "merci à vous, notre cueilleuse sera fière.",
        "vous nous faites la journée.",
        "merci, et à bientôt à {city}.",
    ),
    Intent.ANSWER_COLD: (
        "nous vous invitons à consulter notre communiqué.",
        "votre demande a bien été prise en compte. Cordialement.",
        "merci de remplir le formulaire de contact du site.",
    ),
}
