"""Hindi cues, in its own script and in Latin letters: short, of the words that come most."""

from typing import Final

CUES: Final = {
    "insult": """
चोर|चोरों|चोरो|धोखेबाज*|झूठा|झूठे|बेवकूफ*|मूर्ख*|गधा|गधे|कुत्ता|कुत्ते|कमीना|कमीने|हरामी|हरामखोर|गद्दार|नालायक
बेशर्म|निकम्मा|निकम्मे|पागल|दलाल|भ्रष्ट|राक्षस|नीच|सूअर|साला|साले|कायर|chor|dhokebaaz|jhootha|jhoothe|jhuthe
bewakoof|bewkoof|bevkuf|gadha|gadhe|kutta|kutte|kamina|kamine|harami|haramkhor|gaddar|nalayak|besharam|nikamma
nikamme|pagal|dalal|saala|saale|sala|sale log|chutiya*|chutiye|bhosdi*|bhosad*|madarchod|mc|bc|behenchod|bhenchod
gandu|randi
""",
    "outrage": """
शर्मनाक|शर्म|शर्म करो|घटिया|बकवास|धोखा|धोखाधड़ी|लूट|घोटाला|अन्याय|बर्दाश्त|असहनीय|भयानक|घिनौना|निंदनीय|अपमान
अत्याचार|सबसे (खराब|बेकार|घटिया)|sharmnak|sharam|sharam karo|sharm|ghatiya|bakwas|bakwaas|dhokha|loot|ghotala|anyay
bardasht|sabse (kharab|bekar|ghatiya)|lootere|lutere|worst
""",
    "threat": """
कभी नहीं (खरीदूंगा|आऊंगा|लूंगा)|फिर कभी नहीं|शिकायत|कोर्ट|वकील|पुलिस|उपभोक्ता|बहिष्कार|अंजाम|सबक सिखा*|देख लेंगे
छोड़ेंगे नहीं|kabhi nahi (kharidunga|lunga|aaunga)|shikayat|consumer (court|forum)|vakil|boycott|dekh lenge
chhodenge nahi|sabak
""",
    "swear": """
भाड़ में|लानत|थू|मर जा|bhaad me|bhad me|lanat|thu|mar ja|gaand*|gand
""",
    "contempt": """
मजाक|मज़ाक|तमाशा|नाटक|ड्रामा|पप्पू|फेकू|जुमला|हास्यास्पद|कचरा|फालतू|mazak|majak|tamasha|natak|drama|pappu|feku|jumla
kachra|faltu
""",
    "anger": """
गुस्सा|क्रोध|नफरत|नफ़रत|परेशान|तंग आ*|बहुत हुआ|बस करो|आक्रोश|दुखी|gussa|nafrat|pareshan|tang aa*|bahut hua|bas karo
frustrated|irritating
""",
    "repeat": """
बार बार|फिर से|अभी तक|अब तक|कोई जवाब नहीं|जवाब नहीं|कितनी बार|रोज|हमेशा|# (दिन|महीने|घंटे|हफ्ते) से|baar baar
bar bar|phir se|fir se|abhi tak|ab tak|koi (jawab|reply|response) nahi|kitni baar|roz|hamesha
# (din|mahine|ghante|hafte) se
""",
    "demand": """
तुरंत|जल्दी|इस्तीफा|पैसे वापस|जवाब दो|मांग|फांसी|फाँसी|turant|jaldi|istifa|paise wapas|jawab do|refund karo
reply karo
""",
    "blame": """
खराब|बेकार|काम नहीं|नहीं चल*|समस्या|गलत|गलती|झूठ|देरी|टूट*|बंद|भ्रष्टाचार|असफल|नाकाम|kharab|bekar|bekaar|kaam nahi
nahi chal*|samasya|problem|galat|galti|jhooth|jhuth|deri|tut*|band|fail
""",
    "letdown": """
निराश|निराशा|दुख|दुःख|अफसोस|दुर्भाग्य|उम्मीद नहीं|nirash|dukh|afsos|durbhagya|umeed nahi
""",
    "intensifier": """
बहुत|बिल्कुल|बिलकुल|इतना|इतनी|कितना|सब|सिर्फ|कभी|कुछ नहीं|एकदम|bahut|bohot|bilkul|itna|itni|kitna|sab|sirf|kabhi
kuch nahi|ekdum
""",
    "irony": """
वाह (रे|क्या)|बधाई हो ... फिर|धन्यवाद ... (देरी|खराब)|wah (re|kya)|waah (re|kya)
""",
    "praise": """
धन्यवाद|शुक्रिया|बधाई|शानदार|बहुत अच्छा|बढ़िया|वाह|अच्छा|सुंदर|dhanyawad|shukriya|badhai|shandar|badhiya|wah|accha
acha|mast
""",
    "failure": """
देरी|खराब|बंद|टूट*|नहीं (मिला|आया|चल*)|जवाब नहीं|deri|kharab|band|tut*|nahi (mila|aaya|chal*)
""",
    "mended": """
ठीक (हो|कर)|समाधान|समय पर|मिल गया|theek (ho|kar)|time par|mil gaya|solve ho
""",
}
