# ruff: noqa: E501 one phrase a line, however long: a phrase broken in two can no longer be searched
"""What is said of a complaint that is already with us: its answer, its next stage, its progress."""

from __future__ import annotations

from correspondence.intake.wording.phrasebook import family

STAGE_TWO = family(
    "stage_two",
    "asks for the next stage or a review",
    """
    (to|at|for|under|request|requesting|a|into|go|want|now|start|begin|take|move|have|as|is|my|our|formal|need) (a |the |your )?(stage 2|stage two|second stage|stage-2|stage-two|stage ii|2nd stage|final stage|next stage)
    (escalat*|escalation)
    take (this|it|my complaint|the complaint|things|the matter|that|her complaint|his complaint) (further|to (stage|the next|stage 2|appeal|review))
    (take|taking|taken|go|going) (this |it |the matter )?further
    (request|requesting|want|ask|asking|seek|like|apply|demand|need|wish) (for )?(a |an |my |the |to have |you to |that |it |this |your |to )*(review|reviewed|reconsider*|re-?investigat*|looked at again|looked into again|look at (it|this) again|second look|reopen*|re-open*|appeal*|fresh look|independent review)
    (ask|asking|request|requesting) .. (to be |be )?(review|reviewed|reconsidered|looked at again)
    (review|reconsider|revisit|re-examine|rethink) (of |my |the |your |this |that |our |her |his |it )*(complaint|decision|outcome|response|findings|case|conclusion|offer|stage|answer|matter)
    (i|we) (wish |want |would like |'d like |intend |hereby |now )*(to )?appeal
    appeal(ing)? (against |the |your |this |that |to )*(decision|outcome|response|finding*|stage|answer|complaint)
    (re-?open|reopen) (my|the|this|our|her|his|that|it)
    (look|looked|looking) (at|into) (it |this |my complaint |the complaint |things |that |everything |the whole thing )?(all )?(again|afresh|by (someone|somebody|a different|another) (else|senior|independent|person|officer|manager)?)
    (second|fresh|another|proper) look
    (someone|somebody|a manager|a person|anyone) (more senior|senior|else|higher|above|independent|different|who is not) .. (look*|review*|deal|investigat*|read|consider*|decide)
    (higher up|next (stage|level|step|person|one up)|somebody above|someone above|whoever is next|next (rung|tier)|(up|to) (a|the next|another) (level|stage|tier)|take it (up|higher|on)|over your head|head of (service|complaints|housing))
    (not|isn't|am not|won't be) (leaving|letting|dropping) (it|this) (there|here|go|at that|rest)
    (not|isn't) (the )?end of (it|the matter|this)
    review panel
    stage two please
    (wants|wishes|want|wish|ask|asks|like) to (go|take it|take this|take things) (any )?further
    (looked|look|looking) (at|into) (it |this |the decision )?(once more|again)
    (like|want|wants|wish|need|needs|prefer|requests?|asks? for) (a |the |you to )?(stage 2|stage two|second stage)
    (like|want|wish|ask|need|request|must) .. (to be |be )?(reviewed|reconsidered|gone into|looked into|reopened|considered) (again|afresh|anew|by (someone|somebody|another|a different))
    (like|want|wish|ask|need) (my|the|this|our|that) (complaint|case|matter|decision) .. reviewed
    (gone into|looked into|considered|dealt with) (again |afresh )?by (someone|somebody) (else|senior|other|different|independent)
    (considered|looked at|examined|gone into) (afresh|anew|once more)
    (reviewed|looked at|decided) by (someone|somebody) (not|who|other|else|outside|above)
    (who|whom) (looks at|decides|considers|deals with|do i ask|do i write to|do i go to) (it |this |them )?(next|after you|after that|above you)
    (send|pass|put) (me|it|this|us) (up|on up|higher) (to|the)
    (ask|asking|want|like) .. (one more person|the next person|a (higher|senior|second) person)
    (looked|look) at (again )?by your (manager|boss|director|senior*)
    (please|kindly|glad if you would|would you|you to) (think|look) again
    (gone|go|going) into (it |this )?(again|afresh)
    (what happens next|the bit at the bottom|the bit at the end|the last page|the last paragraph) .. (i'm|i am|i) (doing|using|taking)
    """,
    weight=2.0,
    negatable=True,
)

STAGE_TWO_UNDERWAY = family(
    "stage_two_underway",
    "speaks of a stage 2 review already under way",
    """
    (your|the|my|our) (stage 2|stage two|second stage) (acknowledgement|acknowledgment|review is|review was|review has|complaint is|request was|request has|case|panel|hearing|meeting|interview|investigation|investigator|officer|visit|response is|response was due|reply|deadline|answer|due|decision)
    (review|stage 2|stage two|escalation) (has been|had been|was|is|have been) (accepted|acknowledged|under way|underway|confirmed|being|logged|allocated|opened|registered|in hand|with)
    (you|ms|mr|mrs|she|he|they) (have |has )?(confirmed|accepted|acknowledged|said|wrote) .. (request|escalation|review|stage 2|stage two)
    (while|during|as part of|for|in|pending) (the|my|your|our|a) (stage 2|stage two|review|second stage)
    (i|we|had|have|recall i) (already |had |have )?(asked|applied) for (a |the )?(stage 2|stage two|review)
    at stage (2|two) (now|already|since|and|with|,)
    (accepted|acknowledged|logged|opened) (it |this |my complaint )?(at|as|for|to) (stage 2|stage two|review)
    stage (2|two) (extension|update)
    (confirming|accepting|acknowledging|logging|opening|agreeing) (my |the |to |a )*(stage 2|stage two|review|escalation)
    """,
    weight=2.0,
)

OUR_ANSWER = family(
    "our_answer",
    "speaks of the answer we gave",
    """
    (stage 1|stage one|stage-1|stage-one|first stage|stage i|formal|complaint|complaints|final|official|written) (response|decision|reply|answer|outcome|letter|investigation|report|finding*|conclusion*|result|complaint response)
    (your|the|this|that|her|his|mr .|ms .|mrs .|council's) (stage 1 |stage one |recent |latest |so-called |so called |formal |final |full |written |careful |long |official |complaint |complaints )*(response|decision|reply|answer|outcome|findings|conclusion*|verdict|result|determination|ruling) (letter |to |of |dated |on |is |was |says |said |that |does |did |states |does |fails |misses |simply |ignores |and |, |from |in |which |about |at |i |has |just |wrong)
    (response|reply|answer|decision|outcome) (to|of|on|about|regarding) (my|our|the|her|his|this|that|your|mum's|dad's|mother's|father's) (complaint|stage|case|concerns|grievance)
    (your|the) (letter|email|reply|response|decision|answer|report|outcome) (of|dated|from) (the )?(#|@|monday|tuesday|wednesday|thursday|friday|last|january|february|march|april|may|june|july|august|september|october|november|december)
    (you|your letter|the letter|it|your reply|the response|the answer|your response|letter|she|he|the report|your answer) (say*|said|state*|claim*|conclude*|found|wrote|write|mention*|told) (that |you |i |we |he |she |they |the |it |there |my |in |this |our |your |no )
    (partially |partly |not |only partly |only partially )?upheld
    (find|found|finding) no (fault|failing*|failure|service failure|evidence)
    (you|it) (wrote|write|say|said|says|found|conclude|concluded|decided) .. (no (failing|fault|service failure|evidence)|was (reasonable|correct|appropriate|followed)|not upheld|within (target|policy))
    (upheld|uphold) (my|the|our|in part|some)
    (got|had|received|read|reading|have|seen) (your|the) (answer|decision|response|reply|outcome|letter|findings|email)
    (offer|offered|offering|award*) (of |me |us |you |her |him |made |a |only |just |the |an |0)*(compensation|goodwill|gesture|redress|apology|vouchers|sum)
    (goodwill|compensation) (gesture|payment|offer|of|award)
    (your|the) (offer|apology|goodwill|compensation offer|award)
    """,
    weight=1.0,
)

REJECTS_ANSWER = family(
    "rejects_answer",
    "does not accept the answer given",
    """
    (not|still not|un|never|far from|nowhere near|hardly) (at all |entirely |fully |really |very |remotely |yet )?(happy|satisfied|content|pleased|accept*|convinced|agree*|dissatisfied|resolved|settled|good enough) (with|by|at|that|of|about|to|in) (your|the|this|that|how|my|what|it|any|a word|his|her|stage|a lot)? ?(stage|response|decision|reply|answer|outcome|result|findings|conclusion*|letter|offer|explanation|way|investigation|verdict|you|was|is|complaint|apology)
    (unhappy|dissatisfied|disappointed|disagree|disgusted|angry|appalled|upset|unimpressed|not satisfied|not happy) (with|by|at|about|over) (your|the|this|that|how|my|both|what|all of) (stage |response|decision|reply|answer|outcome|result|findings|conclusion*|letter|offer|explanation|investigation|verdict|first|official|so called|final|formal|complaint|report|you (say|said|wrote|found|decided|concluded))
    (don't|do not|cannot|can't|won't|will not|could not|couldn't|not|refuse to|never) (agree|accept|recognise|think (it|that|you|this|the)|consider|believe (it|that|you|this)|regard|see how|see that|understand how) (with |that |this |your |the |it |any |a |what |how |is |was |have |has |deals |to |of |resolves |as |you |can |word |for |anything )*(response|decision|reply|answer|outcome|result|findings|finding|conclusion*|letter|offer|explanation|verdict|word|apology|resol*|find|fair|right|it|you|said|say|this|that|properly|single|adequate|account)?
    (i|we) (strongly |completely |totally |still |respectfully |wholly |must |entirely |also )?(disagree|dispute|reject|contest|challenge|refute|refuse)
    (remain|remains|remained|am still|are still|is still|still|even more|more) (very |deeply |just as |as |extremely |so |wholly |utterly )?(unhappy|dissatisfied|not happy|not satisfied|unsatisfied|angry|upset|disappointed|aggrieved|unconvinced|not convinced|un)
    (not having (that|it|this|any of it)|having none of it|won't wash|doesn't wash|not on your nelly|pull the other one|you must be joking|you're having a laugh|what a load of|load of (rubbish|nonsense|tosh|waffle|old)|not good enough|rubbish|whitewash|cop out|cop-out|cover up|cover-up|nonsense|nope|insult*|derisory|paltry|pittance|laughable|a joke)
    (you|your (letter|reply|response|answer|investigation|decision|report)|response|letter|reply|answer|it|investigator|the officer|report) (have |has |had |still |simply |completely |also |just )*(not |never |n't |doesn't |does not |hasn't |has not |didn't |did not |fails? to |failed to |ignored? |misses? |missed |left out |glossed |skipped |dodged |brushed )(even |been |actually |properly |mention* |answer* |address* |deal* |dealt |look* |considered |explain* |spoke* |speak |ask* |say |said |at all |over |the |my |half |most |everything |my point*|touch* |cover* |respond* |investigate* |consider* |taken )
    (you|you've|they|she|he|it|your) (have |has |are |is |letter |answer |response )?(got |gotten |made )?(it |this |that |the facts |the dates |several things |things |your facts |most of it |a mistake |an error |wrong )*(wrong|incorrect|inaccurate|factually|untrue|not true|false|a lie|mistaken)
    (is|are|was|were|that's|it's|which is|this is) (simply |just |plainly |completely |totally |not |factually |utterly |demonstrably |quite |flatly )*(untrue|not true|incorrect|inaccurate|wrong|false|not correct|not what happened|not the case|a lie|factually wrong|not right|nonsense|contradict*|misleading)
    (never|not) happened
    not (accepted|agreed)
    (not|far from|never) (at all |entirely |in the least )?(persuaded|convinced|reassured)
    thank you but no
    (if|that) (i am|i'm|i was|we are) not (content|satisfied|happy) .. (i'm not|i am not|we're not|we are not|so)
    (you've|you have) got me down as
    unable to (agree|accept)
    (does not|doesn't|do not|don't) (agree|accept|recognise)
    (isn't|is not|not) happy to (leave|let)
    (you've|you have|it has|your letter has) answered .. (complained|asked|wrote) about
    (answered|looked at|dealt with|investigated) the wrong (thing|question|complaint|room|address|job|date)
    (you|it|your letter|the letter|the reply|your reply) (did not|didn't|does not|doesn't|do not) (deal with|answer|mention|address|say anything|cover|touch)
    (you|your letter|it|the letter) (answers?|answered|dealt with|deals with|mentions) (only )?(one|half|some|none|two) of
    (finding|conclusion|decision|outcome|response|stage 1) .. (unsafe|flawed|unsound|falls away|wrong|perverse)
    you (dealt|deal) with .. (but|you did not|not)
    (the part|what|one thing|the bit) i (cannot|can't|don't|do not|won't) (accept|agree|understand|believe)
    (doesn't|does not|didn't|did not|hasn't|has not|don't) (resolve|solve|answer|address|deal with|explain|change|settle|satisfy|cover|reflect|go far enough|put (it|things|this) right|fix|mention|begin to)
    (offer|apology|compensation|amount|sum|payment|award|#) .. (is |was |isn't |doesn't |does not |not |too |nowhere |an )*(insult*|derisory|enough|low|near|cover|reflect|inadequate|paltry|joke|unacceptable|small|insufficient|accept)
    (turn|turning) (down|it down) .. offer
    (reject|decline|refuse) (your|the|this|that) (offer|findings|decision|response|conclusion*|outcome)
    (still|again) (think|feel|believe|say|maintain) .. (wrong|right|fair|complaint|case|should)
    think again
    i (want|wanted|expected) (more|better|a proper|the truth|an answer)
    (actions|work|works|repairs|things|nothing|what|promises|none) .. (promised|agreed|in your (letter|response|reply)|you said) .. (not|never|hasn't|haven't|still|nothing|have not|has not)
    """,
    weight=1.5,
)

OPEN_CASE = family(
    "open_case",
    "speaks of a complaint or case already open",
    """
    (my|our|her|his|this|the|above|existing|current|open|ongoing|original|previous|earlier|first|mum's|mother's|dad's|father's) (stage 1 |stage 2 |stage one |stage two |open |existing |ongoing |current |formal |original |recent |housing |last )*(complaint|case)( (number|no|ref|reference|is|was|about|of|with|file|under|from|against|which|i|dated|and|has|had|that|to|please|,))?
    (complaint|case|your|our|ref|reference) (ref|reference|number|no|id)
    (complaint|case) (handler|officer|investigator|manager)
    (put|made|raised|sent|lodged|logged|submitted|opened|registered|put in|have) (a|my|the|our|this) (formal )?complaint (in |on |about |to |with |last |with you |at |which |and |a |two |three )
    (acknowledg*) (of |my |received |letter |email |the |dated )*(complaint|received|letter|email|of|from|with|on)
    (holding|acknowledgement|acknowledgment) (letter|email|reply)
    (complaint|case) (was |is |has been |being )?(opened|logged|allocated|assigned|with you|being looked|being investigated)
    (thank you|thanks) for (your|the) (acknowledgement|acknowledgment|letter|email|update|holding|reply|response|call|message|phone call|voicemail)
    """,
    weight=1.0,
)

PROGRESS = family(
    "progress",
    "asks how the case is getting on",
    """
    any (news|update*|progress|word|further|movement|idea when|sign)
    (update|progress|news|latest) (on|about|regarding|with|for|from|please|re)
    (an|the|some|for) (update|progress report)
    (what|how) (is|'s|are) (happening|going on|it going|the (latest|progress|position|state|status)|things|we|you getting|it getting|my complaint|the case)
    where (are|is|do|does|'s) (we|things|it|my|this|the|you|that|our) (with|up|stand|got|at|gone|complaint|response|reply|now)
    when (can|will|am|are|is|do|should|might|shall|would) (i|we|you|it|someone|the|my|your|somebody) (expect|hear|get|have|receive|likely|going|be|respond|reply|answer|decision|response|due|hoping|know)
    (has|have) (anyone|anybody|someone|you|there been|the|it) (looked|had|read|listened|received|got|made|decided|had a chance|been (any|a|looked|received)|managed|come|reached|had time|any|investigator)
    (is|are) (there|you|it|my) (any|still|going|an|being|complaint|on) (news|update|progress|further|looking|dealing|with|track|investigated|closer)
    (just )?(checking|wondering|check|checking in|following up|chasing up|chasing) (if|whether|on|how|that|in|when|what|up|the|my|about)
    (hear|heard) (back|anything|from you|from anyone|by)
    (look forward|looking forward) to hearing
    status (of|update)
    """,
    weight=1.0,
)

SUPPLIES = family(
    "supplies",
    "sends or answers what we asked for",
    """
    (as|which|that|you) (requested|promised|asked|discussed|agreed)( (please|for|by|in|here|,))?
    (you|your colleague|mr .|ms .|mrs .|she|he) (asked|requested|wanted|wrote asking|needed|said you needed) (me |us |for |to |whether |if |what |when |about |a |the )
    (here|attached|enclosed) (is|are|'s) (the|my|our|a|some|copies|two|three|four|more|all|photo*|pictures|those|further|what|answers|his|her|as)
    (i|we) (attach|enclose|am attaching|have attached|am sending|'ve attached|am enclosing|'m sending|have enclosed|send|forward)
    (please )?(find|see) (the |my )?(attached|enclosed|below|answers)
    (photo*|pictures|evidence|receipts|diary|log|recordings|statement|letter|report|documents|form|copies|bill|invoice|video*|screenshot*|dates|consent) (attached|enclosed|as requested|you asked|below|to follow|you wanted|requested)
    (in|to) (answer|reply|response) to (your|the|you) (question*|email|letter|query|queries|request|call|message)
    (answer|answers|reply|replies|response) (to your|to the|below|as follows|are below|in|to) (question*|query|queries|)?
    (further|following|with reference|with regard|regarding|in reference|re) (to )?(our|your|the) (conversation|call|phone call|telephone|chat|discussion|meeting|visit|request|letter|question*|email)
    (add|forward|put|attach|include|sending|send) (this|these|them|it|the following|further) (to|on|with|for|in) (my|the|our|your|his|her) (file|case|complaint|records|evidence|investigation)
    (more|further|additional|new|extra) (evidence|photos|information|photographs|pictures|details|documents)
    for (your|the|my|our) (file|records|investigation|information|reference)
    (sorry for the delay|apologies for the delay) (in )?(sending|replying|getting|responding)
    """,
    weight=1.0,
)

ACCEPTS = family(
    "accepts",
    "agrees with what we offered or proposed",
    """
    (i|we|she|he|happy|glad|willing|content|prepared|pleased|ok|fine|agree|would|will|can) (to |am |'m |are |do |would |will |have |be |happy |agreed |decided )*(accept|agree|agreeing|accepting)( (to|with|the|your|that|this|an|it|offer|extension|£))+
    (accept|agree|accepted|accepting|agreeing|agreed) (to |with |the |your |that |this |an |a |it |those |these |of )*(offer|extension|extra|proposal|compensation|goodwill|payment|terms|new date|date|longer|more time|£|remedy|settlement|outcome|decision|apology|time|plan|appointment|actions|#)
    (happy|satisfied|pleased|content|fine|ok|okay|grateful) (with|for|about) (the|your|that|this|how|what) (outcome|offer|response|proposal|extension|decision|resolution|result|extra|new date|plan|way (it|this) (was|has been)|answer|reply|extra time)
    (no problem|no objection|don't object|do not object|don't mind|do not mind|no issue|that's fine|that is fine|fine by me|fine with me|ok with me|okay with me|all right with me|alright with me|suits me)
    take (what|all the|as much|as long|your) (time )?(you|as|need)
    (consider|treat|regard) (the|my|this) (matter|complaint|case) (as )?(closed|settled|resolved)
    (call|calling) it quits
    (consider|regard|treat|take) .. (settled|closed|resolved|concluded|finished)
    (won't|will not|shall not|shan't|not going to|don't intend to|do not intend to) (be )?(take|taking|go|going|pursue|pursuing) (it |this |the matter |matters |things )?(any )?(further|to stage|to the next|on)
    (i am|i'm|we are|we're) (now |quite |perfectly |entirely |more than |well |fully )*(content|satisfied)
    fair play to
    (gone|went|looked) into it (properly|thoroughly|fully)
    offer .. (accepted|acceptable)
    (bank|account) details (are|for|to|below|as|so|attached)
    sort code
    (all )?(looks|sounds) (right|good|fine|fair|ok|sensible|correct)
    """,
    weight=1.5,
    negatable=True,
)

DECLINES = family(
    "declines",
    "declines what we offered or proposed",
    """
    (decline|turn down|refuse|don't want|do not want|reject|not accept|can't accept|cannot accept|not accepting|say no to|don't agree to|do not agree to|not agree to|object to|unable to accept) (to |the |your |that |this |an |of |any |a )*(offer|extension|compensation|payment|goodwill|money|proposal|extra time|delay|longer|voucher*|appointment|£|remedy|more time|decoration)
    """,
    weight=1.5,
)

WITHDRAWS = family(
    "withdraws",
    "withdraws the complaint",
    """
    (withdraw|withdrawing|withdrawn|retract|cancel|drop|dropping|close|stop) (it|my|the|this|our|her|his|that|that one|everything)( (formal|housing))?( (complaint|case|please|now|stage|request|off|if|as))?
    (no longer|don't|do not) (wish|want|need) (to )?(pursue|continue|proceed|carry on|go (on|ahead)|take it|you to (look|investigate|continue))
    (take|consider) (it|the complaint|my complaint) (as )?(withdrawn|closed)
    no (further action|need to (investigate|look|do|take|spend|carry|reply|go)|longer necessary)
    """,
    weight=2.0,
    negatable=True,
)

ADDS = family(
    "adds",
    "adds to a complaint that is open",
    """
    (add|adding|include|added|append|put|attach) (this |that |these |it |another |one more |a |the following |something |something else |two |an additional |further |also )*(thing |point |points |matter |issue |item |incident |date |information |to |into |on |onto |in |with |for )+(my|our|the|this|existing|her|his|above|that) (existing |open |ongoing |current |stage 1 |stage one |original )?(complaint|case|file|list|ticket)
    (another|one more|a further|something else|an extra|new) (thing|point|matter|issue|incident) (to add|for|about|on|i forgot|for my|since i)
    forgot to (mention|say|include|add|tell)
    (additional|further) (point|complaint|matter|issue|information) (to|for|in|on|regarding)
    (update|addition|addendum|postscript) to my complaint
    """,
    weight=1.5,
)

CHANGES_DETAILS = family(
    "changes_details",
    "changes their details, or how and when to reach them",
    """
    (new|changed|change of|different|my) (my |phone |mobile |telephone |email |contact |home )*(number|address|mobile|email|details|phone)( (is|now|to|has|from|,))* (now|changed|#|new|is)
    (changed|change) (my|our|her|his) (mobile|number|phone|email|address|details|surname|name)
    (use|write|reply|send|ring|call|contact) (to )?(this|me on|me at|my new) (address|number|email|mobile|instead)
    (i|we) (will|'ll|shall|am|are|'m) (be )?(away|abroad|on holiday|in hospital|at my|out of the country)
    (please )?(send|post|email|write|direct) .. (to this (address|email)|by email|by post|to my (daughter|son|sister|mother))
    """,
    weight=1.0,
)

NEW_MATTER = family(
    "new_matter",
    "raises something apart from the case that is open",
    """
    (different|separate|another|new|unrelated|other|second) (thing|matter|issue|problem|complaint|subject|point entirely)( (entirely|altogether|now|though|and|is|here|i|which|,|:))?
    (not|isn't|nothing to do) (part of|connected|related|to do with|with|about) (to |with )?(my|the|that|this|our) (complaint|case|other|last|open|existing)
    (something|one thing) else( (entirely|though|now|has|i|that|happened|while|,|is))?
    (while|whilst|since|as) (i have you|i'm (writing|here|at it)|i am (writing|here)|you're there)
    (also|separately|in addition|on top of (that|this)) (i|we|the|there|my|can|could|please|now)
    (unrelated|separately)
    """,
    weight=1.0,
)

FAMILIES = (
    NEW_MATTER,
    STAGE_TWO,
    STAGE_TWO_UNDERWAY,
    OUR_ANSWER,
    REJECTS_ANSWER,
    OPEN_CASE,
    PROGRESS,
    SUPPLIES,
    ACCEPTS,
    DECLINES,
    WITHDRAWS,
    ADDS,
    CHANGES_DETAILS,
)
