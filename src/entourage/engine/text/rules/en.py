"""English rules."""

from typing import Final

RULES: Final = {
    "spam": """
(earn|make|win|get) [up to] [$|£|€] # [$|£|€] ... (day|week|month|daily|weekly|hour|from home|online)
(follow|check|visit|subscribe to) (my|our) (page|channel|profile|account|bio|link)
(buy|get|cheap|free) (followers|likes|views|subscribers)|passive income|financial freedom
guaranteed (profit|returns|income|loan)
(crypto|forex|bitcoin|trading|investment) (expert|manager|mentor|signals|platform|account manager|opportunity)
(invest|investing) ... (bitcoin|crypto|forex|mentor)
recover* [your|my|lost|stolen] (lost funds|stolen crypto|scammed|funds|account) ... (hacker|expert|contact|dm)
(text|contact|message|dm|inbox|reach) (him|her|me|us) [up] (on|via) (whatsapp|telegram|signal)
(click|tap) ... (link|here|below)|claim your (prize|reward|gift|free)|you (have|ve) been selected|you have won
congratulations you|spell caster|love spell|promo code ... (link|bio)|use my (code|link|referral)
lose # (kg|lbs|pounds) in|work from home ... (dm|earn|$)|hot (singles|girls)|nudes
personal loan* ... (apply|email|contact)|loan offer|seo (services|expert|agency)|first page of google
web design services|dm ... (shoutout|promotion|promo)|promote it on
""",
    "job_seeker": """
(i'm|i am|we are|im|currently) [currently|actively] (looking|searching|hunting) for ... (job|internship)
(i'm|i am|we are|im|currently) [currently|actively] (looking|searching|hunting) for ... (work|position|role)
(i'm|i am|we are|im|currently) [currently|actively] (looking|searching|hunting) for ... (apprenticeship|placement)
(i'm|i am|we are|im|currently) [currently|actively] (looking|searching|hunting) for ... (opportunity)
(i'm|i am|we are|im|currently) [currently|actively] (looking|searching|hunting) for ... (opportunities|vacancy)
(looking|searching) for (a|an|my first|my next|new) (new|summer) (job|internship|apprenticeship)
(looking|searching) for (a|an|my first|my next|new) [part time|full time|paid] (job|internship|apprenticeship)
(looking|searching) for (a|an|my first|my next|new) (new|summer) (graduate role|role|work placement)
(looking|searching) for (a|an|my first|my next|new) [part time|full time|paid] (graduate role|role|work placement)
(my|a|send|submit|attach* my|drop) (cv|resume|résumé)|cover letter
(apply|applying|applied|application) (for|to) (a|the|your|this|any|one of your) [open] (job|role)
(apply|applying|applied|application) (for|to) (a|the|your|this|any|one of your) [open] (position|internship|vacancy)
(apply|applying|applied|application) (for|to) (a|the|your|this|any|one of your) [open] (post|opening|scheme)
(apply|applying) (for|to) (a|the|your|this|any|one of your) [open] (programme|program|apprenticeship)
(applied|application) (for|to) (a|the|your|this|any|one of your) [open] (programme|program|apprenticeship)
how (do|can) i apply|where (do|can) i apply
(are|r) (you|u|yous|you guys) [currently|still|guys] (hiring|recruiting|taking on|looking for staff)|you hiring
(any|have|do you have) [any] [current|open] (vacancies|job openings|openings|job vacancies|internships|internship)
(any|have|do you have) [any] [current|open] (apprenticeships|jobs going|jobs available)
(any|have|do you have) [any] [current|open] (positions available|roles available|summer jobs)
(job|career|internship|graduate) (opportunity|opportunities|vacancies|openings|interview|application|fair)
work experience [placement]|(work|working) (for|at|with) (you|your company|you guys)
join (your|the) (team|company|staff)|(my|the) (interview|application) [with you] (was|is|went|status|on)
hiring manager|hr (department|team|contact)|recruitment team|recruiter*|careers page|student job|summer job
seasonal (job|work|staff)|(take|taking) (on) (interns|apprentices|students)
""",
    "press_partner": """
(freelance|local|tech|food|fashion|business) (journalist|reporter)
i'm a (journalist|reporter|blogger|influencer|content creator|creator)
i'm a (podcaster|youtuber|streamer|producer|researcher|writer)
i am a (journalist|reporter|blogger|influencer|content creator|creator)
i am a (podcaster|youtuber|streamer|producer|researcher|freelance writer|writer)
(journalist|reporter|producer|editor|researcher|correspondent) (at|for|with|from|working)
(press|media) (contact|office|officer|enquiry|enquiries|inquiry|inquiries)
(press|media) (kit|team|pass|accreditation|request|release|relations)|(an|for an|do an|quick|short) interview
interview (you|your (ceo|founder|team|head)|someone)
for (an|a|our|my) (article|story|piece|feature|podcast|documentary|newspaper|magazine|segment)
(request|comment|statement) for (comment|a story|an article)|would like a comment
(partner|partnering|collaborate|collaborating|collab) with (you|your|us)
(a|potential|possible|for|about) (partnership|collaboration|collab|sponsorship|co branding|joint venture)
(propose* a|discuss a|brand|discuss|explore a) (partnership|collaboration|collab)
(propose* a|discuss a|brand|discuss|explore a) (sponsorship|co branding|joint venture)|partnership*
sponsor (our|my|us|a|the)|sponsorship*|(brand|become an|become a brand|be an) ambassador*
affiliate (program|programme)|media partner*|we are (a|an) (charity|agency|startup|start up|festival)
we are (a|an) (media|magazine|non profit|association|podcast|production company)
pr (team|agency|contact|package|list)|feature (you|your (brand|product|company)) (in|on)
guest on (our|my) (podcast|show)|ugc creator
""",
    "contest_entry": """
(i'm|im|i am|count me) in [for the] [win|draw|giveaway]
(entering|entered|enter) (the|this|your) (giveaway|contest|competition|draw|raffle|sweepstake*)
my (entry|answer is|guess is)|(i|we) (want|would love|'d love|hope|need) to win|(would love|love) to win
hope (i|we) win|pick me|fingers crossed|good luck (everyone|everybody|all)
(liked|followed|shared|tagged|retweeted|done|following|subscribed) [and] (liked|followed|shared|tagged)
(liked|followed|shared|tagged|retweeted|done|following|subscribed) [and] (retweeted|commented|following|subscribed)
(liked|followed|shared|tagged|retweeted) (liked|followed|shared|tagged|retweeted|and)
(rt|retweeted|like) [and] (follow|followed|followed you|like|rt|retweeted)|^ answer [is] (a|b|c|d) $
^ [the] answer [is|is it] [the] (a|b|c|d)|(it's|its|i say|i'd say|my answer is|answer is) (a|b|c|d) $
(great|amazing|awesome|lovely|fab) (giveaway|prize|prizes|competition|contest|comp)
(fabulous|brilliant|nice|wonderful|cool) (giveaway|prize|prizes|competition|contest|comp)
thanks for the (giveaway|chance|comp|competition|contest)|(thank you|thanks) for the chance|(chance|like) to win
pick a winner|winner announced|the giveaway|this giveaway
""",
    "sales_lead": """
(get|send|give|have|need) [me|us] (a|an|your) (quote|quotation|price list|pricelist)
(want|like|request|provide|quick|for) [me|us] (a|an|your) (quote|quotation|price list|pricelist)
(get|send|give|have|need|want|like|request|provide|quick|for) [me|us] (a|an|your) (estimate|brochure|demo|rate card)
(bulk|wholesale|corporate|trade|volume|group) (order|orders|price|prices|pricing|discount|discounts)
(bulk|wholesale|corporate|trade|volume|group) (account|rate|rates|purchase|enquiry|booking|gifts|gift)
(price|pricing|cost|quote|rate) (for|on) (#|a hundred|fifty|twenty|bulk|a team)
(price|pricing|cost|quote|rate) (for|on) (a group|our company|our office|businesses|enterprise|multiple)
(order|buy|need|purchase|supply) # (units|pieces|of these|boxes|licenses|licences|seats|bottles|copies)
(speak|talk) (to|with) (someone in|your|a) (sales|salesperson|sales rep|sales team)
sales (team|rep|contact|department)|stock your (products|brand|range)
(become|be) a (stockist|reseller|distributor|retailer)|reseller*|distributor*
for (our|my) (office|company|team|business|wedding|corporate event|event)|(business|enterprise|team) plan
private hire|(ready|want|looking|would like|interested) to (buy|order|purchase|book|sign up|subscribe)
interested in (buying|ordering|purchasing|your (services|products|offer))
""",
    "idea": """
(you [guys] (should|could|might)|why (don't you|not)|have you [ever] (thought|considered)|i wish (you|there|the app
  |it))
  [please|really|also|maybe] (make|add|sell|offer|do|create|launch|bring|release|consider|try|start|open|about|of
  |introduce|put|let|had|made|sold|could|would|was|were)
would be [so|really] (great|nice|cool|awesome|good|lovely|amazing|handy|helpful|useful|brilliant|perfect) (if|to
  |having)
(it'd|that'd) be [so] (great|nice|cool|awesome|good|lovely|amazing|handy|helpful) (if|to|having)
(i'd|i would|we'd|would) love (to see|it if) [you] [make|add|sell|offer|a|an|the|more|some]|would love a version
(an|my|quick|small|one|got an|have an|here's an) (idea|suggestion)|suggestion*|feature request*
idea for (a|you|your|the|new)
(please|pls|plz) (add|bring back|consider|make a|introduce|do a|create|release) [a|an|the|some|more]
bring back (the|your)
(how|what) about (a|an|adding|making|selling|doing|some) ... (version|option|size|flavour|flavor|mode|colour|color)
you need to (make|add|bring|sell) (a|an|the|more)
""",
    "thanks": """
^ (thank you|thanks|thx|ty|cheers|many thanks|much appreciated|big thanks|huge thanks|ok thanks|great thanks)
  [a lot|a million|so much|very much|again] [guys|all|team|everyone] $
^ (perfect|brilliant) (thanks|thank you) $
(thank you|thanks) [so much|a lot|again|very much|guys|all] for (your|the|all your|such|this|that)
  [quick|prompt|fast|kind|great|amazing|swift|speedy|helpful]
  (help|reply|response|support|assistance|advice|service|patience|answer|info|information|update|refund|replacement
  |kindness|time|effort|guidance|tip|tips)
(thank you|thanks) [so much|a lot|again] for (helping|sorting|fixing|replying|responding|getting back|answering
  |resolving|solving|looking into|listening|explaining|replacing|being so|taking the time|everything|calling back)
(sorted|fixed|resolved|solved|working) [now] (thank you|thanks|cheers|many thanks)
(shout out|kudos) to|(big|huge|massive|special) (thanks|thank you) to
(really|very|much|so) (appreciate|grateful|appreciated)
i appreciate (it|your|the|you)|grateful (for|to)
""",
    "how_to": """
how (do|can|should|would|does|could) (i|you|we|one|it|this|u|people)|how to
(is there|is there any|any) (way|trick|tutorial|guide|video|instructions|manual|tips) (to|for|on|how|that)
(user|instruction) (manual|guide)|instructions (for|on|to)|step by step|walk me through
(can|could|may|should|do) (i|you|we) [safely|also|still|just|need to] (wash|use|put|freeze|heat|reheat)
(can|could|may|should|do) (i|you|we) [safely|also|still|just|need to] (microwave|clean|mix)
(can|could|may|should|do) (i|you|we) [safely|also|still|just|need to] (store|wear|install|connect)
(can|could|may|should|do) (i|you|we) [safely|also|still|just|need to] (pair|charge|set|change|turn|switch|reset)
(can|could|may|should|do) (i|you|we) [safely|also|still|just|need to] (cook|drink|combine|apply|recharge|leave|keep)
(what|which) (temperature|setting|dose|dosage|size battery|cycle|mode|amount|settings)
how (much|many|long|often|hot) (should|do|does|can|to|water|time|per|before|will|must)
(dishwasher|microwave|oven|machine) safe|compatible with|work with (my|an|a|the)
where (do|can) i (find|change|turn|see|download|set|enter|plug|put|access) [the|my]
""",
    "defect": """
(doesn't|does not|won't|will not|don't|isn't|not|stopped) (work|working|turn on|turning on|charge|charging|open)
(stops|never|keeps not|quit|doesnt|wont|dont|isnt) (work|working|turn on|turning on|charge|charging|open)
(doesn't|does not|won't|will not|don't|isn't|not|stopped) (opening|load|loading|start|starting|connect|connecting)
(stops|never|keeps not|quit|doesnt|wont|dont|isnt) (opening|load|loading|start|starting|connect|connecting)
(doesn't|does not|won't|will not|don't|isn't|not|stopped) (close|heat|heating|fit|sync|syncing|respond)
(doesn't|does not|won't|will not|don't|isn't|not|stopped) (responding|play|print|switch on|power on|hold|spin|close)
(stops|never|keeps not|quit|doesnt|wont|dont|isnt) (close|heat|heating|fit|sync|syncing|respond)
(stops|never|keeps not|quit|doesnt|wont|dont|isnt) (responding|play|print|switch on|power on|hold|spin|close)
(arrived|came|is|was|are) [already|all|completely|just|badly] (broken|damaged|faulty|defective|cracked)
(were|already|turned up|now|got) [already|all|completely|just|badly] (broken|damaged|faulty|defective|cracked)
(arrived|came|is|was|are) [already|all|completely|just|badly] (smashed|dented|torn|leaking|ripped)
(were|already|turned up|now|got) [already|all|completely|just|badly] (smashed|dented|torn|leaking|ripped)
(arrived|came|is|was|are) [already|all|completely|just|badly] (scratched|mouldy|moldy|expired|dead)
(were|already|turned up|now|got) [already|all|completely|just|badly] (scratched|mouldy|moldy|expired|dead)
(arrived|came|is|was|are) [already|all|completely|just|badly] (bent|chipped|missing a|unusable|rusty|peeling)
(were|already|turned up|now|got) [already|all|completely|just|badly] (bent|chipped|missing a|unusable|rusty|peeling)
(broke|snapped|cracked|died|exploded|leaked|melted|rusted|shrank|faded) (after|within|in|on|the first|already)
(broke|snapped|cracked|died|exploded) (as soon|when|today|yesterday|again|last|in my)
(leaked|melted|rusted|shrank|faded) (as soon|when|today|yesterday|again|last|in my)
(ripped|tore|peeled|failed|burnt out) (after|within|in|on|the first|already)
(blew up|fell apart|fell off|came off|stopped) (after|within|in|on|the first|already)
(ripped|tore|peeled|failed|burnt out) (as soon|when|today|yesterday|again|last|in my)
(blew up|fell apart|fell off|came off|stopped) (as soon|when|today|yesterday|again|last|in my)
(keeps|keep|constantly|always) (crash*|freez*|disconnect*|breaking|leaking|dying|buffering|stopping)
(keeps|keep|constantly|always) (logging|restarting|overheat*|beeping|glitch*|turning off|cutting out|jamming)
(app|site|website|update|software|page) ... (crash*|broken|down|buggy|freezes|frozen|glitch*)
(error|fault) (message|code)|factory (fault|defect)|manufacturing (fault|defect)
(faulty|defective|malfunction*|leaks|leaking|overheats)|(black|blue|blank|frozen) screen
(falling|fell|come|coming|came) (apart|off)
(found|there's|there was|with) (a|an) (hair|insect|bug|worm|piece of plastic|piece of glass|mould|mold) in
""",
}
