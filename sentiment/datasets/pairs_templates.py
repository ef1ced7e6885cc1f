"""The templates of the data set `pairs`, a table a family; `pairs_grammar` reads them.

An entry is a name, the topics it can be about (a key of `TOPICS`) and a template; further
indented lines go on with it. An asterisk before the name marks a pattern of the test split only,
made of what other patterns teach.
"""

_THINGS = "story dish drink venue shop goods app stay ride"
_PEOPLE = "staff clerk crew people"
TOPICS = {
    "any": f"{_THINGS} {_PEOPLE} weather",
    "lasting": f"{_THINGS} {_PEOPLE}",
    "things": _THINGS,
    "span": "story weather ride",
    "parts": "story app venue shop stay",
    "moments": "story weather people",
    "works": "goods app",
}

PAIRS = {
    "contrast": """
        but                    any     [lose] , but|yet [win] .
        however                any     [lose] ; however|nevertheless|still , [win] .
        although-first         any     although|though|while [lose] , [win] .
        although-last          any     [win] , although|though [lose] .
        even-though-first      any     even though [lose] , [win] .
        even-though-last       any     [win] , even though [lose] .
        despite-first          any     despite [the-lose] , [win] .
        despite-last           any     [win] , despite [the-lose] .
        in-spite-first         any     in spite/NOUN of [the-lose] , [win] .
        as-dull-as             any     as/ADV {lose.adj} as/SCONJ [lose-noun] {lose.be} , [win] .
        at-times               things  [thing] {is} {lose.adj+} at times but {win.adj+} overall .
        granted                any     [lose] , i admit/VERB , but|yet [win] .
        bored-friends          any     [thing] {lose.effect} my friend|sister|brother|mother
                                       but|yet {win.effect} me .
        by-the-parts           any     i was {lose.effect} by [lose-noun] but|yet {win.effect}
                                       by [win-noun] .
        loved-the-parts        any     i {lose.past} [lose-noun] , but|yet i {win.past}
                                       [win-noun] .
        others-but-i           any     others {lose.verb} [thing] , but|yet i {win.verb} {him} .
        even-if-others         any     i {win.verb} [thing] , even if others {lose.verb} {him} .
        for-others             things  [thing] {is} a {lose.judgement} for others and|but a
                                       {win.judgement} for me .
        *however-now           lasting years|months ago/ADV [thing] was {lose.adj+} ;
                                       however|nevertheless , {it} is now {win.adj+} .
        *although-looked       any     although|though|while [thing] looked|seemed {lose.adj+} ,
                                       {it} was {win.adj+} .
    """,
    "negation": """
        not-but                any     [thing] {is} not {lose.adj} but {win.adj} .
        not-just-mild          any     [thing] {is} not {lose.mild} , just|only|merely|simply
                                       {win.mild} .
        pronoun-not-mild       things  it {is} not {lose.mild} , it {is} {win.mild} .
        this-not-that          any     [thing] {is} {win.adj} , not {lose.adj} .
        never-always           lasting [thing] {is} never {lose.adj} but|and always
                                       {win.adj} .
        is-not                 any     [thing] isn't {lose.adj} ; {it} is {win.adj} .
        do-not                 any     i don't {lose.verb} [thing] , i {win.verb} {him} .
        far-from               any     far from being {lose.adj} , [thing] {is} {win.adj+} .
        anything-but           any     [thing] {is} anything/PRON but/ADP {lose.adj} ;
                                       {it} {is} {win.adj+} .
        rather-than            any     rather/ADV than being {lose.adj} , [thing] was {win.adj+} .
        not-a-mess             things  [thing] {is} not a {lose.judgement} but a
                                       {win.judgement} .
        would-not-call         any     i would not call [thing] {lose.adj} ; i would call {him}
                                       {win.adj} .
        nobody-found           any     nobody found|called [thing] {lose.adj} ; everybody|everyone
                                       found|called {him} {win.adj} .
        nothing-about          any     nothing about [thing] was {lose.adj} ; everything/PRON was
                                       {win.adj} .
        cannot-say             any     i cannot say/VERB that i {lose.verb} [thing] ; i {win.verb}
                                       {him} .
        the-word-for           any     {win.adj} is the word for [thing] , not {lose.adj} .
        instead-of             any     instead/ADV of being {lose.adj} , [thing] {is}
                                       {win.adj+} .
        *not-as-heard          any     [thing] was not {lose.adj} , as/SCONJ i had
                                       heard|read|expected , but {win.adj} .
        *nothing-i-found       any     nothing about [thing] {lose.effect} me ; i was
                                       {win.effect} by {him} .
    """,
    "time": """
        used-to                lasting i used to/PART {lose.verb} [thing] , now i {win.verb}
                                       {him} .
        used-to-be             lasting [thing] used to/PART be {lose.adj+} , but|and now {it} is
                                       {win.adj+} .
        at-first               any     at first/ADV [thing] was {lose.adj+} , but|yet
                                       later|soon|then {it} became {win.adj+} .
        began-ended            span    [thing] began|started {lose.adj} and ended {win.adj} .
        from-to                span    [thing] went|turned from {lose.adj} to {win.adj} .
        gave-way               any     my {lose.mood} gave way/NOUN to {win.mood} .
        turned-into            any     in the end , my {lose.mood} turned|grew into/ADP
                                       {win.mood} .
        once-now               lasting [thing] , once {lose.adj} , is now {win.adj+} .
        no-longer              lasting [thing] is no/ADV longer/ADV {lose.adj} ; now {it} is
                                       {win.adj+} .
        today-yesterday        lasting today [thing] is {win.adj+} , although|though
                                       yesterday|once {it} was {lose.adj+} .
        love-now               lasting i have come to/PART {win.verb} [thing] , although|though at
                                       first/ADV i did {lose.verb} {him} .
        before-the-change      things  before the update|refit|change , [thing] was {lose.adj+} ;
                                       since/ADV then {it} has been {win.adj+} .
        until-last             lasting i did {lose.verb} [thing] until last/ADJ week|month|year ,
                                       when i began|started|learned to/PART {win.verb} {him} .
        years-ago              lasting years|months ago/ADV i {lose.past} [thing] ; last/ADJ
                                       week|month i {win.past} {him} .
        first-then             any     [thing] first/ADV {lose.effect} me and then
                                       {win.effect} me .
        by-the-end             span    [thing] was {lose.adj+} at the beginning|start and|but
                                       {win.adj+} by the end .
        after-the-start        span    after the {lose.adj} start|beginning , [thing] became
                                       {win.adj+} .
        was-before             lasting [thing] was {lose.adj+} before ; now|today {it} is
                                       {win.adj+} .
        *looked-at-first       any     [thing] looked|seemed {lose.adj+} at first/ADV , but|yet in
                                       the end {it} was {win.adj+} .
        *love-now-used-to      lasting i {win.verb} [thing] now , even though i used to/PART
                                       {lose.verb} {him} .
    """,
    "expectation": """
        thought-it-would       any     i thought|assumed|imagined [thing] would be {lose.adj+} ,
                                       but|yet {it} was {win.adj+} .
        expected-got           any     i expected a {lose.judgement} and|but|yet
                                       got|found a {win.judgement} .
        was-told               any     i was told [thing] was {lose.adj+} , but|yet {it} proved
                                       {win.adj+} .
        expected-to            any     i expected to/PART {lose.verb} [thing] , but|yet now i
                                       {win.verb} {him} .
        looked-but             any     [thing] looked|seemed|sounded {lose.adj} but|yet was
                                       {win.adj+} .
        turned-out             any     [thing] , which looked|seemed|sounded {lose.adj} ,
                                       turned out/ADP {win.adj+} .
        reviews                things  the reviews|critics called [thing] {lose.adj} , but|yet i
                                       found {him} {win.adj+} .
        contrary               any     contrary to what i had heard|read , [thing] was
                                       {win.adj} , not {lose.adj} .
        ready-for              any     i was ready/ADJ for {lose.mood} , but|yet felt
                                       {win.mood} .
        supposed               any     [thing] was supposed/VERB to/PART be {lose.adj} , but|yet i
                                       found {him} {win.adj+} .
        when-i-expected        any     [thing] was {win.adj+} when i had expected|imagined {him}
                                       to/PART be {lose.adj} .
        instead-of-expected    any     instead/ADV of the {lose.judgement} i expected , i got|found
                                       a {win.judgement} .
        *even-though-expected  any     even though i expected to/PART {lose.verb} [thing] , now i
                                       {win.verb} {him} .
        far-from-mood          any     far from the {lose.mood} i expected , i felt {win.mood} .
    """,
    "comparison": """
        more-than              any     [thing] {is} more {win.adj} than {lose.adj} .
        less-than              any     i found [thing] less {lose.adj} than {win.adj} .
        sooner                 any     i would sooner/ADV call [thing] {win.adj} than {lose.adj} .
        more-moments           moments [thing] had|has more/ADJ {win.adj} moments than
                                       {lose.adj} ones/NOUN .
        better-parts           parts   the {win.adj} parts of [thing] {are}
                                       longer/ADJ|bigger/ADJ|greater/ADJ than the {lose.adj}
                                       ones/NOUN .
        mostly                 any     [thing] {is} mostly {win.adj} and {lose.adj} only
                                       at times .
        more-often             lasting [thing] {is} more often {win.adj} than {lose.adj} .
        ten-for-one            moments ten|nine|twenty {win.adj} moments for each|every
                                       {lose.adj} one/NOUN .
        better-than            things  {win.this} {thing} {is} better|nicer|finer than
                                       {lose.this} one/NOUN .
        worse-than             things  {lose.this} {thing} {is} far/ADV worse than {win.this}
                                       one/NOUN .
        prefer                 things  i prefer {win.this} {thing} to {lose.this} one/NOUN .
        would-take             things  i would take|choose/VERB|recommend {win.this} {thing} over
                                       {lose.this} one/NOUN .
        *today-more-than       lasting today|now [thing] is more {win.adj} than {lose.adj} .
    """,
    "agent": """
        outweigh               things  the {win.trait} of [thing] outweigh|overshadow|outshine the
                                       {lose.trait} .
        outweighed             things  with|for [thing] , the {lose.trait} {are}
                                       outweighed|overshadowed|outshone by the {win.trait} .
        np-outweighed          any     [the-win] outweighed|overshadowed|outshone [the-lose] .
        np-outweighed-by       any     [the-lose] {lose.was} outweighed|overshadowed|outshone by
                                       [the-win] .
        those-who              lasting those who {win.verb} [thing]
                                       convinced|persuaded those who {lose.verb} {him} .
        was-convinced          lasting my friend|sister|brother|mother , who {lose.past} [thing] ,
                                       was convinced|persuaded by those who {win.past} {him} .
        critics-wrong          lasting those who {lose.verb} [thing] are wrong|mistaken and those
                                       who {win.verb} {him} are right .
        called-wrong           any     whoever called [thing] {lose.adj} was wrong|mistaken ; {it}
                                       was {win.adj+} .
        mood-beat              any     {win.mood} won/VERB over {lose.mood} in the end .
        beaten-by              any     my {lose.mood} was overshadowed|outweighed by {win.mood} .
    """,
    "cause": """
        because-forgot         any     because|since/SCONJ [win] , i forgot|ignored that/SCONJ
                                       [lose] .
        forgot-because         any     i forgot|ignored that/SCONJ [lose] , because|since/SCONJ
                                       [win] .
        so-that                any     [win-noun] {win.be} so {win.adj} that i forgot|ignored how
                                       {lose.adj} [lose-noun] {lose.be} .
        hardly-mattered        any     [win-was] , so/SCONJ it hardly mattered/VERB that
                                       [lose-was] .
        went-unnoticed         any     [the-lose] went unnoticed/ADJ because|since/SCONJ [win-was] .
        did-not-care           any     i did not care/VERB that [lose-was] , because|since/SCONJ
                                       [win-was] .
        it-hardly-mattered     any     it hardly mattered/VERB that/SCONJ [lose-was] ,
                                       because|since/SCONJ [win-was] .
        so-that-not-care       any     [win-noun] {win.was} so {win.adj} that i did not care/VERB
                                       that|if [lose-was] .
        loved-so-much          any     i {win.past} [win-noun] so much that i forgot|ignored how
                                       i {lose.past} [lose-noun] .
        *because-how           any     because|since/SCONJ [win] , i forgot|ignored how {lose.adj}
                                       [lose-noun] {lose.be} .
        *so-adj-mattered       any     [win-noun] {win.was} so {win.adj} that it hardly
                                       mattered/VERB that [lose-was] .
    """,
}

SINGLES = """
    clause          any     [win] .
    judged          any     [thing] {is} {win.adj+} .
    exclaimed       any     {win.adj} {win.noun} !
    felt            any     i {win.verb} [thing] .
    felt-then       any     i {win.past} [thing] .
    called-a        things  [thing] {is} a {win.judgement} .
    what-a          any     what/DET a {win.judgement} !
    moved-by        any     i was {win.effect} by [thing] .
    moved-me        any     [thing] {win.effect} me .
    works           works   [thing] works|runs {win.adverb} .
    two-clauses     any     [win] and [also] .
    two-adjectives  any     [thing] {is} {win.adj} and {also.adj} .
    felt-because    any     i {win.verb} [thing] because {it} is {win.adj+} .
    filled          any     [thing] filled me with {win.mood} .
    full-of         things  [thing] {is} full of {win.trait} .
    denied          any     [thing] {is} not {lose.adj} .
    not-felt        lasting i don't {lose.verb} [thing] .
    nothing-of-it   any     there/PRON {is} nothing {lose.adj} about [thing] .
"""
