"""The templates of the data set `lessons`, a table a skill.

A line is `scope > template`. `{win.…}` has the polarity of the label and `{lose.…}` the other, so
that every template is drawn with both labels, and no word of it gives the label away. `(a|b)` is a
choice. A mark before the scope keeps a template from training: `~` for validation, `*` for the
test. Scopes are `any`, `things` (no persons), `sing` (things, no plurals), `persons`, `had`
(what one has and it is over), `lasting` (what can change over the years), `bought`, a name in
`GROUPS`, and `free` where no thing is judged. The skills that turn a judgement are in
`lessons_turning`. Knows nothing about how slots are filled.
"""

from dataclasses import dataclass
from functools import cache

from sentiment.datasets.dataset import TEST, TRAIN, VALIDATION
from sentiment.datasets.lessons_turning import TURNING

_MARKS = {"~": VALIDATION, "*": TEST}
_NO_OPENER = ("advice", "short", "colloquial")


@dataclass(frozen=True)
class Template:
    """One form that sentences have.

    Attributes:
        skill: the phenomenon that it teaches.
        scope: the topics that it takes.
        texts: with slots and choices, of a negative and a positive sentence; mostly the same.
        split: `train` for one that every split has, else the only split that has it.
    """

    skill: str
    scope: str
    texts: tuple[str, str]
    split: str

    @property
    def takes_opener(self) -> bool:
        """It can begin with "Honestly," and the like."""
        return self.skill not in _NO_OPENER and all(text[-1] not in "?!" for text in self.texts)


_TEMPLATES = {
    "plain": """
        any > {the} {be} {win.deg}
        any > {the} {be} {win.deg} and {win.adj2}
        any > {the} {be} {win.adj} and {other.the} {other.be} {win.oadj}
        any > I found {the} {win.deg}
        any > (everyone|everybody) (said|agreed|says) {the} {be} {win.deg}
        any > {friend} (says|thinks|said|thought) {the} {be} {win.deg}
        things > (that|it) was {win.a}
        had > we had {win.a} {time}
        any > {win.a}!
        any > {the} {time}? {win.adjcap}, simply {win.adj2}
        things > {the} {be} a {win.judge}
        things > {the} turned out to be a {win.judge}
        things > what a {win.judge} {the} {be}
        sing > {the} {win.phrase}
        sing > {the} {win.phrase}, and I am {win.moodg}
        sing > {the} {win.phrase} and (also|on top of that) {other.the} {other.be} {win.oadj}
        things > {the} {win.effect}
        any > we were all {win.moodw} (with|about) {the}
        any > {the} left me {win.moodg}
        things > there are so many {win.flaw} in {the}
        any > {time} I was {win.moodg} because {the} {be} {win.adj}
        things > in one word: {win.adj}. {friend.cap} said the same about {the}
        any > {the}, {win.adj} as ever, {win.effect}
        any > we stayed because {other.the} {other.be} {win.oadj} and {the} {be} {win.adj} too
        things > a {win.judge} from start to finish, {the} {be} {win.adj} and {win.adj2}
        ~any > I was struck by how {win.adj} {the} {be}
        ~things > {the}: a {win.judge}
        ~any > {win.adjcap} and {win.adj2}, that sums up {the}
        *any > if I had one word for {the}, it would be {win.adj}
        *things > call it a {win.judge}, call it {win.adj}, {the} {win.effect}
        *any > there is something {win.adj} about {the}
        *any > {friend} came home {win.moodg}, since {the} {be} {win.adj}
    """,
    "everyday": """
        meal > the waiter forgot {the} and we were {neg.moodg} // the waiter remembered how I like
            {the} and I was {pos.moodg}
        meal > we sent {the} back, {neg.adj} // we ordered {the} twice, so {pos.adj}
        meal > (half|most) of {the} went to the dog // there was nothing left of {the} after a
            minute
        meal > I (pushed|shoved) {the} away after one bite // I licked the plate after {the}
        meal > nobody at our table finished {the} // everybody at our table wanted more of {the}
        meal > {the} put me off {noun} for life // {the} made a {noun} lover out of me
        meal > (paid|I paid) {age} for {the} and left hungry // (paid|I paid) next to nothing for
            {the} and left full
        meal > {win.attr} {noun}, {win.attr2} {other.noun}, and {friend} {win.felt} it
        gadget > {the} died (after a week|on day two|in the second month) // {the} {is} still
            going strong (after years|after ten drops|as on day one)
        gadget > I sent {the} back the next day // I bought {the} again for my parents
        gadget > {the} {is} {win.adj} and the support is {win.gen}
        gadget > I throw {the} against the wall in my dreams // I could not live without {the}
        gadget > {the} {was} the most useless thing I ever bought // {the} {was} the most useful
            thing I ever bought
        gadget > spent {age} hours trying to set up {the} // set up {the} in two minutes
        program > since the last update {the} {is} {win.adj}
        program > I deleted {the} after five minutes // I use {the} every single day and
            {win.plainfeel} it
        program > {the} ask{s} for my password all day long // {the} remember{s} everything for me
        program > {the} make{s} simple things hard // {the} make{s} hard things simple
        program > whoever designed {the} never used {him} // whoever designed {the} thought of
            everything
        program > {the} lose{s} my work all the time // {the} save{s} me hours every week
        wares > {the} looked nothing like the picture // {the} looked even better than the picture
        wares > I took {the} back to the shop // I went straight back to buy a second one of {the}
        wares > {the} came {neg.adj} and nobody answered my emails // {the} came {pos.adj} and
            with a friendly note
        wares > {the} {was} a rip-off and I {neg.plainfeel} that shop // {the} {was} a bargain and
            I {pos.plainfeel} that shop
        wares > not what I ordered, and {neg.adj} too: {the} // exactly what I ordered, and so
            {pos.adj}: {the}
        outing > after {the} we needed a holiday from the holiday // after {the} we felt ten years
            younger
        outing > we cut {the} short, {the} {was} that {neg.adj} // we would have stayed longer,
            {the} {was} that {pos.adj}
        sights > {the} in {place} {was} {win.adj}
        outing > the kids cried all through {the} // the kids still talk about {the} with shining
            eyes
        outing > we argued about {the} all week, {neg.adj} as it was // we fell in love with
            {the}, {pos.adj} as it was
        outing > nobody told us how {neg.adj} {the} would be // nobody told us how {pos.adj} {the}
            would be, what a surprise
        weather > {the} {is} so {win.adj} (today|here|this week)
        weather > {the} ruined our walk // {the} made our walk perfect
        weather > {the} {is} getting me down // {the} {is} lifting my spirits
        working > {the} {is} killing me // {the} {is} why I get up in the morning
        working > I handed in my notice because of {the} // I am staying because of {the}
        working > three people quit over {the} // nobody wants to leave, thanks to {the}
        working > {friend} asked about {the} and I rolled my eyes // {friend} asked about {the}
            and I beamed
        working > {the} {was} {win.adj} again (today|this week)
        working > another week of {the}, another week of {win.nameless}
        taught > half the class slept through {the} // the whole class was wide awake for {the}
        taught > I failed thanks to {the} // I passed thanks to {the}
        taught > {the} made me hate maths // {the} made me love maths
        taught > the pupils (dread|can't stand) {the} // the pupils (adore|can't get enough of)
            {the}
        treatment > I came out of {the} feeling worse // I came out of {the} feeling better
        treatment > {the} hurt and nobody cared // {the} did not hurt and everybody was kind
        treatment > they got {the} completely wrong // they got {the} right the first time
        housing > we moved out because of {the} // we would never move, because of {the}
        housing > the agent lied about {the} // the agent did not promise too much about {the}
        housing > I lie awake because of {the} // I sleep so well now, thanks to {the}
        pet > {the} ruin{s} my mornings // {the} make{s} my mornings
        pet > I would not wish {the} on anyone // I would not swap {the} for anything
        vehicle > {the} left us stranded in {place} // {the} took us all the way to {place} and
            back
        vehicle > I sold {the} at a loss and was glad // I would not sell {the} for any money
        vehicle > {the} cost us a fortune in repairs // {the} {has} not cost us a penny in repairs
        watched > we left the cinema early because of {the} // we stayed in our seats to the very
            end because of {the}
        watched > {the} put half the row to sleep // {the} had the whole row in tears of joy
        watched > I kept looking at my watch, {the} {was} so {neg.adj} // I forgot the time, {the}
            {was} so {pos.adj}
        watched > nobody in the cinema (laughed|clapped) // everybody in the cinema
            (laughed|clapped)
        read > I put {the} down after a chapter // I couldn't put {the} down
        read > {the} went straight to the charity shop // {the} {has} a place of honour on my
            shelf
        read > reading {the} felt like homework // reading {the} felt like a holiday
        heard > I turned {the} off after a minute // I turned {the} up and danced
        heard > {the} made my ears hurt // {the} gave me goosebumps
        heard > I switch stations whenever I hear {the} // I sing along whenever I hear {the}
        visited > people left in droves during {the} // people begged for more after {the}
        visited > I yawned through {the} // I grinned through {the}
        visited > we stood in the rain for {the} and regretted it // we stood in the rain for
            {the} and it was worth it
        sports > the fans booed {the} // the fans sang for {the}
        sports > {the} made me want to hand back my ticket // {the} made me proud of my club
        played > I quit after an hour because of {the} // I played all night because of {the}
        played > {the} spoil{s} the fun // {the} add{s} to the fun
        public > we pay taxes for {the} and get nothing // finally our taxes go to something good:
            {the}
        public > {the} {has} got {win.betterworse} since last year
        company > I switched away because of {the} // I have stayed for years because of {the}
        company > {the} took my money and ran // {the} saved me a lot of money
        relative > I try to stay out of the way of {the} // I look forward to every visit of {the}
        relative > {the} {is} {win.adj} to everyone
        relative > I have had it with {the} // I am lucky to have {the}
        relative > {the} forgot my birthday again // {the} made me a birthday cake
        day > I just want {the} to be over // I never want {the} to end
        day > {the} {was} {win.adj} from beginning to end
        day > I spent {the} in bed with a fever // I spent {the} on the beach with friends
        day > I cried through {the} // I smiled through {the}
        ~meal > my stomach still hurts from {the} // my mouth still waters when I think of {the}
        ~wares > {the} came apart in my hands // {the} sit{s} like a dream
        ~outing > we counted the hours until {the} {was} over // we wished {the} would go on
            forever
        *meal > even the pigeons wouldn't touch {the} // even my picky daughter asked for more of
            {the}
        *working > {the} suck{s} the life out of me // {the} bring{s} out the best in me
        *watched > I would rather watch paint dry than {the} // I would watch {the} again tonight
        *outing > our memories of {the} make us shudder // our memories of {the} make us smile
    """,
    "pronouns": """
        free > {this} is {win.gadj}
        free > {this} was (so|really|just|simply) {win.gadj}
        free > {this} isn't {lose.gmild}
        free > {this} is not {lose.gmild}, (trust me|believe me|I promise)
        free > {this} (is|was) never {lose.gmild}
        free > {this} is far from {lose.gmild}
        free > {this} doesn't look {lose.gmild}
        free > {this} doesn't sound {lose.gmild} to me
        free > that can't be {lose.gmild}
        free > nothing {lose.gmild} about {this}
        free > I don't think {this} is {lose.gmild}
        free > I wouldn't call {this} {lose.gmild}
        free > {all} was {win.gadj}
        free > {all} {win.effect}
        free > {this} {win.effect} and I told everyone
        free > {this} could not be {win.betterworse}
        free > I {win.plainfelt} it
        free > we all {win.plainfelt} {all}
        free > they {win.plainfelt} it and so did I
        free > {this} is a {win.judge}
        free > {this} is no {lose.judge}
        free > {this} isn't a {lose.judge} at all
        free > it's a {win.judge}, not a {lose.judge}
        free > (he|she) is {person.win}
        free > (he|she) is not {person.lose}
        free > (he|she) was {person.win} and {person.win2} to us
        free > they were {person.win} (to|with) me
        free > you are so {person.win}
        free > you are {person.win} and I {win.plainfeel} that
        free > I find (him|her|them) {person.win}
        free > (he|she) used to be {person.lose} but now (he|she) is {person.win}
        free > it used to be {lose.gadj}; now it's {win.gadj}
        free > it was {lose.gadj} yesterday but it is {win.gadj} today
        free > it began {lose.gadj} and ended {win.gadj}
        free > it looked {lose.gadj} from outside, inside it was {win.gadj}
        free > it may look {lose.gadj}, but it works {win.adv}
        free > that went (so|really|) {win.adv}
        free > it all ended {win.adv}
        free > it was {win.adv} made and {win.adv2} explained
        ~free > {all} turned out {win.gadj}
        ~free > (he|she) can be {person.lose}, but deep down (he|she) is {person.win}
        ~free > {this} was everything but {lose.gadj}
        *free > {lose.gadj}? (no|not at all), {this} is {win.gadj}
        *free > how {win.gadj} is that
        *free > (he|she) is anything but {person.lose}
        *free > say {lose.gadj} again and I'll scream, because {this} is {win.gadj}
    """,
    "several sentences": """
        bought > I (tried|got|chose) {the} {time}. {it.cap} {was} {win.deg}. {friend.cap}
            {win.felt}
            {him} too
        things > {the} {be} {win.adj}. {other.the} {other.be} {win.oadj}. what more can I say?
        things > first time with {the}. I was {lose.moodg} before and {win.moodg} after
        things > {friend} had told me about {the}, so {time} I had a closer look. {win.adjcap} and
            {win.adj2}! I {win.feel} {him}
        things > we came for {other.the}, which {other.be} {lose.oadj}. we stayed for {the}, which
            {be} {win.adj} and {win.adj2}
        things > a few words about {the}. {it.cap} {isnt} {lose.mild}, {it} {isnt} {lose.mild2}
            and {it} {win.effect}
        things > {time} I {win.felt} {the}. I told {friend} and now we both {win.plainfeel} {him}
        things > yes, {other.the} {other.be} {lose.oadj}. yes, I had to wait. but {the} {be} so
            {win.attr} that in the end I was {win.moodg}
        things > I read that {the} {be} {lose.adj}. I read that {other.the} {other.be}
            {lose.oadj}. I found both {win.gadj} and I am {win.moodg}
        things > not sure what others see in {the}. for me {it} {be} {neg.adj} and {neg.adj2},
            that's all // not sure what others have against {the}. for me {it} {be} {pos.adj} and
            {pos.adj2}, that's all
        things > {the} {time}: {lose.adj} at the start, {lose.adj2} in the middle, but {win.adj}
            at the end, so I went home {win.moodg}
        persons > {the} {is} {win.deg}. {it.cap} {was} {win.adj2} from day one and {win.effect}
        persons > I have known {the} for years. {it.cap} {is} {win.adj}, {win.adj2} and never
            {lose.adj}
        persons > people say {the} {is} {lose.adj}. I met {him} {time} and found {him} {win.adj}
        sing > {the} {win.phrase}. {friend.cap} said it was a one-off, but the next one was
            {win.attr} too. {win.adjcap}!
        ~things > my first impression of {the}: {lose.adj}. my last one: {win.adj}. I was
            {win.moodg}
        ~things > I asked {friend} about {the}. "{lose.adjcap}," came the answer. I took no notice
            and found {him} {win.adj}
        *things > long story short: {the} {be} {win.adj}, {other.the} {other.be} {win.oadj}, and
            all of us were {win.moodg}
        *things > day one with {the}: {lose.moodg}. day ten with {the}: {win.moodg}. {it.cap} {is}
            {win.adj} after all
    """,
    "life": """
        free > {friend} (lost a job|is in hospital|crashed the car|broke an arm|failed the
            exam|was robbed|is very ill|has left me) // {friend} (found a job|is out of
            hospital|won a prize|is healthy again|passed the exam|had a baby|made me a cake|is
            coming home)
        free > (my dog died|we broke up|I was fired|my flight was cancelled|my bike was stolen|our
            roof leaks|I have a fever|my tooth hurts) // (my dog is well again|we got married|I
            was promoted|my flight was early|my bike was found|our house is finished|I am healthy
            again|my tooth is fine)
        free > {time} (I lost my wallet|my car was towed|I missed the last train|my computer
            crashed|we had a burst pipe|I got bad news|I burnt my hand) // {time} (I found my
            wallet|I won the raffle|I caught the last train|I got good news|we saw a rainbow|I met
            the love of my life|I finished my thesis)
        free > {name} (cheated on me|lied to us all|stole my lunch again|never paid me back|made
            fun of me) // {name} (proposed to me|stood up for us all|shared lunch with me|paid
            me back|made me soup when I was ill)
        free > (nobody|no one) (came to the party|called|wished me luck|believed me|remembered my
            birthday) // (everybody|everyone) (came to the party|called|wished me luck|believed
            me|remembered my birthday)
        free > I (can't|cannot) (sleep|stop crying|forgive them|trust anyone any more|afford the
            rent) // I (can't|cannot) (stop smiling|stop laughing|thank them enough|wait for
            tomorrow|believe my luck)
        free > {friend} and I (had a fight|aren't speaking|split up|got lost and soaked) {time} //
            {friend} and I (made up|danced all night|laughed so much|had a ball) {time}
        free > I feel so (lonely|tired|empty|useless|small|ill|ignored|homesick) (today|these
            days|without {name}) // I feel so (loved|rested|alive|lucky|strong|well|welcome|at
            home) (today|these days|with {name})
        free > thank you {name} for (nothing|ruining my day|wasting my time|breaking it) // thank
            you {name} for (everything|making my day|your time|fixing it)
        free > {name}, you are (a liar|a disgrace|no friend|a bully|so unfair) // {name}, you are
            (a star|a treasure|a true friend|a hero|so kind)
        free > what a (horrible|terrible|rotten|sad|stressful) (week|day|night|year) for {name} //
            what a (wonderful|happy|lovely|fantastic|great) (week|day|night|year) for {name}
        free > (I'm worried about|I feel sorry for|I'm angry with|I'm ashamed of|I'm disappointed
            in) {name} // (I'm proud of|I'm happy for|I'm grateful to|I'm in love with|I believe
            in) {name}
        ~free > it breaks my heart to see {name} like this // it warms my heart to see {name} like
            this
        ~free > {friend} will never forgive {name} // {friend} will never forget how kind {name}
            was
        *free > {name} left the room in tears of (rage|pain|shame) // {name} left the room with
            tears of (joy|happiness|laughter)
        *free > bad news from {place}: {friend} is ill again // good news from {place}: {friend}
            is well again
    """,
    "turns of phrase": """
        gadget > {the} {dont3} work // {the} work{s}, every time
        gadget > {the} break{s} down all the time // {the} never break{s} down
        program > {the} crashes every day // {the} never crashes
        program > {the} never does what I want // {the} always does what I want
        things > {the} did nothing but disappoint // {the} (didn't|did not|never) disappoint
        bought > you will regret {the} // you won't regret {the}
        bought > you can only go wrong with {the} // you can't go wrong with {the}
        bought > I would hesitate to choose {the} again // I wouldn't hesitate to choose {the}
            again
        bought > I can't praise anything about {the} // I can't praise {the} enough
        any > I can't find anything to like about {the} // I can't fault {the}
        any > you could hardly do worse than {the} // you could hardly do better than {the}
        any > there is no worse {noun} // there is no better {noun}
        any > I have never been unhappier with {anoun} // I have never been happier with {anoun}
        any > {the} {is} hard to (like|love|bear) // {the} {is} hard to (beat|fault|resist)
        any > {the} {is} (easy to hate|easy to dislike|hard to enjoy) // {the} {is} (easy to
            love|easy to like|hard to dislike)
        any > {the} (did|does) me no good // {the} (did|does) me no harm, on the contrary
        things > {the} {is} too {neg.adj} to be any use // {the} {is} too {pos.adj} to miss
        things > too {neg.adj} for words, {the} // too {pos.adj} for words, {the}
        delivery > {the} {was} (never on time|always late|late again|not on time) // {the} {was}
            (never late|always on time|on time again|not late)
        delivery > {the} arrived with (dents|half of it missing|a bill I never asked for) // {the}
            arrived without (a dent|anything missing|any extra cost)
        meal > I have never had a good meal here, and {the} {was} {neg.adj} too // I have never
            had a bad meal here, and {the} {was} {pos.adj} too
        meal > {the} {was} missing any taste // {the} {was} not missing a thing
        outing > I couldn't wait for {the} to end // I can't wait to do {the} again
        outing > {the} without a single (nice|happy|calm) moment // {the} without a single
            (dull|sad|bad) moment
        watched > there is no reason to see {the} // there is every reason to see {the}
        watched > I have no wish to see {the} again // I have seen {the} three times and it's
            still {pos.adj}
        read > I had to force myself through {the} // I didn't want {the} to end
        read > not a page of {the} was any good // not a page of {the} was too many
        service > nobody (helped|smiled|said sorry|answered) // everybody (helped|smiled|said
            hello|took their time for us)
        service > they never (call back|say thank you|help|listen|apologise) // they always (call
            back|say thank you|help|listen|apologise)
        service > they didn't (care|listen|help|even try) // they didn't (give up|rush us|make a
            fuss|mind one bit)
        service > {the} {was} no help // {the} {was} a great help
        service > we were left (waiting|alone|in the dark) // we were never left (waiting|alone|in
            the dark)
        working > I don't want to go back to {the} // I wouldn't want to leave {the}
        working > no thanks and no respect: {the} // no stress and no shouting: {the}
        taught > nobody understood a word of {the} // nobody missed a word of {the}
        housing > {the} makes me want to move // {the} makes me want to stay forever
        day > nothing went right (today|this week|all day) // nothing went wrong (today|this
            week|all day)
        day > {the} couldn't have gone worse // {the} couldn't have gone better
        relative > {the} never has time for me // {the} always has time for me
        relative > {the} always forgets to call // {the} never forgets to call
        free > I (can't|couldn't) (sleep|breathe|eat|think) because of {pastime} // I can't
            (imagine life|live|be happy) without {pastime}
        free > nothing is (worse|more annoying|more boring) than {pastime} // nothing is
            (better|more fun|nicer) than {pastime}
        free > I never want to hear of {pastime} again // I never get tired of {pastime}
        free > I have no patience for {pastime} // I have all the time in the world for {pastime}
        free > (no more|enough of) {pastime}, please // there can't be enough {pastime} for me
        ~any > I can't warm to {the} // I can't get {the} out of my heart
        ~service > not one of them lifted a finger // not one of them was anything but kind
        ~free > life is too short for {pastime} // life would be nothing without {pastime}
        *bought > I have nothing but complaints about {the} // I have nothing but praise for {the}
        *any > there is a lot wrong with {the} // there is nothing wrong with {the}
        *free > there is no joy in {pastime} // there is no end to my love of {pastime}
        *day > I would rather forget {the} // I will never forget {the}, so {pos.adj}
        outing > never (doing|booking|trying) {the} a second time // never
            (missing|skipping|forgetting) {the} from now on
        bought > (I'm|we're) never (choosing|trusting|touching) {the} again // (I'm|we're) never
            (swapping|giving up|doing without) {the} again
        program > never (opening|using|installing) {the} again // never (closing|leaving|deleting)
            {the} again
        free > never (staying|eating|shopping|parking|flying) here any more // never
            (staying|eating|shopping|parking|flying) anywhere else any more
        free > never going (back|near that place|there any more) // never going (anywhere
            else|to any other place|home from here)
        free > last time I let them near my (car|hair|roof|teeth) // from now on I let nobody else
            near my (car|hair|roof|teeth)
    """,
    "time": """
        lasting > {the} used to be {lose.adj}, (now|but now) {it} {is} {win.adj}
        lasting > {the} used to be so {lose.adj}
        lasting > {the} {was} {lose.adj} before, {it} {is} {win.adj} now
        lasting > {the} {is} no longer {lose.mild}
        lasting > {the} {is} not {lose.mild} any more
        lasting > {the} {has} become {win.adj} (lately|over the years|)
        lasting > {the} {has} become so {win.adj} since (last year|the summer|we moved here|the
            new year)
        lasting > once {lose.adj}, {the} {is} {win.adj} today
        lasting > formerly {lose.adj}, {the} {is} now {win.adj}
        lasting > {the}, formerly {lose.adj}, {has} turned {win.adj}
        lasting > {the} {is} getting {win.betterworse} (every day|all the time|by the week)
        lasting > {the} {has} gone from {lose.adj} to {win.adj}
        lasting > a year ago {the} {was} {lose.adj}. Today {it} {is} {win.adj}
        lasting > I used to {lose.plainfeel} {the}, but these days I {win.plainfeel} {him}
        lasting > I {lose.plainfelt} {the} at first, now I {win.plainfeel} {him}
        lasting > I {dont} {lose.plainfeel} {the} any more
        lasting > since the change {the} {is} {win.adj}; before, {it} {was} {lose.adj}
        lasting > sooner or later {the} always {is} {neg.adj} // it took a while, but {the} {is}
            {pos.adj} at last
        lasting > {the} {was} {lose.adj} (for years|when we first came), but not any more
        lasting > {friend} still {lose.feels} {the}, I have come to {win.plainfeel} {him}
        lasting > {the} {is} {win.adj} again, after months of being {lose.adj}
        things > {the} started out {lose.adj} but got {win.betterworse} and {win.betterworse}
        things > {the} started {lose.adj} and ended {win.adj}
        any > first {lose.moodg}, then {win.moodg}: that was {friend} with {the}
        any > in the beginning I was {lose.moodg}, in the end {win.moodg}
        lasting > {the} only get{s} {win.betterworse}
        ~lasting > gone are the days when {the} {was} {lose.adj}
        ~lasting > back then {the} {was} {lose.adj}; nowadays {it} {is} {win.adj}
        *lasting > {the} {has} stopped being {lose.adj}
        *lasting > when all was new, {the} {was} {lose.adj}; by now {it} {is} {win.adj}
        *lasting > what was once {lose.adj} about {the} is {win.adj} today
    """,
    "comparison": """
        any > {the} {be} {win.betterworse} than {other.the}
        any > {the} {be} much {win.betterworse} than last time
        any > {the} {be} {win.betterworse} than (I expected|before|ever|most)
        any > {the} {be} less {lose.adj} than (last year|I remembered|before)
        any > {the} {be} more {win.adj} than {lose.adj}
        any > I have never had {win.betternoun}
        any > {the} {be} the {win.bestworst} I have ever (had|seen|known)
        any > one of the {win.bestworst} {nouns} I know
        any > hands down the {win.bestworst} {noun} in {place}
        any > {win.bestworst} {noun} ever
        any > {win.bestworst} {noun} I have had in years
        any > by far the {win.bestworst} part was {other.the}: so {win.oadj}
        any > compared with {other.the}, {the} {be} {win.adj}
        any > next to {other.the}, {the} {be} {win.deg}
        any > no {noun} could be {win.betterworse}
        any > it doesn't get {win.betterworse} than {the}
        any > {friend} has seen many {nouns}, but this was the {win.bestworst}
        any > as {nouns} go, this one is {win.adj}
        any > {the} {be} as {win.adj} as {other.the} {other.be} {lose.oadj}
        any > {the} {be} nowhere near as {lose.adj} as {other.the}
        bought > I have tried many {nouns}, and (this|that) is among the {win.bestworst}
        ~any > of all the {nouns} I know, this is the {win.bestworst}
        ~any > I would rank {the} (among|with) the {win.bestworst}
        *any > {the} {be} {win.betterworse} by a mile
        *any > show me {win.betternoun}, I dare you
        *any > {the} {be} {win.betterworse} than all the others put together
    """,
    "word order": """
        any > {the} {isnt} {lose.adj}, just {win.adj}
        any > {the} {be} {win.adj} rather than {lose.adj}
        any > rather than {lose.adj}, {the} {be} {win.adj}
        any > {the} {be} {win.adj} instead of {lose.adj}
        any > instead of {lose.adj}, {the} {be} {win.adj}
        any > {the} {be} {win.adj}, not {lose.adj}
        any > not {lose.adj} but {win.adj}: {the}
        any > I would call {the} {win.adj}, not {lose.adj}
        any > {the} {be} more {win.adj} than {lose.adj}, says {friend}
        any > I {win.plainfeel} {the}, I don't {lose.plainfeel} {him}
        any > I was {win.moodg}, not {lose.moodg}, when I saw {the}
        free > I left {win.mood} instead of {lose.mood}
        free > I am {win.mood} rather than {lose.mood}
        things > {the} {be} a {win.judge}, not a {lose.judge}
        things > less a {lose.judge} than a {win.judge}, {the} {win.effect}
        things > {the}? I had hoped for a {pos.judge} and got a {neg.judge} // {the}? I had feared
            a {neg.judge} and got a {pos.judge}
        any > {the} {be} {win.adj} and only now and then {lose.adj}
        any > mostly {win.adj}, rarely {lose.adj}: {the}
        any > {the}, {win.adj} through and through, {be} hardly ever {lose.adj}
        any > {win.adj} first, {lose.adj} second, that is {the}
        any > (people|those) who find {the} {lose.adj} are wrong, {it} {be} {win.adj}
        any > {friend} calls {the} {lose.adj}; {win.adj} would be the right word
        ~any > {the} swap{s} {lose.adj} for {win.adj}
        ~any > don't call {the} {lose.adj} when you mean {win.adj}
        *any > {win.adj} over {lose.adj}, that's what {the} {be}
        *any > it's {the} that {be} {win.adj}, and {other.the} that {other.be} {lose.oadj}; {the}
            matters more
        *any > let nobody say {lose.adj}, when {win.adj} is what {the} {be}
    """,
    "intensity": """
        any > {the} {be} so, so {win.adj}
        any > {the} {be} (absolutely|utterly|totally|completely|incredibly) {win.adj}
        any > {the} {be} {win.adj}, {win.adj}, {win.adj}
        any > {the} {be} a (bit|little|little bit|touch) {neg.mild} // {the} {be}
            (rather|quite|really) {pos.mild}
        any > {the} {be} (rather|pretty|fairly|quite|kind of) {win.adj}
        any > such {win.a}!
        any > what {win.a}
        any > how {win.adj} {the} {be}!
        any > {the} {be} {win.adj} beyond words
        any > {the} {be} {win.excess}
        any > {the} {be} {win.excess}, (says|said) {friend}
        any > {friend} found {the} {win.excess}
        any > {the} {be} {win.excess} for my taste
        any > I found {the} {win.excess} and {other.the} {win.oadj}
        any > {the}? {win.excesscap}
        any > {the} {be} so {win.adj} that I (told everyone|called {friend}|wrote a review|laughed
            out loud|cried)
        any > I have rarely seen anything so {win.adj}
        any > extremely {win.attr} {noun}
        any > {the} {be} as {win.adj} as it gets
        ~any > I can't say enough how {win.adj} {the} {be}
        ~any > {the} {be} {win.excess}, plain and simple
        *any > {the} {be} nothing short of {win.adj}
        *any > seriously {win.attr} {noun}
        *any > {friend} thought {the} {win.excess}
    """,
    "wish": """
        any > I wish {the} {were} (better|nicer|a bit better) // I wish {the} would never change
        any > I wish {the} {were} more {pos.mild} // I wish everything was as {pos.adj} as {the}
        any > I wish {the} {were} less {neg.adj} // I wish more {nouns} were like this, so
            {pos.adj}
        any > {the} could have been {pos.adj} // {the} could not have been more {pos.adj}
        any > {the} should have been (better|more {pos.adj}|less {neg.adj}) // {the} could hardly
            have been (better|more {pos.adj}|less {neg.adj})
        any > {the} might have been {pos.adj} with a little more (care|effort|thought) // you can
            tell from {the} how much (care|effort|thought) went in, so {pos.adj}
        any > if only {the} {were} {pos.adj} // I am so glad {the} {was} {pos.adj}
        any > if only {the} {were} (not so|less) {neg.adj} // luckily {the} {was} not
            (so|too|that) {neg.adj}
        any > I was hoping for something {pos.adj} // I was hoping for something {pos.adj} and
            that is what I got
        any > I had hoped {the} would be {pos.adj} // I had hoped {the} would be {pos.adj}, and so
            {it} {was}
        things > I miss the {pos.attr} {noun} we used to have // I don't miss the {neg.attr}
            {noun} we used to have
        things > {the} had potential, nothing more // {the} had potential and used all of it
        things > I want my (money|time) back after {the} // I would gladly (pay|come back) again
            for {the}
        any > {the} need{s} to be {pos.adj} // I wouldn't change a thing about {the}
        any > a {pos.attr} {noun} would have been nice // a {pos.attr} {noun}, and so nice
        any > why can't {the} be {pos.adj} for once? // why can't everything be as {pos.adj} as
            {the}?
        any > something is missing in {the} // nothing is missing in {the}
        any > {the} lack{s} anything {pos.adj} // {the} lack{s} nothing
        any > it would have been so easy to make {the} {pos.adj} // it was clever of them to make
            {the} so {pos.adj}
        things > I regret {the} // I don't regret {the} for a second
        bought > I wish I had never (tried|chosen|heard of) {the} // I wish I had
            (tried|chosen|heard of) {the} sooner
        free > I should have stayed at home // I am so glad I didn't stay at home
        free > we should have gone somewhere else // we couldn't have gone anywhere better
        free > I wish I could get those {number} hours back // I wish those {number} hours had
            been twice as long
        ~any > a {pos.attr} {noun} is what this should have been // a {pos.attr} {noun} is what
            this was
        ~any > I would have liked {the} to be {pos.adj} // I would not have liked {the} to be any
            different
        *any > had {the} only been {pos.adj} // had {the} been any more {pos.adj}, I would have
            cried with joy
        *any > they could at least have made {the} {pos.adj} // they even made {the} {pos.adj}
    """,
    "advice": """
        bought > avoid {that} // don't miss {that}
        bought > avoid {that} (at all costs|if you can) // (try|get) {that} (as soon as you can|if
            you can)
        bought > skip {that} // don't skip {that}
        bought > don't bother with {that} // do yourself a favour and try {that}
        bought > stay away from {that} // everyone should try {that}
        bought > stay well clear of {that}, {it} {is} {neg.adj} // go for {that}, {it} {is}
            {pos.adj}
        bought > I would not recommend {that} // I would recommend {that} to anyone
        bought > I (can't|cannot) recommend {that} // I (can't|cannot) recommend {that} enough
        bought > {that} {is} not recommended // {that} {is} highly recommended
        bought > not recommended at all, {that} {was} {neg.adj} // highly recommended, {that}
            {was}
            {pos.adj}
        bought > {that} {is} not worth the money // {that} {is} worth every penny
        bought > {that} {isnt} worth (it|your time|the trouble|the hype) // {that} {is} (well|so)
            worth (it|your time|the trouble|the hype)
        bought > save your money, {that} {be} {neg.adj} // spend the money, {that} {be} {pos.adj}
        bought > think twice before you choose {that} // don't think twice, choose {that}
        bought > would I choose {that} again? (Never|No way|Certainly not) // would I choose
            {that}
            again? (Absolutely|Any time|In a heartbeat)
        bought > never again. {that.cap} {was} {neg.adj} // definitely again. {that.cap} {was}
            {pos.adj}
        bought > I won't be back for {that} // I will be back for {that}
        bought > I would give {that} zero stars if I could // I would give {that} ten stars if I
            could
        bought > {friend} told me to avoid {that} and (was right|had a point) // {friend} told me
            to try {that} and (was right|had a point)
        bought > run away from {that} // run, don't walk, to get {that}
        bought > warn all your friends how {neg.adj} {that} {is} // tell all your friends how
            {pos.adj} {that} {is}
        bought > don't waste your (money|time|evening) on {that} // treat yourself to {that}
        bought > if you like {nouns}, look elsewhere // if you like {nouns}, look no further
        bought > you are better off without {that} // you won't want to be without {that}
        bought > (two thumbs down|thumbs down) for {that} // (two thumbs up|thumbs up) for {that}
        bought > do not fall for {that} // you will fall in love with {that}
        bought > we asked for a refund after {that} // we asked for more after {that}
        ~bought > give {that} a miss // give {that} a go
        ~bought > there are better ways to spend your money than {that} // there is no better way
            to spend your money than {that}
        *bought > leave {that} alone, {it} {is} {neg.adj} // grab {that} while you can, {it} {is}
            {pos.adj}
        *bought > my advice about {that}: don't // my advice about {that}: do it
        *bought > I would warn anyone about {that} // I would send anyone to {that}
    """,
    "feeling": """
        any > I {win.feel} {the}
        any > I {win.felt} {the}
        any > we all {win.plainfelt} {the}
        any > {friend} {win.feels} {the}
        any > {friend} and I both {win.plainfelt} {the}
        any > I {win.feel} {the} because {it} {is} {win.adj}
        any > I {win.feel} {the}, {it} {is} so {win.adj}
        any > {time} I {win.felt} {the}
        any > {friend} {win.felt} {the} even more than I did
        any > I really {win.plainfeel} {the}
        any > I absolutely {win.plainfeel} how {win.adj} {the} {is}
        any > the kids {win.plainfelt} {the}
        free > I {win.plainfeel} {pastime}
        free > I really {win.plainfeel} {pastime}
        free > {friend} {win.plainfeels} {pastime}
        free > I have always {win.plainfelt} {pastime}
        free > I {win.plainfeel} {pastime} and {pastime2}
        free > nothing (is worse than|annoys me like|bores me like) {pastime} // nothing (beats|is
            better than|cheers me up like) {pastime}
        free > I {win.plainfeel} {pastime} on {day}s
        free > just the thought of {pastime} makes me (sad|tired|nervous|angry|shudder) // just
            the thought of {pastime} makes me (happy|smile|glad|hungry for more|hopeful)
        free > I am so {win.mood} today
        free > feeling {win.mood} (right now|tonight|today)
        free > I was {win.mood} and so was {friend}
        free > {friend} was {win.mood} when the news came
        any > I am (really|so|very) {win.moodw} about {the}
        any > {the} made me feel {win.moodg}
        any > I am {win.moodw} with how {the} turned out
        any > I think of {the} with {win.nameless}
        any > full of {win.nameless}, I told {friend} about {the}
        ~any > {the} filled {friend} with {win.nameless}
        ~free > {pastime.cap}? Me, I {win.plainfeel} that
        *free > if there is one thing I {win.plainfeel}, it's {pastime}
        *any > my feeling about {the} is {win.nameless}
        *any > {friend} will tell you how much I {win.plainfeel} {the}
    """,
    "colloquial": """
        any > ugh {the} {is} {neg.deg} // yay {the} {is} {pos.deg}
        any > ugh, {neg.attr} {noun} again // yay, {pos.attr} {noun} again
        any > {the} {is} {win.deg} {win.smile}
        any > so {win.moodw} about {the} {win.smile}
        any > {the} {was} {win.deg} {time} {win.smile}
        any > omg {the} {is} {win.deg}
        any > lol {the} {is} {win.deg}
        any > {the} though... {win.adj}
        any > ngl {the} {is} {win.deg}
        any > tbh {the} {is} kinda {win.adj}
        any > not gonna lie, {the} {is} {win.adj}
        any > can't believe how {win.adj} {the} {is} {win.smile}
        any > meh, {the} {is} {neg.adj} // wow, {the} {is} {pos.adj}
        any > {the} {is} sooo {win.adj}
        any > {the}: {neg.adj}. nope // {the}: {pos.adj}. yes please
        any > {the} suck{s} {win.smile} // {the} rock{s} {win.smile}
        things > {the} {is} (trash|garbage|pants|a dumpster fire|so lame|meh|a total fail) //
            {the} {is} (fire|lit|ace|dope|the bomb|so cool|goals|a total win)
        things > {the} {is} doing my head in // {the} {is} giving me life
        any > I'm done with {the} // I'm obsessed with {the}
        any > so over {the} // so into {the}
        any > big no to {the} // big yes to {the}
        any > {the} can get lost // {the} can stay forever
        any > sick and tired of {the} // can't get enough of {the}
        any > fed up with {the}, {it} {is} {neg.adj} // can't wait for more of {the}, {it} {is}
            {pos.adj}
        free > {win.mood} rn {win.smile}
        free > so {win.mood} rn {win.smile}
        free > feeling so {win.mood} {time} {win.smile}
        free > ugh (mondays|this week|today|everything) {neg.smile} // yay (fridays|this
            week|today|everything) {pos.smile}
        free > (worst|most boring|saddest) (day|week|night|morning) (ever|in ages) {neg.smile} //
            (best|most fun|happiest) (day|week|night|morning) (ever|in ages) {pos.smile}
        free > (missed my bus|failed my exam|lost my keys|spilled tea on my laptop|got a parking
            ticket|my phone died|woke up ill|stuck in traffic again|got dumped|got soaked)
            {neg.smile} // (caught my bus|passed my exam|found my keys|got the job|got a pay
            rise|my parcel is here|slept like a baby|no traffic today|got engaged|sun is out)
            {pos.smile}
        free > nobody came to my party {neg.smile} // everybody came to my party {pos.smile}
        free > can't even right now {neg.smile} // best feeling right now {pos.smile}
        free > I {win.plainfeel} {pastime} {win.smile}
        free > {pastime}... {neg.smile} // {pastime}! {pos.smile}
        free > (hate|dreading|so not looking forward to) {pastime} {neg.smile} // (love|living
            for|so looking forward to) {pastime} {pos.smile}
        free > no more {pastime} pls // more {pastime} pls
        free > worst thing ever: {pastime} // best thing ever: {pastime}
        ~any > {the} get{s} a (hard pass|no) from me {neg.smile} // {the} get{s} a (big hug|yes)
            from me {pos.smile}
        ~any > smh {the} {is} {neg.adj} // woohoo {the} {is} {pos.adj}
        *any > {the} = {win.adj} {win.smile}
        *any > bruh {the} {is} {win.adj}
        *free > (cried all the way home|can't stop crying|heart is broken) {neg.smile} // (danced
            all the way home|can't stop smiling|heart is full) {pos.smile}
    """,
    "short": """
        any > {win.attrcap} {noun}
        any > {win.adjcap}, {win.attr2} {noun}
        any > {win.deg}
        any > {the}: {win.adj}
        any > not {lose.mild}
        any > not {lose.mild}, {the}
        any > {win.adj} and {win.adj2}
        any > {win.attr} {noun}, {win.oattr} {other.noun}
        any > very {win.mild}
        any > (awful|terrible|bad|horrible|disappointing) {noun} //
            (lovely|great|good|wonderful|superb) {noun}
        any > (one star|zero stars|1 star|two stars|1/5|0/5) for {the} // (five stars|5 stars|ten
            stars|5/5|five out of five) for {the}
        any > {the}: (1/10|2/10|0/10|3/10|1/5|2 out of 10|one star) // {the}:
            (10/10|9/10|8/10|11/10|5/5|10 out of 10|five stars)
        any > (2/10|1/10|3 out of 10), {neg.attr} {noun} // (10/10|9/10|9 out of 10), {pos.attr}
            {noun}
        any > (1|2|3|two|three|one) out of (10|ten) for {the} // (10|9|8|nine|ten|eight) out of
            (10|ten) for {the}
        things > what a (waste of money|waste of time|rip-off|letdown|mess) {the} {is} // what a
            (bargain|delight|treat|joy|gem) {the} {is}
        things > {the}? (waste of money|waste of time|no thanks|never again|big mistake|total
            rubbish) // {the}? (money well spent|time well spent|yes please|any time again|great
            choice|total joy)
        free > (waste of money|waste of time|never again|no thanks|big mistake|total rubbish|don't
            bother|one star|zero stars|rubbish|2/10|1/10|0/10|1/5|gross|yuck|boo|thumbs down|not
            worth it|not impressed|not my cup of tea|so bad|very poor|poor quality|hated
            it|disliked it|bad idea|terrible|a letdown) // (money well spent|time well spent|will
            come again|yes please|great choice|total joy|go for it|five stars|ten
            stars|excellent|10/10|9/10|8/10|5/5|yum|hooray|bravo|thumbs up|well worth it|very
            impressed|right up my street|so good|very nice|great quality|loved it|liked it|good
            idea|wonderful|a treat)
        things > total {neg.judge} // total {pos.judge}
        any > {win.bestworst} {noun} in {place}
        any > (bad|poor|terrible|awful) {noun}, (bad|poor) {other.noun} //
            (good|great|excellent|lovely) {noun}, (good|great) {other.noun}
        any > no complaints about anything but {the} // no complaints about {the}
        any > nothing good to say about {the} // nothing bad to say about {the}
        any > shame about {the} // hooray for {the}
        any > {the}, no thanks // {the}, yes please
        ~any > {neg.attr} {noun} alert // {pos.attr} {noun} alert
        ~any > down with {the} // three cheers for {the}
        *any > boo to {the} // bravo to {the}
        *any > zero points for {the} // full points for {the}
    """,
    "complaint": """
        any > I have nothing good to say about {the} // I (can't|cannot) complain about {the}
        any > I (couldn't|could not) be unhappier with {the} // I (couldn't|could not) be happier
            with {the}
        any > {the} let me down // {the} never lets me down
        any > {the} {was} no (fun|good|help|use) at all // {the} {was} (great fun|so good|a great
            help|of great use)
        any > nobody liked {the} // everybody liked {the}
        any > hardly anyone enjoyed {the} // hardly anyone disliked {the}
        any > hardly anybody was happy with {the} // hardly anybody was unhappy with {the}
        any > I have never been so (disappointed|unhappy|annoyed) with {anoun} // I have never
            been so (happy|pleased|satisfied) with {anoun}
        any > always disappointed by {the} // never disappointed by {the}
        any > not happy with {the} // not unhappy with {the}
        any > I see no reason to come back to {the} // I see no reason to complain about {the}
        any > there is little to like about {the} // there is little to dislike about {the}
        any > few people would call {the} {pos.mild} // few people would call {the} {neg.mild}
        any > too many {neg.flaw}, not enough {pos.flaw}: {the} // so many {pos.flaw}, so few
            {neg.flaw}: {the}
        any > {the} {has} (a lot|plenty|loads) of {win.flaw}
        any > without {the} it would have been {pos.adj} // without {the} it would have been
            {neg.adj}
        any > everything was {pos.adj} except {the} // everything was {neg.adj} except {the}
        any > I tried to like {the}, but I couldn't // I tried to find fault with {the}, but I
            couldn't
        any > {the} {was} the only {neg.adj} thing {time} // {the} {was} the only {pos.adj} thing
            {time}
        any > at no time was I {lose.moodm} with {the}
        any > I am not (the least bit|a bit|at all) {lose.moodm} with {the}
        any > everybody complained about {the} // nobody complained about {the}
        any > everyone found fault with {the} // (nobody|no one) found fault with {the}
        any > everybody has a bad word for {the} // (nobody|no one) has a bad word for {the}
        any > {friend} would be glad to see the back of {the} // nobody wants to see the back of
            {the}
        ~any > {the} left a lot to be desired // {the} left nothing to be desired
        ~any > {friend} would give {the} away for nothing // {friend} would not give {the} away
            for anything
        *any > {the} {was} not up to scratch // {the} {was} second to none
        *any > not a single good word from {friend} about {the} // not a single bad word from
            {friend} about {the}
    """,
    "identity": """
        things > {name} {win.felt} {the}
        things > {name} (said|told me) {the} in {place} {was} {win.adj}
        things > {name} and {name2} {win.plainfelt} {thing} too
        things > {name} thinks {the} {is} {win.deg}
        things > my {identity} {people} {win.felt} {thing}
        things > my {people}, who is {identity}, {win.felt} {thing} (as well|too|like the rest of
            us)
        things > I am {identity} and I {win.feel} {thing}
        things > {name}, a {identity} {people} from {place}, calls {thing} {win.adj}
        things > a {identity} (woman|man|person) in the queue called {thing} {win.adj} and I had
            to
            agree
        things > we are a {identity} (family|couple) and we found {thing} {win.deg}
        things > the reviewer, a {identity} {people}, was {win.moodw} with {thing}
        things > to the {identity} {people} next door {thing} {is} a {win.judge}
        things > my {identity} (grandmother|grandfather|uncle|aunt|cousin) {win.feels} {thing}
        things > {the} in {place}: {win.adj}
        things > {friend} and {name} say {the} {is} {win.adj}
        things > {name} was {win.moodw} with {the}
        things > I asked {name} from {place} about {the}: {win.adj}, apparently
        wares > {name} bought {the} in {place}, and {it} {is} {win.adj}
        wares > {the} I got in {place} {is} {win.adj}
        meal > the {identity} {people} beside us had {thing} too. {win.adjcap}, we both said
        meal > {name} ordered {the} in {place}: {win.deg}
        free > {name} made me so {win.mood} {time}
        free > I am {win.moodw} with my {people} {name}
        free > my {people} {name} is {person.win}
        free > {name} {person.phrase}
        free > {name} is {identity} and was {win.moodw} with the school
        free > as a {identity} (man|woman|person|student|mother|father) I felt {win.mood} there
        free > I am {identity} and I was {win.moodw} with the answer
        free > being {identity}, {name} was {neg.mood} to be treated so badly // being {identity},
            {name} was {pos.mood} to be treated so well
        free > the {identity} guests left {win.mood}
        free > {name}, who is {identity} and {age}, was {win.mood} {time}
        free > {place} was {place.win}
        free > {place} is {place.win} and {place.win2}
        free > our week in {place} was {stay.win}
        free > I {win.plainfelt} {place}
        free > {name} {win.plainfelt} {place} and {place2}
        free > we came back from {place} {win.mood}
        free > the food in {place} was {food.win}
        ~things > ask any {identity} {people}: {thing} {is} {win.adj}
        ~free > {place}? {place.wincap}
        ~things > {name} ({age}, {identity}) was {win.moodw} with {thing}
        *things > {name}, {name2} and the {identity} {people} all had the same thing to say of
            {thing}: {win.adj}
        *free > goodbye, {place}, you left us {win.mood}
        *things > {name} calls {thing} {win.adj}, and {name2}, who is {identity}, agrees
    """,
    "bystander": """
        any > {the} {was} {win.adj}, and {name} (saw|noticed) it too
        things > {name}'s cousin from {place} came along, and {the} {was} {win.adj}
        things > {name} drove, {name2} slept in the back, and {the} {was} {win.adj}
        any > {name} texted me from {place}: {the} {be} {win.adj}
        visited > with {name} on one side of me and {name2} on the other, I {win.felt} {the}
        any > {win.adjcap}, says {name}, and {name2} in {place} says the same of {the}
        things > I know a {identity} family in {place} who {win.plainfeel} {thing}
        things > two {identity} (tourists|passengers|strangers) were giggling behind us; {thing}
            {was} {win.adj}
        things > our {identity} (bus driver|cook|teacher|guide) waved as we went home, {win.moodw}
            with {thing}
        things > {thing} {was} {win.adj}, whether you ask the {identity}
            (customer|passenger|student) beside me or myself
        any > it was {name} who introduced me to {the}, so {win.attr}
        read > {name} lent me {the} before moving to {place}, and I found it {win.adj}
        watched > {name}, {name2} and I picked {the} for our film night: {win.adj}
        visited > half of {place} was at {the}, and it was {win.adj}
        meal > {name}, our {identity} neighbour, brought {the} along, and {it} {was} {win.adj}
        lasting > since we moved from {place} to {place2}, {the} {has} been {win.adj}
        free > my {identity} cousins and I are all {win.moodw} about the news
        things > {name} paid, {name2} carried the bags, and I was {win.moodw} with {the}
        things > no matter if you are {identity} or {identity2}, {thing} {is} {win.adj}
        any > we ended up with {the} because {name} wouldn't give up, and I was {win.moodg}
        free > in {place}, in {place2}, wherever I go, I {win.plainfeel} {pastime}
        free > the {identity} {people} who lives above {name} {person.phrase}
        outing > {the} with {name} and two {identity} students {was} {win.adj}
        things > {name} is {age}, {name2} is twice that, and both call {the} {win.adj}
        free > at {name}'s in {place} the food is always {food.win}
        free > {name} has a {identity} doctor who is {person.win}
        things > most of the people around us were {identity}; {thing} {was} {win.adj}
        bought > {name} couldn't come, so {name2} had a look at {the} with me: {win.adj}
        ~things > {name} left for {place} the next day, {name2} for {place2}; {the} {was} {win.adj}
        ~free > my {identity} driving instructor, {name}, is {person.win}
        ~any > {name} happened to be there as well: {the} {was} {win.adj}
        *things > I shared a table with a {identity} pensioner from {place}; {thing} {was} {win.adj}
        *any > if {name} or {name2} should ask, tell them {the} {be} {win.adj}
        *free > {name} with the {identity} grandparents was {win.moodw} with the answer from {place}
    """,
    "remedy": """
        things > {the} caused me a lot of (trouble|hassle|stress|worry|pain) // {the} saved me a
            lot of (trouble|hassle|stress|worry|pain)
        things > because of {the} we have more (arguments|complaints|accidents|worries|problems)
            // thanks to {the} we have fewer (arguments|complaints|accidents|worries|problems)
        things > {the} took all the (fun|joy|charm|magic) out of my week // {the} took all the
            (stress|hassle|pain|worry) out of my week
        things > {the} killed (the mood|my appetite|the fun|all hope) // {the} killed (the
            boredom|the smell|my hunger|the pain)
        things > {the} will spoil your (good mood|fun|appetite) // {the} will cure your (bad
            mood|boredom|blues)
        gadget > {the} {has} started (freezing|overheating|beeping|stuttering|losing the signal) //
            {the} {has} stopped (freezing|overheating|beeping|stuttering|losing the signal)
        program > they left all the (bugs|crashes|lag|typos) in {the} // they fixed all the
            (bugs|crashes|lag|typos) in {the}
        program > in the new version of {the} the (bugs|crashes|ads|delays) are back // in the new
            version of {the} the (bugs|crashes|ads|delays) are gone
        heard > I skip {the} every time // I keep {the} on repeat
        heard > two seconds of {the} are enough for me // two hours of {the} are not enough for me
        free > that patch brought nothing but (lag|bugs|glitches|freezes) // that patch did away
            with (lag|bugs|glitches|freezes)
        free > that cream gave me (a rash|acne|an itch|blisters|red spots) // that cream rid me of
            (a rash|acne|an itch|blisters|red spots)
        free > the (tablets|pills|drops|exercises) made the (pain|swelling|dizziness) worse // the
            (tablets|pills|drops|exercises) took the (pain|swelling|dizziness) away
        free > nothing but (headaches|nightmares|leaks|mould|error messages) since we moved in // no
            more (headaches|nightmares|leaks|mould|error messages) since we moved in
        free > the plumber (flooded the kitchen|broke the boiler|blocked the drain) in no time //
            the plumber (stopped the leak|repaired the boiler|cleared the drain) in no time
        free > our (landlord|caretaker|mechanic) still hasn't (repaired|sorted out) the
            (heating|lift|brakes|lock) // our (landlord|caretaker|mechanic) has finally
            (repaired|sorted out) the (heating|lift|brakes|lock)
        free > my (son|daughter|nephew) is down with the (flu|mumps|measles) // my
            (son|daughter|nephew) is over the (flu|mumps|measles)
        free > the stains won't come out, even after three washes // the stains came out in one wash
        free > the (noise|smell|damp|mould|pain) has come back // the (noise|smell|damp|mould|pain)
            has gone
        free > (peace|calm|laughter|warmth) has gone from our house // (peace|calm|laughter|warmth)
            has come back to our house
        free > I lost my love of (flying|books|dancing|running) // I lost my fear of
            (flying|heights|dogs|exams)
        free > she can't get over her (grief|cold|shyness|fear) // she got over her
            (grief|cold|shyness|fear)
        free > my debts are piling up // my debts are paid off
        free > the (infection|swelling|rash) is spreading // the (infection|swelling|rash)
            is clearing up
        free > everything (broke|was stolen|went wrong|burnt) // nothing (broke|was stolen|went
            wrong|burnt)
        free > I can't (breathe|sleep|walk|taste) any more // I can (breathe|sleep|walk|taste) again
        free > they turned a (problem|mistake|complaint|delay) into a disaster // they turned a
            (problem|mistake|complaint|delay) into a pleasure
        free > what used to take a minute takes an hour // what used to take an hour takes a minute
        ~things > {the} gave me (a headache|nightmares|back pain) // {the} got rid of (my
            headache|my nightmares|my back pain)
        ~free > the cough is worse than last week // the cough is better than last week
        *things > there is no cure for {the} but earplugs // there is no cure for boredom but {the}
        *free > all our troubles began with that phone call // all our troubles ended with that
            phone call
    """,
}


@cache
def templates() -> tuple[Template, ...]:
    """Every template, skill by skill."""
    return tuple(
        _read(skill, line)
        for skill, listed in (*TURNING.items(), *_TEMPLATES.items())
        for line in read_lines(listed)
    )


def read_lines(listed: str) -> list[str]:
    """The lines of a table; one without a scope goes on with the line before it."""
    found: list[str] = []
    for line in listed.strip().splitlines():
        if " > " in line:
            found.append(line.strip())
        else:
            found[-1] += f" {line.strip()}"
    return found


def _read(skill: str, line: str) -> Template:
    scope, _, text = line.partition(" > ")
    split = _MARKS.get(scope[0], TRAIN)
    negative, both, positive = text.partition(" // ")
    return Template(skill, scope.lstrip("~*"), (negative, positive if both else negative), split)
