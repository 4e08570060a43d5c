"""The words of exports in English and French: for what was done, and for what a column holds."""

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

#: Titles of columns by the field that they mean, the surest first; compared without case, accents and signs.
TITLES: dict[str, tuple[str, ...]] = {
    field: tuple(" ".join(titles.split()).split(" | "))
    for field, titles in {
        "id": "id | comment id | tweet id | message id | activity id | review id | uid | identifiant | id str",
        "at": """
            at | date | time | timestamp | created at | created time | published | published at | publish time |
            date time | datetime | unix time | heure | horodatage | date de publication | date et heure | sent
            at | when | created | creation date
        """,
        "actor_id": """
            actor id | author channel id | channel id | user id | author id | from id | sender id | profile id |
            customer id | id utilisateur | actor | userid
        """,
        "actor_handle": """
            actor handle | username | user name | handle | screen name | user | pseudo | nom d utilisateur |
            utilisateur | login
        """,
        "actor_name": """
            actor name | name | author | author name | from | sender | full name | nom | auteur | expediteur |
            client | customer | person | people
        """,
        "actor_url": "actor url | profile url | author url | profile | profil | sender profile url | url du profil",
        "actor_kind": "actor kind | account kind | author type",
        "act": "act | type | kind | action | activity type | event | type d activite | event type",
        "text": """
            text | comment | message | content | body | commentaire | texte | contenu | review | avis | comment
            text | tweet | description | caption | full text
        """,
        "to_id": "to id | target | target id | recipient id | in reply to user id",
        "to_handle": "to handle | to user | recipient | destinataire | in reply to screen name",
        "to_name": "to name | to | recipient name",
        "in_reply_to": "in reply to | parent id | reply to | parent | in reply to id | reponse a",
        "context": "context | conversation id | thread | thread id | post id | media id | video id | fil",
        "url": "url | link | permalink | lien | permalien | comment url | post url",
        "network": "network | platform | channel | source network | reseau | plateforme | canal | social network",
        "language": "language | lang | langue",
        "origin": "origin | campaign | operation | campagne | origine | utm campaign",
        "rating": "rating | stars | score | note | etoiles | star rating",
        "tags": "tags | hashtags | mots dieses",
    }.items()
}
