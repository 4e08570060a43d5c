"""English cues."""

from typing import Final

CUES: Final = {
    "insult": """
idiot*|moron*|imbecile*|stupid*|dumb|dumbass*|dumbest|retard*|clown*|loser*|scum*|scumbag*|trash|garbage human*|pig
pigs|rat|rats|snake*|coward*|liar*|lying|fraud*|fraudster*|crook*|thief|thieves|scammer*|scamming|con artist*|cheat*
parasite*|vermin|bigot*|racist*|hypocrite*|pathetic
bunch of (clowns|idiots|morons|crooks|thieves|liars|amateurs|cowboys|jokers|muppets|cowards)|asshole*|arsehole*
ass hole*|bastard*|bitch*|cunt*|dick*|dickhead*|prick*|twat*|wanker*|tosser*|douche*|jackass*|motherfucker*|mf|mfs
son of a bitch|sob|shithead*|piece of (shit|crap|garbage|trash)|pos|fuckwit*|muppet*|knob|bellend*|git|cretin*
scumbags|incompetent*|useless*|good for nothing|jerk*|creep*|psycho*|nutjob*|halfwit*|ignoramus|ignorant|brainless
braindead|spineless|clueless
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (all|such|so|just|all so|a) (idiot*|disgusting|joke|jokes)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (all|such|so|just|all so|a) (disgrace|thieves|liars|useless|evil)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (an|a bunch of|nothing but) (idiot*|disgusting|joke|jokes)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (absolute|fucking|really) (idiot*|disgusting|joke|jokes)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (an|a bunch of|nothing but) (disgrace|thieves|liars|useless|evil)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (absolute|fucking|really) (disgrace|thieves|liars|useless|evil)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (all|such|so|just|all so|a) (vile|sick|trash|garbage|rude)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (all|such|so|just|all so|a) (nasty|terrible|awful|horrible|the worst)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (an|a bunch of|nothing but) (vile|sick|trash|garbage|rude)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (absolute|fucking|really) (vile|sick|trash|garbage|rude)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (an|a bunch of|nothing but) (nasty|terrible|awful|horrible|the worst)
(you|u|they|he|she|ya'll|y'all) (are|r|is|re) (absolute|fucking|really) (nasty|terrible|awful|horrible|the worst)
shame on you|you people
""",
    "outrage": """
unacceptab*|inexcusab*|unforgivab*|intolerab*|outrag*|scandal*|disgrac*|shameful*|shameless*|shame|shocking*|shocked
appall*|atroci*|disgust*|revolt*|repuls*|sickening|vile|horrendous*|horrific*|horrib*|terrib*|awful*|dreadful*
abysmal*|deplorab*|diabolical|despicab*|abhorren*|hideous*|nightmare*|hell|hellish|a disaster|disaster|disastrous*
catastroph*|beyond belief|unbelievab*|ridiculous*|ludicrous*|insane|insult to|an insult|insulting|slap in the face
offensive|inhuman*|criminal*|illegal*|daylight robbery|robbery|rip off|ripoff|rip-off|ripped off|scam*|a con|fraud
fraudulent|theft|stealing|stole|steal|extortion|mislead*|false advertising|lied|lies|dishonest*|unethical|negligen*
dangerous*|reckless*
worst (ever|service|company|airline|experience|customer|brand|phone|bank|hotel|app|store|place|day)|the worst|worst
zero stars|0 stars|one star|1 star|never seen (such|anything|so)|never experienced|stay away
avoid (at all|this|them|like)|steer clear|don't (buy|bother|waste|trust|shop|use|order|fly)
do not (buy|bother|trust|use|order|fly)|boycott*|beware|disrespect*|no respect|zero respect|without respect|so rude
rude|rudest|how dare|the audacity|the nerve|the cheek|have you no|no decency|no shame|ashamed|should be ashamed
heartless|cruel|evil|corrupt*|greedy|greed
""",
    "threat": """
(i'm|im|i am|we're|we are) (leaving|cancelling|canceling|switching|done)
(i'm|im|i am|we're|we are) (out|suing|reporting|moving to|going elsewhere|going to (sue|report|cancel|leave|switch))
(i'll|i will|ill|we'll|we will) (cancel|leave|switch|sue|report|take my|be taking|be leaving)
(i'll|i will|ill|we'll|we will) (be switching|be cancelling|be canceling|never)
(i'll|i will|ill|we'll|we will) (not be|go elsewhere|tell everyone|make sure|see you in)
cancel (my|our) (account|subscription|order|contract|membership)|cancelling my|canceling my
taking my (business|money|custom)|take my (business|money|custom)
lost (a|another|yourselves a|my|our) (customer|business|custom|client|loyal)
(losing|lose) (a|my|our|me as a) (customer|business|custom)|done with you|done with (this|them|your)|goodbye
last straw|final straw
never (again|ever again|ever|buying|shopping|flying|ordering|using|coming back|going back|return|returning|will i)
last time (i|we|you)|won't (be back|be returning|buy|use|shop|order|fly|ever|come back|be using|be buying)
will not (be back|return|buy|use|be using)|not coming back|never coming back
(my|a|our) (lawyer*|attorney*|solicitor*)|lawyer*|attorney*|solicitor*|lawsuit*|sue|suing|legal action|small claims
in court|see you in court|class action|take you to court|police|press charges|trading standards|ombudsman|bbb
better business bureau|consumer (association|protection|rights|affairs|council)|which magazine|ftc|fca|ofcom|ofgem
citizens advice|regulator*|watchdog|chargeback|charge back|dispute the charge|formal complaint|file a complaint
filing a complaint|filed a complaint|contact the press|go to the press|going to the press|to the media
report (you|this|them)|reported (you|to)|reporting (you|this)|(you|u) (will|ll) (pay|regret|be hearing|hear from)
you'll (pay|regret|be hearing|hear from)|hear from my|last (warning|chance)|final (warning|notice|chance)|ultimatum
or else|or i|unless you|by tomorrow or|you have (#|24|48) hours|burn in|rot in|go to hell
i hope (you|they) (die|rot|go bankrupt|go bust|fail|choke|get fired|lose)
hope you (die|rot|go bankrupt|go bust|fail|choke)|kill you|kill (him|them|her|myself|someone)|punch*
slap (him|her|you|them)|kick your|smash*|destroy you
""",
    "swear": """
fuck*|fuk*|fck*|fking|effing|eff|freaking|frickin*|friggin*|shit*|sh1t|bullshit*|bull shit|bs|horseshit|crap*|damn*
dammit|goddamn*|god damn|bloody|bollocks|arse|ass|asses|hell no|wth|what the hell|what the heck|what the fuck|tf
the fuck|the hell|for fuck's sake|for fucks sake|for god's sake|for gods sake|for crying out loud|jesus christ|jfc
omfg|gtfo|stfu|piss off|pissed|pissing|screw you|screwed|up yours|bugger*|sod off|shut up|shut the|suck|sucks|sucked
suckin*|kiss my|kmt|smfh|smh
""",
    "contempt": """
(you must|must) be (joking|kidding)|are you (kidding|joking|serious|for real|having a laugh|insane|mad|blind|deaf)
you're (joking|kidding)|you have got to be|gotta be kidding|is this a joke|what a joke
(complete|total|absolute|sick|bad|utter) joke|joke of a|laughab*|laughing stock|laughingstock|pathetic*|pitiful*
farce|farcical|circus|shambles|shambolic|mess|a mess|omnishambles|amateur*|amateurish|mickey mouse|cowboys|nonsense
rubbish|garbage|trash*|crock|lame*|a waste of (time|space|money|oxygen)|waste of (time|space|money|oxygen)|useless*
worthless|pointless|hopeless|clueless|wake up|anyone there|is anybody there|anybody home|hello anyone|hello anybody
do your (job|jobs)|learn to|grow up|get a (grip|life)|get lost|get over|who cares|don't care|couldn't care less
do you even|can't even|cannot even|not even|incapable|absurd*|idiotic|moronic|asinine|brain dead
what a (shambles|mess|farce|waste|circus|shame|disgrace|scam|pathetic)|call (this|that|yourselves|yourself)
so called|so-called|supposed to be
""",
    "anger": """
angry|anger|angrier|furious*|fury|fuming|livid|raging|rage|enraged|outraged|mad|madder|irate|seething|boiling
incensed|infuriat*|annoy*|irritat*|aggravat*|pissed off|ticked off|fed up|sick of|sick and tired|tired of
had (it|enough)|enough is enough|enough|losing my (mind|patience|temper)|lost my (temper|patience)|my patience
out of patience|last nerve|at my wit's end|at my wits end|driving me (mad|crazy|insane|nuts)
makes me (sick|angry|mad|so angry|so mad|furious|want to scream|rage)|make me (sick|angry|mad|furious)
made me (sick|angry|mad|furious)|my blood boil*|blood boil*|hate|hates|hated|hating|hatred|loathe*|despise*|detest*
can't stand|cannot stand|frustrat*|exasperat*|resent*|bitter|grudge*|revenge|offended|offend|offends|insulted
triggered|disgusted|appalled|bitterness|vengeance|wrath|temper|tantrum|fume|fumin|fight me|stop it|stop this
stop (lying|ignoring|sending|calling|charging|wasting|stealing|pretending|making|being|doing|it)
""",
    "repeat": """
(second|2nd|third|fourth|fifth|sixth|umpteenth|nth|tenth|millionth|hundredth)
  (time|message|email|e-mail|call|tweet|dm|complaint|attempt|request|letter|day|week|delay|month|engineer|reminder)
(two|three|four|five|six|seven|eight|ten|dozen|dozens of|several|multiple|countless|#)
  (times|messages|emails|e-mails|calls|tweets|dms|complaints|attempts|reminders|letters|phone calls|agents)
time and (again|time again)|again and again|over and over|once again|yet again|yet another
every [single|bloody|damn] time
every single (day|week|morning)|always the same|same (story|problem|issue|old|crap|shit|excuse) (again|every|over)
as (usual|always|per usual|ever)|here we go again|happened again|keeps happening
keep (ignoring|getting|having|asking|telling|being|failing|sending|charging|calling)
keeps (ignoring|getting|crashing|failing|breaking|telling|dropping)
still (nothing|no|not|waiting|haven't|hasn't|havent|hasnt|isn't|isnt|don't|doesn't|doesnt|dont|can't|cant|down|broken)
still (unresolved|the same|missing|unanswered|without|pending|ignoring)
no (answer|reply|response|word|news|update|updates|refund|apology|explanation)|(nobody|no one|no-one) (answers|replies
  |responds|cares|has|picks|called|calls)|(zero|never any|not a single) (response|reply|communication|answer|update
  |apology)
never (answer*|repl*|respond*|called|call|got back|get back|arrived|received|showed|turned up|refunded)
ignored|ignoring|ignore|unanswered|radio silence|fobbed off|passed (around|from)
[the] (run around|runaround|run-around)
on hold (for|since)|been on hold|bounced around|how many (times|more|calls|emails)|how much longer
how long (do|must|will|am)
for (over|more than|almost|nearly|about|the past|the last) (#|a|an|two|three|four|five|six|seven|eight|nine|ten
  |twelve)
  (hour|hours|hrs|days|day|weeks|week|months|month|years|year|minutes|mins)
(#|two|three|four|five|six|eight|ten|several|many) (hours|hrs|days|weeks|months|minutes|mins)
  (later|on hold|waiting|now|late|of waiting|without)
(been|waited|waiting) [for|over|since] (#|two|three|four|five|six|a|an|all|days|weeks|months|hours)
""",
    "demand": """
i (want|demand|expect|need|deserve|insist) (my|a|an|the|answers) (money|refund|full refund|answer)
i (want|demand|expect|need|deserve|insist) (to be|to know) (money|refund|full refund|answer)
i (want|demand|expect|need|deserve|insist) (you to|compensation|someone) (money|refund|full refund|answer)
i (want|demand|expect|need|deserve|insist) (my|a|an|the|answers) [explanation|apology|compensation|manager]
i (want|demand|expect|need|deserve|insist) (to be|to know) [explanation|apology|compensation|manager]
i (want|demand|expect|need|deserve|insist) (you to|compensation|someone) [explanation|apology|compensation|manager]
i demand|demand*|give (me|us) (my|our|back|a refund)|refund me|refund my|give me my money|where is my|where's my
wheres my|where are my|answer me|reply to|respond to|call me back|get back to me|explain*
sort (it|this|yourselves|your) [out]|fix (it|this|your|the|ur)|do something|do better|take action|right now
immediately|at once|asap|urgent*|this instant|resign*|fire (him|her|them|your|this)|should be fired
needs to be fired|get fired|how about you|when (will|are) you (going to|ever)|when will
why (can't|cant|won't|wont|don't|dont|haven't|hasn't|do you)
why (does your|is it so|are you|would you|the hell|the fuck|is your|is my|am i)
""",
    "blame": """
broke|broken|breaks|not working|doesn't work|doesnt work|does not work|don't work|dont work|stopped working
won't work|isn't working|didn't work|faulty|defective|damaged|crash*|bug|bugs|buggy|glitch*|lost my|lost our
lost luggage|missing|stolen|late|delay*|cancelled|canceled|wrong|incorrect*|mistake*|error*|overcharg*
charged (me|us|twice|double|my)|double charged|overpriced|too expensive|expensive|poor*|bad|badly|terribly|lousy
crappy|shoddy|cheaply|low quality|sloppy|slow|slowest|unprofessional*|unhelpful*|inefficient|unreliable|careless
incompetence|ineptitude|inept|failure*|fail|fails|failed|failing|fiasco|let down|let us down|let me down|messed up
screwed up|fucked up|ruined|ruin|ruins|wrecked|spoiled|spoilt|wasted|refuse*|refusing|denied|no help|not helpful
nobody helps|no service|lack of|lacking|blame*|fault|your fault|because of you|thanks to you|excuse*|problem*|issue*
complain*|complaint*|dirty|filthy|stale|mouldy|moldy|cold food|understaffed|out of order|out of stock|hidden fee*
attitude|arrogan*|aggressiv*|dismissive|hung up|hangs up|not good enough|not acceptable|not ok|not okay|not fair
unfair*|biased
""",
    "letdown": """
disappoint*|let down|letdown|underwhelm*|unhappy|dissatisf*|unsatisf*
not (happy|impressed|great|good|pleased|satisfied|what i expected|convinced|a fan|the best|ideal|amused)|unimpressed
meh|expected (better|more)|expecting (better|more)|could (be|have been|do) better|regret*|sadly|unfortunate*
what a (pity|shame)|pity|too bad|sad|sadness|upset|hurt|worried|worry|gutted|shame that
used to be (better|good|great)|went downhill|downhill|gone downhill|mediocre|confus*|boring|bored|wish (i|you|they)
miss the old|tired
""",
    "intensifier": """
really|so|such|very|too|extremely|absolutely|totally|completely|utterly|literally|seriously|honestly|truly
incredibly|insanely|beyond|freaking|fully|simply|just|even|at all|whatsoever|ever|always|never|nothing|nobody|none
every|all|anymore|any more|by far|hell of|entire|entirely|constantly|fundamentally|such a|an absolute|a complete
a total
""",
    "irony": """
(another|yet another|cancelled|delayed|lost|broken|late again|down again) ... (thanks|thank you|cheers) $
again (thanks|cheers|bravo|well done|nice one) $|slow (clap|claps)|round of applause|surprise surprise|yeah right
sure jan
(thanks|thank you|cheers) [so much|a lot] for (nothing|ruining|wasting|losing|breaking|making me|making us|ignoring
  |the delay|the wait|the spam|cancelling|not|leaving|charging)|thanks (a bunch|a lot for)
way to go|well done (again|on|for)|nice (one|job|work) (again|on|losing|breaking|ruining|guys)|nice (going|try)
(good|great) job (losing|breaking|ruining|on|at|again)|great (another|more|now|start)
bravo (on|for) (losing|another|yet|the)
oh (great|good|joy|wonderful|perfect|brilliant|fantastic|lovely|nice|fab|super)
just (great|what i needed|perfect|lovely)
how (nice|lovely|convenient|wonderful|surprising|kind|thoughtful|professional|charming)
what a (surprise|shock|coincidence)
give (them|yourselves|him|her) a (medal|round)|so much for|must be nice|(gotta|got to) love|real (nice|classy|smooth)
love (how|it when|when|waiting|being|paying|that my|the way) (you|they|i|on|ignored|for|my|the|we|it|a|this)
(congratulations|congrats) (on|for) (losing|being the worst|another|the worst|ruining|yet)|classy (move|as)
five stars for
(brilliant|fantastic) (another|service not|work losing|so|now)|top notch (service|work) (as|not|again)
(stellar|excellent) service as (usual|always|ever)
""",
    "praise": """
bravo|congrat*|well done|great|good job|nice|nicely|perfect*|excellent*|brilliant*|fantastic*|wonderful*|amazing*
awesome*|lovely|love|loved|loving|super|superb*|top notch|outstanding*|genius|champion*|hero*|happy|delighted
pleased|glad|best|impressive|impressed|stellar|flawless*|efficient|first class|five stars|fab|fabulous|terrific
incredible|marvellous|marvelous|spectacular|classy|kudos|props|joy|pleasure|beautiful|stunning|so good|smooth
reliable|helpful
""",
    "failure": """
lost|loses|losing|missing|broke|broken|breaks|breaking|crash*|cancel*|delay*|late|stuck|stranded|down again|is down
been down|went down|outage*|not working|doesn't work|doesnt work|does not work|stopped working|dead on arrival
damaged|smashed|shattered|leaking|leaks|cold|soggy|mouldy|moldy|rotten|expired
wrong (item|size|address|order|colour|color|one)
never (arrived|came|showed|turned up|received|answered|called|replied|delivered|works|work)
not (arrived|delivered|received|refunded|answered)
no (reply|answer|response|refund|heating|water|signal|internet|wifi|seats|parking|explanation|one there|apology)
nobody (answers|answered|replies|there|came)|still (waiting|nothing|no|not|down|broken|pending)|on hold|hold music
(#|two|three|four|five) (hours|hrs|minutes|mins|days|weeks|months) (late|delay|wait|waiting|on hold)
(six|eight|ten|twenty|thirty|forty) (hours|hrs|minutes|mins|days|weeks|months) (late|delay|wait|waiting|on hold)
(#|two|three|four|five) (hours|hrs|minutes|mins|days|weeks|months) (for|to|in|later|without|of)
(six|eight|ten|twenty|thirty|forty) (hours|hrs|minutes|mins|days|weeks|months) (for|to|in|later|without|of)|hung up
hangs up|charged twice|charged me|double charged|overcharg*|price (rise|rises|hike|hikes|increase|increases)
put (the|your|their) prices up
another (delay|outage|update|crash|price|cancellation|breakdown|fee|bug|leak|strike|failure)|ignored|ignoring
unanswered|closed|out of stock|sold out|ruin*|wasted|flooded|burnt|spilled|spilt|next door|neighbour's|neighbor's
in the rain|in a bush|in the bin|empty box|empty|error*|fail*|freez*|frozen|locked out|blank screen|wiped|deleted
disappeared|vanished|traffic|queue*|breakdown|strike
""",
    "mended": """
but|however|although|though|even if|except|nevertheless|still the best|fixed|solved|resolved|sorted|repaired
replaced|replacement|refunded (me|quickly|within|in|right|the same|promptly|straight)|found my|got it back|back up
up and running|working (again|now|perfectly|great|like new)|despite|even though
without [a|any] (problem*|issue*|delay*|hitch*|trouble|wait|waiting)
no (problem*|issue*|delay*|trouble|waiting|wait|queue*|hassle|bugs)
never (had|a|any|an|lost|late|been late|fails|failed|breaks|broke|crashed|crashes|let) [problem|issue|me down|delay]
not (a|one|a single) (problem|issue|delay|bug|complaint)|zero (problems|issues|delays|bugs|wait)
arrived (early|on time|quickly|safely|safe|today|perfectly|in perfect|a day early|ahead)|early
ahead of (time|schedule)|on time|saved (my|the|us|our|me)|helped (me|us|with|out|sort)
for (helping|sorting|fixing|your help|the help|the quick)
for (your quick|your patience|the refund|replacing|resolving|being so|all)|so helpful|came (straight|right) away
put (it|things) right
""",
}
