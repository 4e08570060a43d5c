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
        "80 degrees and three minutes suit nearly all our teas; yours is written under the tin.",
        "yes, no trouble at all.",
        "let me ask the workshop, I will be back before tonight.",
        "it is explained step by step in our notes, I am sending you the page.",
        "good question: it depends on the water, start gently and taste.",
        "yes, and the {city} shop shows you how whenever you like.",
        "it can be done, our tasters do it every morning.",
        "I am answering in private, with a picture.",
    ),
    Intent.ANSWER_DELIVERY: (
        "we found your parcel, it arrives tomorrow.",
        "send us the order number in private and we look at once.",
        "it is back in the shops on Thursday.",
        "we ship everywhere in two days, free from €40.",
        "you can collect it in a shop the same day.",
        "the carrier is late, I will keep you posted every morning.",
    ),
    Intent.ANSWER_PASSED_ON: (
        "thank you, your message went to the right person, who writes to you tomorrow.",
        "good idea, it goes to our tasters.",
        "noted and passed on to the workshop.",
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
