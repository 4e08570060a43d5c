"""Cues that mean the same in every language."""

from typing import Final

CUES: Final = {
    "picture": """
😡|😠|🤬|😤|👿|💢|🖕|👎|🤮|🤢|😾|💩|🤡
""",
    "swear": """
wtf|stfu|omfg|ffs
""",
    "irony": """
🙃|👏 👏
""",
}
