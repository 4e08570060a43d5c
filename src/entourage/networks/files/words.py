"""The words that exports use for what was done, in English and French."""

from __future__ import annotations

from entourage.networks.activity import Act

ACT_WORDS: dict[str, Act] = {
    word: act
    for act, words in {
        Act.POST: "post|publication|status|tweet|create|media|story",
        Act.REPLY: "reply|re|reponse|answer|replied to",
        Act.COMMENT: "comment|commentaire|comments",
        Act.MENTION: "mention|mt|mentioned",
        Act.SHARE: "share|rt|retweet|repost|partage|announce|quote|reblog|boost",
        Act.MESSAGE: "message|dm|direct message|message prive|private message",
        Act.REVIEW: "review|avis|recommendation",
        Act.IDEA: "idea|idee|suggestion|question",
        Act.HELP: "help|aide|entraide",
        Act.PURCHASE: "purchase|achat|order|commande|accept",
        Act.LIKE: "like|j aime|love|reaction|favorite|favourite|fav",
        Act.FOLLOW: "follow|abonnement|subscribe|follower",
        Act.VIEW: "view|vue|read|impression",
    }.items()
    for word in words.split("|")
}
