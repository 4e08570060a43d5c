"""Rules that hold in every language."""

from typing import Final

RULES: Final = {
    "spam": """
airdrop|forex|bitcoin mining|crypto (signals|giveaway|trading group)|whatsapp ... #
telegram ... (channel|group|canal|groupe)|onlyfans|f4f|l4l|follow4follow|follow for follow|sub4sub|bit.ly
link in bio|check my (bio|page|profile)|dm ... (promo|collab paid|to get featured)|t.me|wa.me
100% (legit|guaranteed|garanti)|viagra|cialis|casino online|online casino|usdt|btc
""",
    "contest_entry": """
jeuconcours|giveaway|concoursinstagram|jeuxconcours
""",
}
