# ruff: noqa: E501 one phrase a line, however long: a phrase broken in two can no longer be searched
"""What institutions, trades and machines say of themselves and of what they send."""

from __future__ import annotations

from correspondence.intake.wording.phrasebook import family

ABSENCE = family(
    "absence",
    "is an automatic reply while somebody is away",
    """
    (out of (the )?office|on (annual |maternity |sick |paternity |study )?leave|away from (my desk|the office|my email*|work)|not in the office|on holiday)
    (i am|i'm|i will be|we are|i'll be) (currently |now )?(away|out|on leave|on annual|on holiday|not (checking|reading|monitoring)|unable to (read|access))
    (limited|no|intermittent|little) access to (my )?(email*|e-mail*|messages)
    (will|i'll|i shall) (reply|respond|get back|deal with (your|this)|answer|read) .. (on my return|when i (return|get back|am back)|upon my return)
    (on my return|when i return|until i return)
    (i|we) (return|am back|will return|am due back) (on|in|to)
    (thank you|thanks) for (your|the) (email|e-mail|message|enquiry|contacting)
    (automatic|automated|auto) (reply|response|acknowledgement|message|email)
    (this (mailbox|inbox|account|address) is (not|un|no longer|only) (monitored|read|manned|checked|in use))
    (do not|don't|please do not) reply to this (email|e-mail|message|address)
    """,
)
NOTIFICATION = family(
    "notification",
    "is a notice sent by a system",
    """
    (this is an|an) (automated|automatic|auto-generated|system generated|system-generated) (message|email|e-mail|notification|reply|alert)
    (do not|don't|please do not) reply to this (email|e-mail|message|address|automated)
    (your|the) (message|email|e-mail|mail) (could not|couldn't|was not|wasn't|has not been|has been|was) (be )?(delivered|read|displayed|deleted|recalled)
    (delivery (has )?failed|undeliverable|undelivered|mail delivery|delivery status|returned mail|failure notice|message not delivered)
    (you (follow|are following|joined|belong to) (this|the) (group|page|thread|discussion|topic|panel)|(notification|email) (settings|preferences)|new (posts|replies|comments|this week)|(daily|weekly|monthly) (digest|summary|round-?up)|posted in)
    (was read on|read receipt|return receipt|delivery receipt|message was displayed)
    would like to recall the message
    (you (have|are) (been )?(receiv*|subscribed|getting|sent) (this|to this|as)|manage (your )?(preferences|subscription*|notification*)|view (this|it|this email) in (your|a) browser|in this (issue|edition|bulletin|newsletter)|dates for your diary|read more|unsubscribe)
    (password (has been|was|will|expires)|scheduled (maintenance|report|backup)|backup (completed|failed|job)|(service|system) (alert|status|notice)|job (completed|failed|finished) (successfully|at)|maintenance window|has been shared with you|calendar invitation|has (accepted|declined|tentatively) )
    """,
)
SELLING = family(
    "selling",
    "sells something, or fishes for details",
    """
    (free|no obligation|complimentary) (quote|quotation|trial|consultation|demo|boiler|survey|audit|sample*|webinar|estimate|offer|download|guide|whitepaper|assessment)
    (book|schedule|arrange|request|have|set up|jump on|hop on|grab) (a|your|an|in a) (free |quick |short |brief |15 minute |15-minute |20 minute |no obligation |)*(demo|demonstration|call|chat|meeting|discovery call|trial|slot)
    (limited|special|exclusive|introductory|unbeatable|amazing) (time|offer|discount|deal|price*|rate*|opportunity)
    (offer|deal|sale|discount) (ends|expires|closes|code|available|valid)
    (click|tap|press|follow) (here|below|the link|this link|on the link|the button|the secure link)
    (verify|re-?validate|validate|confirm|update|upgrade|reactivate|restore|secure) (your|the) (account|password|mailbox|email|identity|details|bank|payment|information|credentials|office 365|storage)
    (mailbox|account|inbox|password|storage|quota|domain) (storage |quota |is |has |has been |will be |almost |nearly |access )*(full|suspended|limited|expire*|exceeded|deactivated|disabled|locked|terminated|on hold|blocked|reached)
    (bank|account|payment|remittance) (details|information) (have|has) (changed|been changed|been updated)
    (unusual|suspicious) (sign|login|log in|activity)
    (we|i) (help|work with|support|specialise|supply|offer|provide|partner|have helped) (in |with |to |over |more |hundreds |many |the |leading |a |businesses|companies|organisations|councils|landlords|housing|local|social|range|full|you|associations|authorities|public)+
    (increase|boost|grow|improve|skyrocket|double|reduce|cut|slash|save|transform|streamline) (your|on your|up to|over|the number|energy|costs|time)
    (leading|trusted|award winning|number one|no 1|uk's) (supplier|provider|manufacturer|specialist*|platform|experts|company)
    (our|the) (platform|software|solution|product|products|system|service|catalogue|brochure|app|tool|ai|price list|range) (reads|helps|is|are|can|will|has|gives|lets|offers|includes|uses|integrates|drafts|automat*|makes|saves)
    (procurement|framework|g-cloud|tender) (list|approved|supplier*|compliant)
    (seo|search engine|backlinks|web design|leads|lead generation|crypto*|bitcoin|forex|casino|lottery|inheritance|beneficiary|next of kin|million (dollars|pounds|usd)|loan offer|investment opportunit*|gift card*|wire transfer)
    (dear|hello|hi) (business owner|sir/madam friend|beneficiary|customer,|valued|email user|user|account (holder|user)|beloved|webmaster|purchasing|procurement manager)
    (unsubscribe|opt out|opt-out|stop receiving|wish to hear from us|remove (you|me) from (our|the|this) list|mailing list)
    (parcel|package|delivery) (is |was |could |has |awaiting |on hold|held|fee|pending)
    (account executive|sales (executive|manager|director)|business development|marketing (manager|executive)|client (partner|manager)|partnerships (manager|lead)|growth (manager|lead))
    (overdue|outstanding|unpaid) invoice
    invoice .. (attached|overdue|outstanding|payment)
    (kindly|please) (process|remit|settle|arrange) .. (payment|today|immediately)
    (quick question|touching base|circling back|reaching out|following up on my (last|previous) email|did you get a chance|bumping this|worth a chat|love to show you|sound familiar|would you be open|who is the best person|right person to|is (monday|tuesday|wednesday|thursday|friday) .. any good)
    (places|spaces|tickets) are (going fast|limited|filling)
    (register|sign up|enrol|book) (now|today|here|your (place|free))
    (early bird|delegate|exhibitor*|sponsorship) (rate|place|package|discount|stand)
    (you (may|could|might) (qualify|be eligible|be entitled)|qualify for (a |free|up to))
    (you have|you've) (won|been selected|been chosen|inherited)
    act now
    (salary|payroll|hr|tax) (details|refund|rebate|department|shared services|run|portal|adjustment|revision)
    (could not|couldn't|failed to|unable to|has not been) be? ?(validated|verified|processed|authenticated)
    to avoid (delay|suspension|interruption|disconnection|penalties|deactivation|losing)
    no win,? no fee
    you (could|may|might) be (owed|due|entitled to) (up to|thousands|£#|compensation)
    (unclaimed|claim your|check your) (compensation|refund|grant|rebate|eligibility|prize)
    (# minutes|a minute|seconds) to (check|apply|complete|claim)
    reply stop
    (speaking|speaker|sponsor*|platinum|gold|silver|exhibit*|delegate) (slot*|package*|opportunit*|stand*|pass*|place*)
    (past|our|keynote) (speakers|sponsors|delegates|exhibitors)
    (investment|price|cost|yours) (is |for )?(only|just|from) £#
    (booking|order|registration) form
    (customs|import|handling|redelivery|admin) (charge|fee|duty|payment)
    (settle|pay|act|respond|confirm) (within|in) (24|48|12|72) ?(h|hrs|hours)
    do not ignore this
    (open|see|view|download) the (attachment|attached|file|document) to
    (final demand|new account|updated bank|remit to|payment is made to)
    (dear|hello) (colleague|team member|employee|staff|user|client|partner)
    (release|review|view|open|retrieve) (your|the|these|all) (held |quarantined |pending |secure |encrypted |blocked )*(message*|email*|document*|mail*|file*)
    (within|in) (the next )?(12|24|48|72) hours
    (claim|complete|upgrade|create|activate) your (profile|listing|free|account)
    (plans|prices|packages|rates) (from|start*)
    (get started|learn more|find out more|stock up|save today|shop now|order now|next day delivery)
    # ?% off
    (offer|offers|sale) ends
    (we|i) (have|can offer|supply|represent|place) (several |a number of |experienced |qualified |a pool of )*(candidates|consultants|contractors available|temps|interim|handlers|cvs)
    (shall|can|could|may) (i|we) (send|share|forward|pop|drop) (you |over |some |a |our |the )*(cvs|details|brochure|case stud*|deck|pricing|information pack|catalogue|proposal)
    (available|competitive) (immediately|rates|day rates|pricing)
    (grab|spare|have|free for|spend) # minutes
    (fully funded|no upfront cost|zero cost|money back guarantee|return on investment|roi)
    (tried to reach you|following up|reaching out|just checking you saw|not sure if you saw)
    (unpaid|outstanding|small) fee
    redeliver*
    """,
    weight=1.0,
)
LEGAL_CLAIM = family(
    "legal_claim",
    "makes or announces a legal or insurance claim",
    """
    (letter|notice) (of|before) (claim|action|proceedings)
    (pre-?action|pre action) (protocol|conduct|disclosure|letter|notification)
    protocol for (housing|personal)
    (early notification|disrepair) (letter|claim|protocol)
    housing (conditions|disrepair) (claim|protocol)
    (we|i) (are |am )?(act|acting|instructed|retained|represent) (for|on behalf|by|in this)
    (our|my) client*
    (act|acting|instructed) (for|on behalf of|by) (the above|the tenant|mr|mrs|ms|miss|our client)
    (public liability|personal injury|employers liability|employer's liability|insurance) (claim|insurer*|portal|form)
    (insurers|insurer|loss adjuster*|liability insurers|insurance (section|department|team|officer|company))
    (claim|claiming) (against|under|for|from) (the council|you|your|damage*|compensation for|injur*|personal|public|the landlord|ashdown|my own|our losses)
    (claims?) (form|number|notification|portal|handler|management)
    (statutory|legal) (disrepair|nuisance)
    section (11|82|4|9a) (of )?(the )?(landlord|environmental|defective|homes)?
    (breach|breaches) of (the |your |its |this )?(repairing |implied |statutory |contractual )?(covenant|obligation*|duty|contract|tenancy)
    (damages|special damages|general damages|specific performance|injunction)
    (issue|issuing|commence|bring|start|begin) (court |legal |county court |formal )?(proceedings|a claim)
    our (policyholder|policy holder|insured|outlay|member's claim)
    (payment|recovery|reimbursement) of our (outlay|losses|client's)
    (pass|forward|refer|send) (this |it )?(on )?to your insurer*
    (hold|holding) (you|the council|the landlord) (liable|responsible in law)
    (without prejudice|save as to costs)
    (particulars of claim|claim form|statement of truth|sealed)
    (joint|single joint) expert
    (disclosure of|preserve) (the )?(following|documents|tenancy|evidence|cctv|all)
    (authorised and regulated by|regulated by the solicitors|sra (no|number|id)|solicitors regulation)
    (solicitor*|llp|legal executive|paralegal|barrister|law firm|law centre)
    (sustained|suffered) (a |an |serious |personal |multiple )*(injur*|fracture*|broken|sprain*|whiplash|loss)
    """,
    weight=1.0,
)
ISSUED = family(
    "issued",
    "says a claim has been issued at court",
    """
    (issued|filed|lodged|started|commenced|begun|brought) (a |an |the |court |legal |county court |formal |this |my |our |small claims )*(claim|proceedings|claim form|case|action|particulars) (in |at |against |on |with |for |has|was|and|number|no|under|by)
    (claim|proceedings|case) (was|were|has been|have been|had been|is|now|are) (already |now |duly )?(issued|filed|served|lodged|before the court|listed|commenced|started|sealed)
    (claim|court|case) (number|no|ref) (is |:)?#
    you (were|have been|will have been) served
    (sealed|issued) claim form
    (particulars of claim) (were|was|have been|attached|dated|and|served|filed)
    (hearing|trial) (is|was|has been|date|on|listed|fixed|set)
    (county court at|in the county court)
    (by way of service|service upon you|deemed served|acknowledgment of service|acknowledgement of service)
    """,
    weight=1.0,
)
INFORMATION = family(
    "information",
    "asks for information under the law",
    """
    freedom of information
    (foi|foia|eir|dsar|sar)( (request|act|2000))?
    (subject|data subject) access( (request|right))?
    data protection (act|officer|request|team|law*)
    (uk )?gdpr
    environmental information regulations
    article (15|12)
    (personal|all|any|every|the) (data|information|records|everything) .. (hold|held|holding|store|keep|process|have) (about|on|relating|concerning|regarding)? ?(me|my|him|her|us|our)
    (everything|all|anything|what|whatever) (that )?(you|the council) (hold|have|keep|store|hold on file) (about|on|relating|concerning|regarding)
    (copy|copies) of (my|the|our|her|his|all|any|every|everything) (entire |full |complete |whole |housing |tenancy |personal )*(file|records|data|information|recordings|notes|call recordings|tenancy file|housing file|held|correspondence|emails|documents)
    (my|her|his|whole|entire|complete) (housing|tenancy|full|personal) (file|record|data)
    (under|within|pursuant to) (the|section) (act|freedom|data|statutory|one month|20 working|legal)
    (20|twenty) working days
    (publicly|public) (available|authority|interest test)
    (how many|number of|total|breakdown of) .. (received|spent|between|in (each|the (last|past|financial))|for (each|the) (year|financial)|since 20)
    (please (provide|supply|disclose)|disclosure) .. (information|figures|number|data|copies|records|breakdown)
    request for information
    (right of access|right to know)
    (how much|what) (you've|you have|you|the council has|the council|the association has|has been|was|were) (spent|spend|paid|pay)
    (law|act|right) (that|which) (lets|allows|entitles)
    (please|could you|can you) (tell|let) me (know )?(how many|how much|the (total|number|cost|amount))
    """,
    weight=1.0,
)
INFORMATION_BY_NAME = family(
    "information_by_name",
    "names a right to information",
    """
    (freedom of information|foi|foia|environmental information regulations|subject access|dsar)
    (personal data|information|everything|all the data|records|emails|data|notes|what) (that |which )?(you|the council|you all|housing) (hold|have|keep|store) (on|about|for|relating|concerning|regarding) (me|my|us|our)
    article 15
    (copy|copies) of (all |everything |any |every |my |the |our |whole |entire |complete |full |housing |tenancy )+(personal data|file|records|data|information you hold)
    """,
    weight=2.0,
)
SURVEY = family(
    "survey",
    "answers a survey",
    """
    survey
    (satisfaction|feedback) (survey|form|score|rating|questionnaire|response|alert|card)
    (questionnaire|respondent|verbatim)
    how did we do
    (very|fairly|quite|neither) (satisfied|dissatisfied)( nor)?
    (on a scale|out of (10|five|ten|5)|0-10|1-10|0 to 10|1 to 10|1-5|1 to 5)
    (score|rating|rated|rate|nps|csat) (of|is|was|given|:|out|0|1|2|3|4|5|6|7|8|9|10|your|our|us|the|it|this|how)
    (overall|how) satisf*
    (tsm|tp#|tenant satisfaction measure*)
    (q#|question #)
    would (you|i) recommend
    (anything|something) (else )?(to add|you would like|we could|you'd like)
    (why do you say|what could we|how could we|tell us)
    """,
    weight=1.0,
)
INVESTIGATION = family(
    "investigation",
    "answers or supplies something for an investigation, as a colleague, contractor or professional",
    """
    (for|in|to|with|about|re) (your|the|this|our|a) (complaint |stage 1 |stage 2 |ongoing |internal )?(investigation|complaint file|complaint response|enquiry|enquiries|stage 1|response)
    (as|which) (you )?(requested|asked|discussed)( (for|by|please|,))?
    (in (response|reply|answer)|further|with (reference|regard)|thank you|thanks) (to|for) (your )(email|enquiry|request|call|query|questions|letter|chaser|message|complaint enquiry)
    (our|my|the) (operative*|engineer*|fitter*|lads|lad|guys|guy|men|team|subcontractor*|sub-contractor*|supervisor|driver|crew|plumber*|electrician*|scheduler*|planner*|gang|foreman|site manager|contracts manager) (has|have|had|was|were|is|are|attended|did|says|said|reports|reported|states|advised|confirms|confirmed|arrived|will|can|went|visited|found|called|on|who|denies|tells|could|would|left|didn't|tried|got)
    (we|operative*|he|she|engineer|team) (have |has |had )?(attended|carded|completed|raised|surveyed|inspected|quoted|tried to gain access|no access|visited|fitted|installed|isolated|made safe|ordered|booked|logged)
    (job|order|works order|wo|po|ticket|crime|incident|cad|log) (no|number|ref|reference|#|notes|sheet*|history|card|report|#)
    (job|order) #
    (statement|report|photos|pictures|job sheet*|logs|timeline|chronology|records|notes|file|survey|recordings|transcript|call log*|time sheet*|timesheet*|delivery note*|certificate) (from|of|is|are|attached|below|enclosed|for|to follow|as requested|in the|on|uploaded|from the)
    (attached|enclosed|below) (is|are|please find|you will find|you'll find)( (the|our|my|a|all|copies))? (report|statement|photos|job|log*|timeline|note*|invoice|survey|certificate|recording*|record*|letter|chronology|sheet*|order)
    (contractor|subcontractor|supplier)('s)? (response|comments|account|version|report)
    (my|our) (records|notes|system|logs|diary|account|recollection) (show*|say*|indicate*|of|confirm*|is|have)
    (i am|i'm|as) (the|her|his|their|a|an|your|currently|allocated|named) (allocated |current |named |community |senior |lead |duty |attending )*(gp|doctor|social worker|support worker|health visitor|midwife|occupational therapist|ot|nurse|district nurse|police officer|officer in (the )?case|pcso|psychiatrist|consultant|key worker|keyworker|care coordinator|probation officer|idva|advocate|headteacher|teacher|senco|caseworker|surveyor|fire officer|environmental health|housing officer|neighbourhood officer)
    (gp|doctor|dr|pc|dc|sgt|ps|pcso|police|surgery|practice|clinic|hospital|trust|constabulary|fire (and|&) rescue|adult social care|children's services|environmental health|social (services|worker)|health visitor|school nurse|nhs)
    (your ref|our ref|crime (number|reference)|collar number|shoulder number)
    (my|our) (patient|service user|client at the surgery)
    (safeguarding referral|risk assessment|medical evidence|supporting letter|letter of support)
    to whom it may concern
    (fyi|for info|for your information|see below|cheers|rgds|ta)
    """,
    weight=1.0,
)
ENQUIRY = family(
    "enquiry",
    "asks on a constituent's behalf",
    """
    (my|our|a|this|the) constituent*
    (constituency|ward) (office|caseworker|matter|case|surgery|councillor|member)
    (caseworker|senior caseworker|parliamentary assistant|office manager|member of parliament|councillor|cllr|ward member|member enquiry|members enquiry|members' enquiry|member's enquiry|mp)
    (on behalf of|for|from) (my|her|his|our|a) constituent*
    (grateful|appreciate) (if you could|for your comments|for your|if you would|for a|for an)
    (your|the council's) (comments|response|views|advice|observations) (on|so|to enable|in order|which i|that i)
    (so that|to enable me to|in order that|so) (i|we) (can|may|might) (reply|respond|advise|update|write|let|get back)
    (came|been) to (my|see me at my) surgery
    contacted (me|my office|us)
    """,
    weight=1.0,
)

FAMILIES = (
    ABSENCE,
    NOTIFICATION,
    SELLING,
    LEGAL_CLAIM,
    ISSUED,
    INFORMATION,
    INFORMATION_BY_NAME,
    SURVEY,
    INVESTIGATION,
    ENQUIRY,
)
