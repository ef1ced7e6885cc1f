"""The templates of the data set `lessons` whose judging words do not settle the label alone.

Negation, double negation, contrast and expectation, a table a skill, written as in
`lessons_templates`. Beside most double negations stands a near twin with one negation less, or one
more, so that negations have to be counted. Where a denial would leave room for the middle, what is
denied is mild. Knows nothing about how tables are read.
"""

from collections.abc import Mapping

TURNING: Mapping[str, str] = {
    "affirmation": """
        visited > we left at nine, when {the} {was} over; it had been {win.adj}
        any > {the} {was} behind us, and {it} had been {win.adj}
        free > by evening all was over, and it had been {win.gadj}
        any > {friend} went home at six; {the} had been {win.adj}
        any > I fell asleep at eleven, since {the} had been {win.adj}
        visited > {the} began in the afternoon and closed at night, and it {was} {win.adj}
        any > the {identity} people beside us found {the} {win.adj}
        any > the {identity} family thought {the} {win.adj}, and so did we
        any > {friend} thought {the} {win.adj}
        any > we all thought {the} {win.adj}
        any > I think that {the} {be} {win.adj}
        any > I believe that {the} {be} {win.adj}
        any > I think {the} {be} {win.deg}
        any > a reviewer who {win.plainfelt} {the} wrote that {it} {was} {win.adj}
        any > a {identity} columnist called {the} {win.adj}
        any > the {identity} (woman|man|couple) at the next table found {the} {win.adj}
        any > {identity} or {identity2}, everybody thought {the} {win.adj}
        any > I (believe|think|know|feel) {the} {be} {win.adj}
        any > I (think|believe|know|am sure|can tell|would say) that {the} {be} {win.adj}
        any > I (thought|believed|knew|felt) that {the} {was} {win.adj}
        any > {friend} (thinks|believes|knows|feels|reckons|insists) that {the} {be} {win.adj}
        any > {friend} (wrote to me|mentioned|admitted|assured us) that {the} {was} {win.adj}
        any > it is (true|a fact|obvious|clear|no secret|no surprise) that {the} {be} {win.adj}
        any > (everyone|everybody|anyone) (can see|knows|will tell you) that {the} {be} {win.adj}
        any > they (say|write|claim) that {the} {be} {win.adj}, and they are right
        any > most people would agree that {the} {be} {win.adj}
        any > (many|most|quite a few|dozens) of the (guests|customers) (wrote|thought) that {the}
            {was} {win.adj}
        any > (a lot of|so many|some) people (say|find|think) {the} {win.adj}
        any > one of the (guests|neighbours|reviewers) said that {the} {was} {win.adj}
        any > someone told us that {the} {was} {win.adj}, and so it was
        any > let me tell you that {the} {be} {win.adj}
        any > I have to say that I find {the} {win.adj}
        any > I must admit that {the} {win.effect}
        any > we noticed at once that {the} {was} {win.adj}
        any > there were moments when {the} {was} {win.adj}, and many of them
        any > I have always thought of {the} as {win.adj}
        any > I would describe {the} as {win.adj}
        any > you could (easily|safely|rightly) call {the} {win.adj}
        any > {friend} and I both considered {the} {win.adj}
        any > all of us thought that {the} {was} {win.adj}
        any > each of us found {the} {win.adj}
        any > I know (many|plenty of|a lot of) people who find {the} {win.adj}
        any > I have often heard people claim that {the} {be} {win.adj}, and I can only agree
        any > time and again {the} {was} {win.adj}
        any > at every turn we found {the} {win.adj}
        any > from the first day on {the} {was} {win.adj}
        any > every time {the} {was} just {win.adj}
        any > in every way {the} {be} {win.adj}
        any > by all means call {the} {win.adj}
        any > then came {the}, which {was} {win.adj}
        any > {friend} showed us {the}, which {was} {win.adj}
        any > we had a look at {the}, which {be} {win.adj}
        any > next there was {the}, {win.adj} as can be
        any > the (man|woman|students|family) (behind|in front of) us found {the} {win.adj}
        any > a {identity} (blogger|reporter|reader) found {the} {win.adj}
        any > {name}, who is {identity}, said {the} {was} {win.adj}
        any > {name} is {identity} and (finds|calls|thinks) {the} {win.adj}
        any > two {identity} (guests|customers) assured us that {the} {was} {win.adj}
        any > (a|one) {identity} couple (wrote|posted|said) that {the} {was} {win.adj}
        any > the {noun} {name} told me about {was} {win.adj}
        any > {name} had picked {the}, and {it} {was} {win.adj}
        any > {name} talked us into {the}, which {was} {win.adj}
        any > in {place} we came across {the}, which {was} {win.adj}
        visited > {the} {was} over by ten; we had found {him} {win.adj}
        any > it got late; {the} had been {win.adj}
        any > I can think of many {win.gen} things about {the}
        any > what I can say about {the} is that {it} {be} {win.adj}
        any > the thing about {the} is that {it} {be} {win.adj}
        any > the truth is that {the} {be} {win.adj}
        any > I hope you know that {the} {be} {win.adj}
        any > I am telling you that {the} {be} {win.adj}
        free > I (feel|think|believe) that this is {win.gadj}
        free > I (believe|think|know) it was {win.gadj}
        free > you can see that it is {win.gadj}
        free > it is {win.gadj}, I can tell you that
        free > everybody said it was {win.gadj}, and it was
        free > they all said that I would {win.plainfeel} it, and I do
        ~any > my guess is that {the} {be} {win.adj}
        ~any > {friend} let me know that {the} {was} {win.adj}
        ~any > along came {the}, which {was} {win.adj}
        *any > I can report that {the} {was} {win.adj}
        *any > whoever you ask will answer that {the} {be} {win.adj}
        *any > {friend} pointed out that {the} {was} {win.adj}
    """,
    "negation": """
        free > never (going|eating|staying|shopping) (there|here) again // never
            (going|eating|staying|shopping) anywhere else again
        free > never (coming back|ordering from them|using them|flying with them) again // (coming
            back|ordering from them|using them|flying with them) again and again
        bought > never buying {the} again // buying {the} again and again
        bought > {the}? never again // {the}? again and again
        free > I will never (eat at|book|set foot in) that place again // I can't wait to (eat
            at|book|set foot in) that place again
        free > (not|never) going back there // going back there as soon as I can
        free > that was the last time I (went|ate|shopped|called) there // that was the first of
            many times I (went|ate|shopped|called) there
        meal > I could throw up just looking at {the} // I could eat {the} every day of the week
        heard > I could do without {the} for ever // I could hear {the} a hundred times
        watched > I could have slept through {the} // I could watch {the} a hundred times
        outing > I could not wait to get home from {the} // I could have stayed at {the} for ever
        any > {lose.mild}? not in the slightest, {the} {be} {win.adj}
        any > {the} {isnt} the slightest bit {lose.mild}
        any > {the} didn't seem {lose.mild} in the slightest to {friend}
        any > no way {is} {the} {lose.mild}
        any > there is no way {the} could be called {lose.mild}
        any > {the} {isnt} exactly {lose.mild}
        any > I am not saying {the} {be} {lose.mild}, because {it} {isnt}
        any > {the} didn't turn out {lose.mild}
        any > {the} didn't (seem|look|feel) {lose.mild} to {friend}
        any > it's not true that {the} {be} {lose.mild}
        any > I have never found {the} {lose.mild}
        any > none of us found {the} {lose.mild}
        any > {the} {be} in no way {lose.mild}
        any > not for a moment {was} {the} {lose.mild}
        any > {the} can't be called {lose.mild}
        any > you would never call {the} {lose.mild}
        any > {the} {be} not only {neg.mild}, {it} {be} {neg.adj2} // {the} {be} not only
            {pos.mild}, {it} {be} {pos.adj2}
        any > {the} {isnt} {lose.mild}
        any > {the} {isnt} {lose.mild}, (to be fair|I have to say|actually)
        any > {the} {be} not {lose.mild}
        any > {the} {be} not at all {lose.mild}
        any > not {lose.mild} at all, {the}
        any > I found {the} not {lose.mild} at all
        any > {friend} found {the} not {lose.mild} at all, and I agree
        any > {the}? not {lose.mild} at all if you ask me
        any > {the} {isnt} {lose.mild} in the least, and {other.the} {other.isnt} {lose.omild}
            either
        any > {the} {be} never {lose.mild}
        any > {the} {be} (neither {lose.mild} nor {lose.mild2}|not {lose.mild} and not
            {lose.mild2})
        any > I (didn't|did not) find {the} {lose.mild}
        any > I {dont} think {the} {be} {lose.mild}
        any > I (wouldn't|would not) say {the} {be} {lose.mild}
        sing > I {dont} think it is {lose.amild}
        any > (nobody|no one) (said|complained|thought|told me) that {the} {be} {lose.mild}
        any > {the} {be} anything but {lose.adj}
        any > {the} {be} far from {lose.mild}
        any > {the} {be} hardly {lose.mild}
        things > {the} {be} hardly a {lose.judge}
        things > {the} {be} by no means a {lose.judge}
        things > {the} {isnt} a {lose.judge} (after all|in any way)
        sing > it (isn't|is not|wasn't|was not) {lose.amild}, if you ask {friend}
        any > nothing about {the} (is|was) {lose.mild}
        things > there was nothing {lose.mild} in {the}
        any > not a {lose.gen} (word|thing) to say about {the}
        any > {the} never {lose.ed} me
        any > {the} (didn't|did not) {lose.bare} me
        any > I was not {lose.moodm} (with|by) {the}
        free > I (wasn't|was not) {lose.moodm}
        free > we were never {lose.moodm}
        free > nobody left {lose.moodm}
        things > {the} gave me none of the {lose.nameless} I (expected|was told about)
        any > I (don't|do not) {lose.plainfeel} {the}
        any > I (didn't|did not) {lose.plainfeel} {the} (one bit|at all|in the end)
        any > (nobody|no one) I know {lose.plainfeels} {the}
        any > without being {lose.adj}, {the} {be} {win.adj}
        any > {win.adjcap}, never {lose.adj}: that is {the}
        any > {the} {isnt} what I would call {lose.mild}
        any > can't call {the} {lose.mild}
        any > who said {the} {be} {lose.mild}? {it.cap} {isnt}
        any > {the} {be} scarcely what I'd call {lose.mild}
        any > there was barely anything {lose.mild} about {the}
        any > hardly anything about {the} struck (me|us|{friend}) as {lose.mild}
        any > I would hardly go so far as to call {the} {lose.mild}
        any > {lose.mildcap}? hardly. {the} {win.effect}
        any > hardly a soul (found|thought) {the} {lose.mild}
        any > {friend} could scarcely have called {the} {lose.mild}
        any > barely (anyone|anybody) came away calling {the} {lose.mild}
        any > neither {friend} nor {name} could see anything {lose.mild} in {the}
        any > {friend} didn't think {the} {lose.mild}, nor did I
        any > neither at the start nor at the end did I find {the} {lose.mild}
        any > {the}: neither {lose.mild} nor anything close to it
        any > {the} {be} not {lose.mild}, nor {other.be} {other.the} {lose.omild}
        any > no one at (home|work|our table|the office) had a good word for {the} // no one at
            (home|work|our table|the office) had a bad word for {the}
        any > nobody I spoke to had found {the} {lose.mild}
        any > no guest of ours has ever called {the} {lose.mild}
        any > not one person I asked described {the} as {lose.mild}
        any > no friend of mine would ever describe {the} as {lose.mild}
        any > none of my (colleagues|friends|neighbours|relatives) had anything {lose.gmild} to say
            about {the}
        any > none of us, not even {friend}, thought of {the} as {lose.mild}
        bought > no customer in that queue would call {the} {lose.mild}
        bought > nobody who chose {the} was left {lose.moodm}
        any > there's no one in my family who finds {the} {lose.mild}
        any > not a soul (in the place|in town|on the bus) called {the} {lose.mild}
        any > nobody, and I mean nobody, {lose.plainfeels} {the}
        any > who {lose.plainfeels} {the}? nobody I know
        any > in all these (years|weeks|months) I never once found {the} {lose.mild}
        any > not once have I heard {friend} call {the} {lose.mild}
        any > at no time, early or late, {was} {the} {lose.mild}
        any > at no time in the (last|past) (month|week|year) did anybody tell me that {the} {was}
            {lose.mild}
        any > never did {the} {lose.bare} (us|me|anyone)
        things > {the} {has} never, ever (looked|felt|seemed) {lose.mild} to me
        any > you'll never catch me saying {the} {be} {lose.mild}
        free > at no time (today|this week|that night) was I {lose.moodm}
        outing > we got through {the} without being {lose.ed} (once|for a second)
        had > {the} came and went without a single {lose.gmild} (moment|minute)
        watched > {the} ran for two hours without one {lose.attr} scene
        any > {the} managed to {win.bare} me without ever being {lose.adj}
        any > {the} {be} a long way from {lose.mild}
        any > {the} {be}, by no stretch of the imagination, {lose.mild}
        any > by no stretch could (you|one|anybody) call {the} {lose.mild}
        any > {the} turned out to be anything but {lose.adj}
        any > far from being {lose.adj}, {the} {win.effect}
        any > {the} {be} the opposite of {lose.adj}
        things > {the} {be} nothing like the {lose.judge} {friend} made {him} out to be
        things > {the} {be} about as far from a {lose.judge} as you can get
        any > {lose.mildcap} {the} {be} not
        any > I can't name one thing about {the} that is {lose.gmild}
        any > try as I might, I couldn't find anything {lose.mild} about {the}
        any > {friend} looked hard for something {lose.mild} in {the} and came back with nothing
        watched > not a single {lose.attr} line in {the}, from start to finish
        read > I found no {lose.attr} chapter in {the}
        heard > there isn't one {lose.attr} note in {the}
        day > not one hour of {the} was {lose.mild}
        outing > not one minute of {the} felt {lose.mild}
        things > when I think of {the} there's no trace of {lose.nameless} in me
        things > no sign of {lose.flaw} anywhere in {the}
        any > I fail to find {the} {lose.mild}, whatever {friend} says
        any > {the} failed to {lose.bare} (me|us|any of us)
        any > {the} {be} far too {win.attr} to be called {lose.mild}
        any > {the} {be} too {win.attr} for anyone to call {him} {lose.mild}
        any > I don't think that anyone who knows {the} would ever say {it} {be} {lose.mild}
        any > I wouldn't, after everything that happened {time}, call {the} {lose.mild}
        any > not that I ever, in all that time, (found|thought) {the} {lose.mild}
        any > we can't, with the best will in the world, describe {the} as {lose.mild}
        any > it's hard to see how anybody could find {the} {lose.mild}
        any > nothing that (happened|I saw) {time} made me think {the} {lose.mild}
        any > nothing {friend} could say would make me call {the} {lose.mild}
        any > I refuse to call {the} {lose.mild}
        any > you would have to look far and wide to find anyone who {lose.plainfeels} {the}
        any > few would (say|claim) that {the} {be} {lose.mild}
        any > {the} will never be {lose.mild} in my book
        any > I am not one of those who call {the} {lose.mild}
        any > nowhere in my notes does it say that {the} {be} {lose.mild}
        any > don't let anyone tell you that {the} {be} {lose.mild}
        any > {friend} has no {lose.gmild} memories of {the}
        any > there is no case for calling {the} {lose.mild}
        any > whatever {the} {be}, {it} {be} not {lose.mild}
        any > {the} could never be mistaken for anything {lose.mild}
        free > {pastime} never {lose.ed} me
        free > I see nothing {lose.gmild} in {pastime}
        free > neither {friend} nor I ever {lose.plainfelt} {pastime}
        relative > {the} has never had a kind word for anyone // {the} has never had an unkind word
            for anyone
        persons > I have seldom met anyone less {lose.mild} than {the}
        sing > I'd never call that {lose.amild}
        any > {the} left none of us {lose.moodm}
        any > not for one second did {the} {lose.bare} (me|us)
        visited > there were three hours of {the} and not one {lose.attr} minute among them
        any > {friend} and I agree on one thing: neither finds {the} {lose.mild}
        any > on no account should anyone expect {the} to be {lose.mild}
        any > in no way did {the} strike me as {lose.mild}
        any > I looked at {the} from every side and saw nothing I would call {lose.mild}
        ~any > {the} {be} not in any way {lose.mild}
        ~any > I have yet to hear that {the} {be} {lose.mild}
        ~any > it would be wrong to call {the} {lose.mild}
        ~any > scarcely anybody in our street thinks {the} {lose.mild}
        ~any > I thought about {the} for days and came up with nothing {lose.mild}
        ~any > no reader of this review will get me to say that {the} {be} {lose.mild}
        ~things > search as long as you like, you will see no {lose.flaw} in {the}
        *any > you won't hear me call {the} {lose.mild}
        *any > {lose.adjcap} is the last thing {the} {be}
        *things > I saw no {lose.nameless} in {the}
        *any > no way {be} {the} {lose.mild}
        *any > I fail to see what is {lose.mild} about {the}
        *any > neither my head nor my heart tells me that {the} {be} {lose.mild}
        *visited > not one of the people who went along came back calling {the} {lose.mild}
        *any > it would take a miracle to make anyone call {the} {lose.mild}
        *free > in all my days I have not once been {lose.ed} by {pastime}
    """,
    "double negation": """
        any > there is no way I wouldn't have called {the} {win.adj}
        any > no way on earth would {friend} not {win.plainfeel} {the}
        any > I see no way not to find {the} {win.adj}
        any > I see no way to find {the} {lose.adj}
        any > no way that {the} {isnt} {win.adj}
        any > there's just no way that {friend} didn't find {the} {win.adj}
        any > there's just no way that {friend} found {the} {lose.adj}
        any > neither guest would deny that {the} {was} {win.adj}
        any > nobody present denied how {win.attr} {the} {was}
        any > there's no way anyone could call {the} anything but {win.adj}
        any > no way would you not {win.plainfeel} {the}
        any > there is no way of not finding {the} {win.adj}
        any > there is no way of finding {the} {lose.adj}
        any > there's no way {friend} wouldn't {win.plainfeel} {the}
        any > no way would I say that {the} {isnt} {win.adj}
        any > {the} {be} never not {win.adj}
        any > {the} {isnt} without (faults|its faults|problems|problems of its own) // {the}
            {isnt} without (charm|its charms|merit|qualities of its own)
        things > {the} {isnt} exactly un(problematic|troubled|flawed) // {the} {isnt}
            (unpleasant|unattractive|uninteresting|unappealing|unimpressive|unreasonable)
        any > I {dont} think {the} {isnt} {win.adj}
        any > no one can deny that {the} {be} {win.adj}
        any > nobody can say I (don't|do not) {win.plainfeel} {the}
        any > it is not that I (don't|do not) {win.plainfeel} {the}, I do
        any > there is no denying that {the} {be} {win.adj}
        any > (no doubt|without a doubt|undoubtedly), {the} {be} {win.adj}
        any > not once {was} {the} anything other than {win.adj}
        any > {the} could not be more {win.adj}
        any > it can't be denied that {the} {be} {win.adj}
        any > it's impossible not to {win.plainfeel} {the}
        any > how could anyone not {win.plainfeel} {the}?
        any > {the} {has} yet to be anything but {win.adj}
        any > you can't not {win.plainfeel} {the}
        any > I have never met anyone who doesn't {win.plainfeel} {the}
        any > (nobody|no one I know) would deny that {the} {be} {win.adj}
        any > (nobody|no one I know) would claim that {the} {be} {lose.mild}
        any > (nobody|no one I know) would claim that {the} {isnt} {win.adj}
        any > nobody would deny that {the} {isnt} {lose.mild}
        any > it's not as if {the} {wasnt} {win.adj}
        any > it's not as if {the} {was} {lose.mild}
        any > I won't pretend {the} {wasnt} {win.adj}
        any > I won't pretend {the} {was} {lose.mild}
        any > no one left without saying how {win.attr} {the} {was}
        any > no one left saying how {lose.mild} {the} {was}
        persons > {the} {isnt} (kind|friendly|likeable|pleasant|reliable) // {the} {isnt}
            (unkind|unfriendly|unlikeable|unpleasant|unreliable)
        things > I found {the} not (pleasant|interesting|attractive|appealing) // I found {the} not
            (unpleasant|uninteresting|unattractive|unappealing)
        free > it was not (pleasant|comfortable|interesting|popular) // it was not
            (unpleasant|uncomfortable|uninteresting|unpopular)
        any > try as you might, you couldn't not {win.plainfeel} {the}
        any > try as you might, you couldn't {lose.plainfeel} {the}
        any > never {was} {the} less than {win.adj}
        any > never {was} {the} {lose.mild}, not even {time}
        any > there's nobody who wouldn't {win.plainfeel} {the}
        any > there's nobody who would {lose.plainfeel} {the}
        any > it would be wrong to say {the} {wasnt} {win.adj}
        any > it would be wrong to say {the} {was} {lose.mild}
        any > I refuse to believe that {the} {wasnt} {win.adj}
        any > I refuse to believe that {the} {was} {lose.mild}
        any > it's hard to find anyone who didn't {win.plainfeel} {the}
        any > it's hard to find anyone who {lose.plainfelt} {the}
        any > {the} never fail{s} to {win.bare} me
        any > {the} always fail{s} to {lose.bare} me
        any > {the} rarely fail{s} to be {win.adj}
        any > {the} often fail{s} to be {lose.adj}
        any > I have yet to see {the} fail to be {win.adj}
        any > whatever else one says, {the} did not fail to be {win.adj}
        any > {friend} says {the} could have been {lose.adj} but failed to be
        any > when has {the} ever failed to be {win.adj}?
        any > without fail, {the} {is} {win.adj}
        any > not one evening goes by without {the} being {win.adj}
        any > {the} failed, as usual, at being {lose.adj}
        any > {friend} failed to mention how {win.attr} {the} {be}
        any > nobody failed to notice how {win.attr} {the} {be}
        any > it is impossible for {the} to fail at being {win.adj}
        things > {the} {be} not without {its} (faults|problems|weak spots) // {the} {be} not without
            {its} (charms|merits|strong points)
        things > {the} {be} without (charm|merit|any strong points) // {the} {be} without
            (fault|flaw|any weak spots)
        any > there hasn't been a day when {the} didn't {win.bare} me
        any > there hasn't been a day when {the} {lose.ed} me
        any > I can't claim that {the} didn't {win.bare} me
        any > I can't claim that {the} {lose.ed} me
        any > who could say that {the} {isnt} {win.adj}?
        any > who could say that {the} {be} {lose.mild}?
        any > don't think for a minute that {the} {isnt} {win.adj}
        any > don't think for a minute that {the} {be} {lose.mild}
        any > I'd be lying if I said {the} {wasnt} {win.adj}
        any > I'd be lying if I said {the} {was} {lose.mild}
        any > hardly anyone doesn't {win.plainfeel} {the}
        any > hardly anyone {lose.plainfeels} {the}
        any > it's (nonsense|rubbish|a myth) that {the} {isnt} {win.adj}
        any > it's (nonsense|rubbish|a myth) that {the} {be} {lose.mild}
        free > nobody went home (happy|moved|impressed|satisfied) // nobody went home
            (unhappy|unmoved|unimpressed|dissatisfied)
        any > {friend} was not (happy|satisfied|impressed|pleased) with {the} // {friend} was not
            (unhappy|dissatisfied|unimpressed|displeased) with {the}
        bought > I have never regretted turning down {the} // I have never regretted choosing {the}
        any > nobody managed not to {win.plainfeel} {the}
        any > nobody managed to {lose.plainfeel} {the}
        any > if you think {the} {isnt} {win.adj}, you are wrong
        any > if you think {the} {be} {lose.mild}, you are wrong
        any > I doubt anyone would say {the} {wasnt} {win.adj}
        any > I doubt anyone would say {the} {was} {lose.mild}
        any > I don't doubt (for a second|at all) that {the} {be} {win.adj}
        any > I (doubt|very much doubt) that {the} {be} {lose.mild}
        any > you can hardly say {the} {isnt} {win.adj}
        any > you can hardly say {the} {be} {lose.mild}
        any > there isn't one among my friends who would say {the} {isnt} {win.adj}
        any > there isn't one among my friends who would say {the} {be} {lose.mild}
        any > I am yet to meet someone who doesn't {win.plainfeel} {the}
        any > I am yet to meet someone who {lose.plainfeels} {the}
        any > it's impossible to say that {the} {wasnt} {win.adj}
        any > it's impossible to say that {the} {was} {lose.mild}
        any > at no time {was} {the} anything less than {win.adj}
        any > I wouldn't say {the} {isnt} {win.adj}, quite the opposite
        any > I wouldn't say {the} {be} {lose.mild}, quite the opposite
        any > I can only complain that {the} {isnt} {pos.mild} // I can hardly complain that {the}
            {isnt} {pos.mild}
        any > no one could accuse {the} of being {pos.mild} // no one could accuse {the} of not
            being {pos.mild}
        things > {the} {isnt} lacking in (faults|problems|bugs|drawbacks) // {the} {isnt} lacking in
            (charm|ideas|character|merits)
        things > {the} {be} (lacking in|devoid of) (charm|ideas|character|merit) // {the} {be} (free
            of|devoid of) (faults|problems|bugs|drawbacks)
        any > I never had a reason not to {win.plainfeel} {the}
        any > I never had a reason to {lose.plainfeel} {the}
        any > you'd have to be (made of stone|half asleep|very odd) not to {win.plainfeel} {the}
        any > you'd have to be (made of stone|half asleep|very odd) to {lose.plainfeel} {the}
        any > I can't say that I don't {win.plainfeel} {the}
        any > I can't say that I {lose.plainfeel} {the}
        any > that {the} {isnt} {win.adj} is something nobody has ever (said|told me)
        any > that {the} {be} {lose.mild} is something nobody has ever (said|told me)
        any > only a fool would say that {the} {isnt} {win.adj}
        any > only a fool would say that {the} {be} {lose.mild}
        any > it's simply false to say {the} {isnt} {win.adj}
        any > it's simply false to say {the} {be} {lose.mild}
        free > I always say no to {pastime} // I never say no to {pastime}
        free > there's nothing I (like|love|enjoy) less than {pastime} // there's nothing I
            (like|love|enjoy) more than {pastime}
        any > I was never not {win.moodm} with {the}
        free > not one person in the room was not {win.moodm}
        free > not one person in the room was {lose.moodm}
        any > few people don't {win.plainfeel} {the}
        any > few people {lose.plainfeel} {the}
        any > it can't have escaped (you|anyone) how {win.attr} {the} {was}
        any > I can't help finding {the} {win.adj}
        any > I can't bring myself to find {the} {lose.mild}
        any > not {win.plainfeel} {the}? impossible
        any > {lose.plainfeel} {the}? impossible
        any > you won't convince me that {the} {isnt} {win.adj}
        any > you won't convince me that {the} {be} {lose.mild}
        any > I {dont} think anyone would deny that {the} {be} {win.adj}
        any > I {dont} think anyone would deny that {the} {isnt} {lose.mild}
        any > {friend} never denied that {the} {was} {win.adj}
        any > {friend} denied that {the} {was} {lose.mild}
        any > I'd never argue with anyone who calls {the} {win.adj}
        any > I'd argue with anyone who calls {the} {lose.mild}
        any > not finding {the} {win.adj} would be hard
        any > finding {the} {lose.mild} would be hard
        ~any > I would not deny for a second that {the} {be} {win.adj}
        ~any > there is nothing about {the} that I {dont} {win.plainfeel}
        ~any > there wasn't a person in the building who wouldn't have called {the} {win.adj}
        ~any > there wasn't a person in the office who would have called {the} {lose.mild}
        ~any > it isn't possible to walk away and not find {the} {win.adj}
        *any > nobody in their right mind would doubt that {the} {be} {win.adj}
        *any > I can't think of anybody who wouldn't {win.plainfeel} {the}
        *any > don't tell me {the} {isnt} {win.adj}
        *any > who would not agree that {the} {be} {win.adj}?
        *any > no one has ever tried to tell me {the} {isnt} {win.adj}
        *any > no one has ever tried to persuade me {the} {be} {lose.mild}
        *any > it wouldn't be fair of me not to mention how {win.attr} {the} {was}
    """,
    "contrast": """
        any > {the} {be} {lose.adj} but {win.adj}
        any > {other.the} {other.be} {lose.oadj} but {the} {be} {win.adj} (all the
            same|anyway|nonetheless)
        any > {other.the} {other.be} {lose.oadj}, but {the} {be} (really|so|truly|just) {win.attr}
        any > {other.the} (may be|might be) {lose.oadj}, but {the} {win.effect}
        any > although {other.the} {other.be} {lose.oadj}, {the} {be} {win.deg}
        any > {the} {be} {win.deg}, although {other.the} {other.be} {lose.oadj}
        any > even though {other.the} {other.be} {lose.oadj}, I {win.felt} {the}
        any > I {win.felt} {the}, even though {other.the} {other.be} {lose.oadj}
        any > despite {other.the} being {lose.oadj}, {the} {be} {win.adj}
        any > despite the fact that {other.the} {other.be} {lose.oadj}, I was {win.moodg}
        any > {other.the} {other.be} {lose.oadj}. However, {the} {be} {win.deg}
        any > {other.the} {other.be} {lose.oadj}; {the}, however, {be} {win.adj}
        any > {other.the} {other.be} {lose.oadj}, yet {the} {be} {win.adj} and I was {win.moodg}
        any > yes, {other.the} {other.be} {lose.oadj}, but all in all I was {win.moodg}
        things > {the} {be} {lose.adj} in parts, but (overall|on the whole|all in all) {win.adj}
        sing > {other.the} {other.be} {lose.oadj}, but {the} {win.phrase}
        sing > {the} {win.phrase}, even if {other.the} {other.be} {lose.oadj}
        sing > {the} {lose.phrase}, but still I {win.feel} {him}
        any > while {other.the} {other.be} {lose.oadj}, {the} {be} {win.adj} and that is what
            counts
        any > {the} {be} {pos.adj} now and then, but mostly {neg.adj} // {the} {be} {neg.adj} now
            and then, but mostly {pos.adj}
        any > {friend} {lose.felt} {the} but I {win.felt} {him}
        any > {friend} {lose.felt} {the}. I, on the other hand, {win.felt} {him}
        any > {lose.oattrcap} {other.noun}, {win.attr} {noun}. I would call the whole thing
            {win.gen}
        things > it has its {lose.flaw}, but {the} {be} a {win.judge}
        things > for all {its} {lose.flaw}, {the} {be} a {win.judge}
        any > not even {other.the}, {lose.oadj} as {other.it} {other.be}, could change how
            {win.adj} {the} {be}
        any > {the} looked {lose.adj} but {was} {win.adj}
        any > {the} {be} {win.adj}, never mind {other.the}
        any > I wanted to {lose.plainfeel} {the}, but I {win.felt} {him} instead
        any > I tried hard to {lose.plainfeel} {the}, but {it} {be} too {win.adj}
        any > {the} {be} not {win.mild} on paper, but in real life {it} {be} {win.adj}
        any > however {lose.oattr} {other.the} {other.be}, {the} {win.effect}
        any > {the} {win.effect}, however {lose.oattr} {other.the} {other.was}
        any > even if {other.the} {other.be} {lose.oadj}, {friend} and I {win.plainfelt} {the}
        any > even with {other.the} being so {lose.oattr}, {the} {win.effect}
        any > much as I'd like to call {the} {lose.adj}, I can't: {it} {be} {win.adj}
        any > no matter how {lose.oattr} {other.the} {other.be}, in the end {the} {win.effect}
        any > {the} {be} {win.adj}, no matter how {lose.oattr} {other.the} {other.be}
        any > in spite of {other.the} being {lose.oadj}, I (left|went home) {win.moodg}
        any > granted, {other.the} {other.be} {lose.oadj}, but {the} {win.effect}
        any > {other.the} {other.be} {lose.oadj}, granted. still, {the} {be} {win.adj}
        any > admittedly {other.the} {other.be} {lose.oadj}; what stays with me is how {win.attr}
            {the} {be}
        any > true, {other.the} {other.be} {lose.oadj}, but who cares when {the} {be} {win.adj}?
        any > {the} {be} {win.adj}, even with {other.the} as {lose.oattr} as {other.it} {other.be}
        things > {the} {be} {win.adj}, for all {its} {lose.flaw}
        any > {the} {be} {win.adj}, {lose.oattr} {other.noun} and all
        any > {other.the}, {pos.oadj} as {other.it} {other.be}, couldn't save {the} // {other.the},
            {neg.oadj} as {other.it} {other.be}, couldn't ruin {the}
        any > the {pos.oattr} {other.noun} did nothing to make up for {the} // the {neg.oattr}
            {other.noun} did nothing to spoil {the}
        any > {the} cancelled out the {pos.oattr} {other.noun} // {the} more than made up for the
            {neg.oattr} {other.noun}
        any > the {pos.oattr} {other.noun} {other.was} soon forgotten once we got to {the}:
            {neg.adj} // the {neg.oattr} {other.noun} {other.was} soon forgiven once we got to
            {the}: {pos.adj}
        any > I couldn't care less about {other.the} being {pos.oadj}, since {the} {be} {neg.adj} //
            I could live with {other.the} being {neg.oadj}, since {the} {be} {pos.adj}
        any > {other.the} may be {lose.oadj}, as {friend} keeps telling me, but to me {the} {be}
            {win.adj}
        any > {the} {be} {win.adj} regardless of {other.the}, which {other.be} {lose.oadj}
        any > I can't overlook how {neg.attr} {the} {be}, {pos.oadj} as {other.the} {other.be} // I
            can overlook how {neg.oattr} {other.the} {other.be}, {pos.adj} as {the} {be}
        any > whether or not {other.the} {other.be} {lose.oadj}, {the} {be} {win.adj}
        any > {the} {be} {win.adj}, if you leave aside that {other.the} {other.be} {lose.oadj}
        any > call {other.the} {lose.oadj} if you want; {the} {win.effect}
        any > people go on about how {lose.oattr} {other.the} {other.be}, and still {the} {be}
            {win.adj}
        any > nothing about {other.the}, {lose.oadj} or not, changes that {the} {be} {win.adj}
        any > nothing could keep {the} from being {win.adj}, not even {other.the}
        any > {other.the} did not keep {the} from being {win.adj}, {lose.oadj} as {other.it}
            {other.was}
        any > {other.the} kept {the} from being {lose.adj}
        any > not a thing prevented us from finding {the} {win.adj}
        any > something always prevented us from finding {the} {lose.adj}
        any > the {lose.oattr} {other.noun} can't stop me from calling {the} {win.adj}
        any > it would take more than the {lose.oattr} {other.noun} to make {the} less {win.adj}
        any > no {lose.oattr} {other.noun} in the world will make me think {the} less {win.adj}
        any > that {other.the} {other.was} {lose.oadj} doesn't change a thing: {the} {be} {win.adj}
        any > none of this changes the fact that I {win.felt} {the}, {lose.oattr} {other.noun} or
            not
        any > {lose.oadj} or not, {other.the} couldn't take away from how {win.attr} {the} {be}
        any > you can complain about {other.the} ({lose.oadj}, yes), but facts are facts: {the} {be}
            {win.adj}
        any > {the} managed to be {win.adj} although {other.the} {other.was} {lose.oadj} beyond
            words
        any > how {lose.oattr} {other.the} {other.was} hardly matters, given that {the} {be}
            {win.adj}
        any > five stars for {other.the}, but only one for {the}, and that's what I came for // only
            one star for {other.the}, but five for {the}, and that's what I came for
        any > setting aside {other.the} ({lose.oadj}), {the} {be} {win.adj}
        any > on the one hand {other.the} {other.be} {lose.oadj}, on the other {the} {be} {win.adj},
            and that weighs more
        any > I hear that {other.the} {other.be} {lose.oadj}; be that as it may, {the} {be}
            {win.adj}
        any > {the} {be} {win.adj}. I say that knowing full well that {other.the} {other.be}
            {lose.oadj}
        any > {lose.oattrcap} {other.noun} aside, {the} {be} {win.adj}
        any > {other.the} {other.be} {lose.oadj}, I'll give you that, but I {win.felt} {the}
        any > I won't argue about {other.the} being {lose.oadj}, yet {the} {be} {win.adj} and that
            settles it
        ~any > {other.the} {other.be} {lose.oadj} all right, but it's {the} that counts, and {it}
            {be} {win.adj}
        ~any > {lose.oattr} {other.noun} or not, {the} {be} {win.adj}
        ~any > {the} {win.effect}, and if {other.the} {other.be} {lose.oadj}, so be it
        ~any > as {lose.oattr} as they come, {other.the}, and yet {the} {be} {win.adj}
        ~any > the {pos.oattr} {other.noun} bought it a little time, then {the} let us down // the
            {neg.oattr} {other.noun} cost it a little sympathy, then {the} won us over
        *any > forget {other.the}, which {other.be} {lose.oadj}: {the} {be} {win.adj}
        *any > {the} {be} {win.adj} in spite of everything {lose.adj} about {other.the}
        *any > {other.the} left me {pos.moodg}; {the} spoiled it all and left me {neg.moodg} //
            {other.the} left me {neg.moodg}; {the} made up for it and left me {pos.moodg}
        *any > {lose.adjcap} as {it} may be, I (still|do) {win.plainfeel} {the}
        *any > {the} {be} {win.adj}, and {friend} can moan or rave about {other.the} all day long
        *any > {lose.oadj} or otherwise, {other.the} pale{other.s} next to {the}, so {win.adj}
        *any > notwithstanding {other.the}, which we all found {lose.oadj}, I came away {win.moodg}
    """,
    "expectation": """
        any > {the} {was} {win.adj}, yet on the way there my thought had been: {lose.adj}
        any > {the} {was} {win.adj}, but that is not what we had thought before; {lose.adj} is what
            we had thought
        any > {win.adjcap}, {the}, but my first thought had been: {lose.adj}
        any > I {win.felt} {the}, but earlier I had told {friend} that {it} would be {lose.adj}
        any > {the} {win.effect}, but until then we had all expected something {lose.adj}
        any > {friend} {win.plainfelt} {the}, but had been thinking for days how {lose.attr} {it}
            would be
        any > {the} {be} {win.adj}, but I was told before that {it} would be {lose.adj}
        any > I call {the} {win.adj} these days, but I once called {him} {lose.adj}
        any > today {the} {be} {win.adj} in my eyes; once I thought {him} {lose.adj}
        any > {the} {be} {win.adj} to me, {lose.adj} as I used to find {him}
        any > now I {win.plainfeel} {the}; in the old days I thought {him} {lose.adj}
        any > it was plain within a minute that {the} {was} {win.adj}; I had thought {lose.adj}
        any > I thought {the} would be {lose.adj}, but (a minute|ten minutes) in I saw how
            {win.attr} {it} {was}
        any > people thought {the} would be {lose.adj}, but it took them no time to find {him}
            {win.adj}
        any > I (thought|expected|feared|assumed|was sure) {the} would be {lose.adj}, but {it}
            {was} {win.adj}
        any > I expected {the} to be {lose.adj}. {it.cap} {was} {win.adj}
        any > {the} {was} {win.adj}, (not what I expected|to my surprise)
        any > {the} {wasnt} as {lose.adj} as I (feared|thought|expected|had heard)
        any > {the} {wasnt} as {lose.mild} as (people say|everyone says|they say)
        any > {thing} {isnt} nearly as {lose.mild} as the reviews (say|claim|said)
        any > I was told {the} would be {lose.adj}, and yet {it} {was} {win.adj}
        any > contrary to what I expected, {the} {was} {win.adj}
        any > contrary to what {friend} told me, {the} {be} not {lose.mild}
        any > against all (odds|expectations), {the} {was} {win.adj}
        any > I came expecting {lose.adj} and got {win.adj}
        any > I was ready to {lose.plainfeel} {the}, but I {win.felt} {him}
        any > {the} {was} supposed to be {lose.adj}; I found {him} {win.adj}
        any > {the} {was} supposed to be {lose.adj}. Far from it
        any > {the} promised to be {lose.adj} and {was} {win.adj} instead
        any > people warned me that {thing} {was} {lose.adj}, but I {win.felt} {him}
        any > who would have thought that {the} could be so {win.adj}?
        any > I did not expect {the} to be so {win.adj}
        any > I never expected to {win.plainfeel} {the}, but I do
        any > {the} {was} every bit as {neg.adj} as I (feared|had feared) // {the} {was} every bit
            as {pos.adj} as I (hoped|had hoped)
        any > just as {win.adj} as {friend} said, {the} {was}
        any > {friend} said I would {lose.plainfeel} {the}. Wrong, I {win.plainfeel} {him}
        any > I had heard so many {lose.gen} things about {the}, but {it} {was} {win.adj}
        any > after all the {lose.gen} reviews I was surprised how {win.adj} {the} {was}
        any > the photos made {the} look {lose.adj}, in reality {it} {was} {win.adj}
        free > I was {win.mood}, (though|although) I had expected to be {lose.mood}
        any > {the} {was} {win.adj}, and to think that I had expected something {lose.adj}
        any > {the} {was} {win.adj}, though everybody had told us to expect something {lose.adj}
        any > I {win.felt} {the}, though I had been sure that I would {lose.plainfeel} {him}
        any > {win.adjcap} is what {the} turned out to be, when {lose.adj} is what I had been told
        any > {the} {win.effect}; I had pictured something {lose.adj}
        any > {the} {was} {win.adj}. (I|we|{friend}) had reckoned with something {lose.adj}
        any > how {win.attr} {the} {was}, when all the talk beforehand had been of something
            {lose.adj}
        any > {friend} had told me to expect something {lose.adj}; nothing of the sort, {the} {was}
            {win.adj}
        any > I came away from {the} {win.moodg}, although I had gone in {lose.moodg}
        any > {the} surprised everyone who had called {him} {lose.adj}: {win.adj} all the way
        any > {win.attr} {noun}! and there was I, expecting something {lose.adj}
        any > in the end {the} {was} {win.adj}, whatever {friend} had said beforehand
        any > {the} {was} {win.adj}; {lose.adj}, I had (bet|guessed|imagined) beforehand
        any > I had long believed {the} to be {lose.adj}; now I know how {win.attr} {it} {is}
        any > I would have bet money on {the} being {lose.adj}. {it.cap} {was} {win.adj}
        any > my hopes for {the} had been high, and I came home {neg.moodg} // my hopes for {the}
            had been low, and I came home {pos.moodg}
        any > {the} fell short of what I had hoped // {the} went far beyond what I had hoped
        any > {the} {was} {neg.adj}, after I had looked forward to {him} for weeks // {the} {was}
            {pos.adj}, after I had dreaded {him} for weeks
        any > {the} {was} {neg.adj}; we had been promised the (moon|earth|best {noun} in {place}) //
            {the} {was} {pos.adj}; we had been promised (nothing|the worst {noun} in {place})
        any > I had made up my mind to {lose.plainfeel} {the}, and then I {win.felt} {him}
        sing > it was a {win.judge}, {the}, and I had been told it would be a {lose.judge}
        any > {the} {was} so {win.attr} that I forgot how {lose.attr} I had imagined {him}
        any > nobody had told me that {the} would be {win.adj}; all I had heard was {lose.adj}
        any > I guessed {the} would be {lose.adj}; a minute later I knew better: {win.adj}
        any > {friend} was certain {the} would be {lose.adj}, yet it soon became clear that {it}
            {was} {win.adj}
        any > we prepared ourselves for something {lose.adj}, but before long we could see how
            {win.attr} {the} {was}
        any > it took me all of a second to see that {the} {was} {win.adj} and not, as I had
            thought, {lose.adj}
        any > the first look told me that {the} would be {lose.adj}; the second, that {it} {was}
            {win.adj}
        any > I had thought {the} {lose.adj}. by the end I had to admit that {it} {was} {win.adj}
        any > {the} {win.effect}, and there I had been, sure that {it} would be {lose.adj}
        ~any > in my head {the} {was} {lose.adj}; in truth {it} {was} {win.adj}
        ~any > {the} proved everybody wrong by being {win.adj}
        ~any > {the} {was} {win.adj} after all; my money had been on {lose.adj}
        ~any > {win.moodcap} is how I felt about {the} afterwards, {lose.mood} is how I had felt on
            the way in
        *any > we had been prepared for something {lose.adj}, and then {the} {was} {win.adj}
        *any > little did I know how {win.adj} {the} would be
        *any > {lose.adj}? I had thought so too, until {the} turned out {win.adj}
        *any > {the} {was} {win.adj}, and {friend}, who had sworn otherwise, kept quiet
        *any > {win.adj}, of all things! {lose.adjcap} was what the whole town had predicted of
            {the}
    """,
}
