"""What pages publish and answer in English. No quotation mark, no backslash: they enter files as they are."""

from __future__ import annotations

from typing import Final

from entourage.engine.simulate.intents import Intent

SENTENCES: Final[dict[Intent, tuple[str, ...]]] = {
    Intent.POST: (
        "The linden harvest is in, drying in the loft.",
        "This morning at the workshop: roasting the {tea}.",
        "Today's gesture: 80 degrees for the {tea}, never more.",
        "Workshop in {city}, a few places left.",
        "You were waiting: the {tea} is back.",
        "Why our {tea} comes from a new grower.",
        "What is your morning ritual?",
        "The {tea} {use}: our recipe.",
        "Meet the woman who picks our linden.",
        "Our tins now carry a deposit in {city}.",
        "Question of the week: milk before or after?",
        "Open doors at the workshop, {city}, on Saturday.",
        "How we taste a hundred lots to keep six.",
        "One tea, one book: what do you read with the {tea}?",
    ),
    Intent.POST_CONTEST: ("Win a tablet! Two seconds to answer: A, B or C?",),
    Intent.POST_TASTING: ("Blind tasting: three teas, no name, only your nose. Pick up a kit in a shop and tell us.",),
    Intent.POST_CRISIS: (
        "Statement: Maison Tilleul is aware of delivery delays and restates its commitment to quality.",
    ),
    Intent.ANSWER: (
        "80 degrees, three minutes, and cover the cup.",
        "three minutes are enough for the {tea}; taste, then go on if you like.",
        "yes, no trouble, our team drinks it that way every day.",
        "diluted white vinegar for an hour, two rinses: the enamel is safe.",
        "it is written under the {tea} tin; I am sending you the sheet.",
        "twelve grams for a litre, that is six spoons.",
        "dry and away from light, never in the fridge; it keeps for a year.",
        "yes, top rack, without the lid.",
        "go down to 75 degrees and take the leaves out sooner, it will go.",
        "yes, in a home compost, string included, since this year.",
        "one is rounder, the other brighter; a sample of both goes into your next parcel.",
        "eighteen months, printed under the tin; later it only loses scent.",
        "the rod goes in from the top, a quarter turn to the right; a picture follows.",
        "yes, twice, with one more minute each time.",
        "the {tea} without hesitation, it is made for that.",
        "yes, there are places left in {city} on Saturday, book in the shop.",
        "not on Sundays; in {city} it is Tuesday to Saturday.",
        "yes, as ever: only the label changed, the certificate is on the site.",
        "press the leaf twice, then minus down to 80.",
    ),
    Intent.ANSWER_DELIVERY: (
        "it leaves tonight, you get the tracking within the hour.",
        "yes, we ship to {city} in two days, free from €40.",
        "I am asking the carrier and will write to you tomorrow morning.",
        "yes, in {city} you can collect it the same day.",
        "the {tea} is back on Thursday, I will tell you.",
        "the carrier is late, I will keep you posted every morning.",
        "our apologies, the right tea leaves today; keep the other one.",
        "send us the new address in private, nothing has left yet.",
        "free from €40, €4.90 below.",
        "I am sending it today on its own, sorry that we forgot it.",
        "yes, with a handwritten note; tell us what it should say.",
    ),
    Intent.ANSWER_PASSED_ON: (
        "thank you, your message went to the right person, who writes to you tomorrow.",
        "noted and passed on to the workshop, thank you.",
        "thank you for writing; we come back to you this week.",
    ),
    Intent.ANSWER_SORRY: (
        "you are right and we owe you an apology. A replacement leaves today.",
        "sorry for the wait; I take your case myself.",
        "this is not worthy of us. Refunded, with a pouch of {tea}.",
        "that series is at fault and withdrawn; we exchange it, nothing to send back.",
        "I will call you this afternoon, could you confirm your number in private?",
        "we found your parcel, it will be there tomorrow.",
    ),
    Intent.ANSWER_THANKS: (
        "thank you, your message is on the workshop's wall.",
        "what a pleasure to read you.",
        "thank you, our picker will be proud.",
        "you make our day.",
        "thank you, and see you in {city}.",
    ),
    Intent.ANSWER_COLD: (
        "please refer to our statement.",
        "your request has been taken into account. Regards.",
        "please fill in the contact form of the site.",
    ),
}
