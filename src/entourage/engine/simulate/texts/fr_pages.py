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
        "80 degrés et trois minutes conviennent à presque tous nos thés ; pour le vôtre, c'est écrit sous la boîte.",
        "oui, sans souci.",
        "je demande à l'atelier et je reviens vers vous avant ce soir.",
        "c'est expliqué pas à pas dans nos conseils, je vous envoie la page en privé.",
        "bonne question : tout dépend de l'eau, commencez doucement et goûtez.",
        "oui, et la boutique de {city} vous montre le geste quand vous voulez.",
        "cela se fait, nos goûteurs le font chaque matin.",
        "je vous réponds en détail en privé, avec une photo.",
    ),
    Intent.ANSWER_DELIVERY: (
        "votre colis est retrouvé, il arrive demain.",
        "envoyez-nous le numéro de commande en privé, nous regardons tout de suite.",
        "il est de retour en boutique jeudi.",
        "nous livrons partout en deux jours, port offert dès 40 €.",
        "le retrait en boutique est possible le jour même.",
        "le transporteur a du retard, je vous tiens au courant chaque matin.",
    ),
    Intent.ANSWER_PASSED_ON: (
        "merci, votre message est transmis à la bonne personne, qui vous écrit demain.",
        "bonne idée, elle part chez nos goûteurs.",
        "c'est noté et transmis à l'atelier.",
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
