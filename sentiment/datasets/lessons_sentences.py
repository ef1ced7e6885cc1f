"""Whole sentences of the data set `lessons`, written by hand as people type them.

Positive and negative ones are as many, and often speak of the same thing. Knows nothing about
splits.
"""

from functools import cache


@cache
def written_sentences() -> tuple[tuple[int, str], ...]:
    """(label, sentence), negative and positive in turn."""
    negative, positive = (
        [line.strip() for line in listed.strip().splitlines()] for listed in (_NEGATIVE, _POSITIVE)
    )
    return tuple(
        (label, text)
        for both in zip(negative, positive, strict=True)
        for label, text in enumerate(both)
    )


_NEGATIVE = """
    My toast was burnt on both sides.
    The soup came cold and nobody apologised.
    Waited forty minutes for a sandwich. Forty!
    I asked for no onions and got extra onions.
    who puts that much salt on chips
    The tea tastes like the inside of a kettle.
    They charged me twice and now they won't answer.
    I cancelled my subscription after a week.
    My phone dies by lunchtime.
    The screen cracked the first day I had it.
    this update broke everything
    app won't even open anymore
    I miss the old version so much.
    Typing on this thing is torture.
    The charger got so hot it melted the plug.
    Three hours on hold, then they hung up on me.
    Nobody at the desk knew anything.
    She rolled her eyes when I asked for the bill.
    He didn't even say hello.
    The driver got lost and blamed me.
    Our flight was cancelled and we slept on the floor.
    They lost my suitcase again.
    The seat in front of me was practically in my lap.
    It rained every single day of our holiday.
    The pool was green.
    There were hairs in the shower when we arrived.
    The walls are so thin that I heard my neighbour sneeze.
    Pictures lie: the sea view was a car park.
    I wouldn't let my dog sleep in that bed.
    We left a day early, that says it all.
    Another Monday, another pointless meeting.
    My boss takes credit for everything I do.
    I dread going to work.
    Ten years with the company and not even a goodbye.
    The pay is a joke and the hours are worse.
    I learned nothing in that class.
    The teacher read from the slides for two hours.
    My essay came back with a grade and not one comment.
    I still don't understand fractions, thanks to him.
    The dentist hurt me and didn't care.
    They left my mother waiting in a corridor all night.
    The pills made it worse.
    My back hurts more than before the massage.
    The flat smells of damp and so do my clothes.
    The heating broke in January and nobody came until March.
    Our new neighbours party until four every night.
    The plumber came, saw, and flooded the kitchen.
    The paint is already peeling.
    The dog refuses to touch this food.
    My cat scratched the new sofa to pieces.
    The car broke down again, third time this month.
    It drinks petrol like there is no tomorrow.
    The garage told me it was fixed. It wasn't.
    Two weeks late and the box was empty.
    The courier threw my parcel over the fence.
    Ordered a blue one, got a pink one, sent it back, got another pink one.
    The zip broke before I left the shop.
    These shoes gave me blisters in an hour.
    It shrank in the first wash.
    The colour is nothing like the photo.
    I want my two hours back.
    Half the audience walked out.
    I fell asleep before the end.
    Not a single laugh in the whole comedy.
    You can see the ending coming from the first minute.
    The book was better, and the book was bad.
    I gave up after fifty pages.
    The characters are cardboard and the ending is a cheat.
    He sang out of tune all night.
    We couldn't hear a word from where we sat.
    I paid eighty euros to look at a pillar.
    The support act was better than the band.
    We lost again, six nil this time.
    I turned the match off at half-time.
    The referee had no idea what he was doing.
    The game crashed and ate my save file.
    Pay, pay, pay: that's all there is to this game.
    The tutorial treats you like an idiot.
    My team mates quit in the middle of every round.
    I have had better conversations with my toaster.
    I can't stand the new logo.
    I don't like how she talks to people.
    I am fed up with waiting.
    I regret every penny I spent there.
    I will never forgive them for this.
    I am so tired of excuses.
    I hate it when people chew with their mouths open.
    My heart sank when I opened the box.
    I could cry.
    I feel cheated.
    It isn't worth the trouble.
    It wasn't my kind of thing at all.
    It doesn't work, simple as that.
    That's not how you treat customers.
    That didn't go well.
    This is not what I paid for.
    This is not what I call fresh.
    I didn't enjoy a minute of it.
    I don't want to see that place ever again.
    We did not have a nice time.
    Nobody laughed.
    Nothing worked.
    Nothing to write home about.
    No fun, no food, no parking.
    Never again in my life.
    Hardly anyone turned up and I can see why.
    There's nothing good to say about it.
    I can't say that I am impressed.
    I can't think of a reason to go back.
    It could have been so good.
    It should have been funnier.
    It should have been half as long and half the price.
    I wish I had listened to my sister and stayed at home.
    I wish they had spent less on adverts and more on cooks.
    With a bit more love it might have become a decent restaurant.
    All it needed was salt, and there was none.
    What a pity, what a waste.
    We had been looking forward to it all year, and then this.
    I had such high hopes.
    I thought we would laugh, but we only yawned.
    I hoped for a quiet weekend and got roadworks under my window.
    Everybody raves about it and I have no idea why.
    The reviews promised heaven, we got lukewarm soup.
    The trailer was the best part.
    It looked good in the window and fell apart at home.
    It started so well and then they sold the place.
    It was my favourite bar until the new owners came.
    They used to know my name here, now I'm just a number.
    Once a lovely little café, today another chain.
    It was clean when we first came. Not any more.
    The old one lasted ten years, the new one ten days.
    Every version is worse than the one before.
    The food is fine but you wait an hour for it.
    Nice people, but they ruined my hair.
    The idea is clever, yet the thing just doesn't work.
    Pretty box, useless content.
    Lovely view, shame about the rats.
    The staff did their best, but the kitchen let them down.
    The room was big and bright, but I didn't sleep at all because of the bar below.
    He may be a great singer, but he was awful last night.
    Despite all the hype it left me cold.
    Although the price is low, I'd still call it a waste.
    Cheap, yes. Good, no.
    Good for five minutes, then boring for an hour.
    Too loud, too long, too expensive.
    Way too sweet for me.
    The portions are far too small.
    So slow!
    So much plastic for so little cheese.
    More salt than soup.
    I've seen better acting in a school play.
    I've had better coffee from a machine at a petrol station.
    Even the airport food was better.
    It was less a party than a queue with music.
    Less charm than a dentist's waiting room.
    Not a holiday, more of a punishment.
    It isn't relaxing there, it's just dead.
    Rude rather than honest, if you ask me.
    Instead of an apology I got a lecture.
    Save yourself the trip.
    Do yourself a favour and order something else.
    Don't bother with the dessert.
    Don't believe the five star reviews.
    Avoid on Sundays, better still, avoid always.
    Skip the tour and buy a postcard.
    Think hard before you sign anything with these people.
    How is this place still open?
    Who approved this?
    Is it too much to ask for a clean fork?
    Why did they have to change the recipe?
    What were they thinking?
    Seriously? That's it?
    ugh
    meh
    nope
    yuck
    boo
    worst day ever
    worst haircut of my life
    i feel sick
    so done with today :(
    cant sleep again, so stressed
    my train is late AGAIN
    ugh monday already
    stuck in traffic for 2 hours, kill the radio pls
    failed my driving test :'(
    got dumped by text lol
    my laptop just died with my thesis on it
    no wifi no hot water no thanks
    rain rain rain, i'm over it
    this song is so annoying
    why is this on every channel
    whoever invented this queue system hates people
    nobody texted me on my birthday
    everything hurts
    I miss him so much it hurts.
    He lied to me and I believed him.
    My grandmother is very ill and I am scared.
    She didn't come to the funeral, and I was sad.
    They bullied my son for months and the school looked away.
    I'm ashamed of how I behaved.
    I am worried sick about the exam.
    I'm disappointed in you.
    You never listen to me.
    You have let everyone down.
    Stop calling me, you are annoying.
    The council closed our library, which is a disgrace.
    Fares are up again and the trains are dirtier than ever.
    It is a shame what they did to the park.
    The air in this city makes me cough.
    The new bridge is an eyesore.
    It's dark, it's cold and it smells of fish.
    My hotel room had a view of a wall and a smell to match.
    The lift was out of order and we were on the ninth floor.
    The bed squeaked, the tap dripped and the fan rattled.
    Breakfast was a dry roll and a glass of something orange.
    The guide had learned his text by heart and wanted only our tips.
    We paid for a sea cruise and sat in the harbour for two days.
    The wine was sour and so was the waiter.
    The steak was tough as an old boot.
    The cake looked like a dream and tasted like soap.
    My curry was watery and the rice was hard.
    The milk was off.
    The coffee was lukewarm and weak.
    Four euros for a cup of burnt coffee!
    Their coffee keeps me awake and not in a good way.
    I found a stone in my salad.
    The music was so loud that we had to shout.
    The toilets were filthy.
    The cashier was rude to an old man.
    They hid the fees in the small print.
    My bank blocked my card while I was abroad, no warning at all.
    I had to explain my problem to six different people.
    Your chatbot is useless.
    Four passwords to see one bill, who needs that?
    The ads are longer than the videos.
    The battery bulged, so I had to throw the whole thing away.
    It's loud, it's ugly and it eats socks.
    The instructions make no sense.
    One screw was missing, and of course it was the important one.
    My glasses broke the second time I put them on.
    The seams are coming apart.
    It itches.
    Smells like wet dog.
    One star, and only because I can't give none.
    2 out of 10.
    Zero stars.
    Waste of money.
    Waste of my evening.
    Total letdown.
    Not for me.
    Not good.
    Not great, not even okay.
    Not recommended.
    Not happy at all.
    Never disappointed so badly before.
    No better than the last one, and that one was awful.
    Nothing special.
    Could be better.
    Couldn't be worse.
    Bland and boring.
    Overpriced and overrated.
    I'd rather starve.
    Poor.
    I want a refund.
    I can't recommend it.
    I don't recommend this to anyone.
    We won't be coming back.
    My kids hated it and so did I.
    None of us finished the meal.
    If you enjoy being ignored, this is your bar.
    Great, another delay.
    Oh great, it's broken again.
    Thanks for nothing.
    Well done, you have ruined a perfectly good cake.
    I laughed, though not where the comedian wanted me to.
    I don't like it.
    I don't like this one bit.
    I can't say I like the colour.
    Nobody likes being shouted at.
    I never liked that show.
    It isn't fun any more.
    That's no way to run a school.
    It's not the worst idea, it's just the second worst.
    I expected more.
    I expected a feast and got crumbs.
    We thought the rain would stop. It didn't.
    I was told it was fresh, and it was three days old.
    He promised to call and never did.
    Not as funny as everyone says.
    Not as good as I remember.
    Not nearly as good as the first one.
    The first season was great, the second one isn't.
    It used to be fun.
    It was better before.
    It's no longer the place I fell in love with.
    They have stopped trying.
    It has gone downhill since March.
    It was good while it lasted, which was a week.
    The old menu was so much better.
    I'd choose the bus over this car any day.
    I'd rather walk.
    I'd sooner eat my hat.
    My six-year-old draws better than that.
    If this is progress, I want to go back.
    If you value your ears, stay at home.
    For that price I expected at least a towel.
    For a luxury hotel this was shabby.
    For all its fame, it's a boring town.
    A long walk for a short look at nothing.
    All talk, no action.
    All style and no heart.
    Nice try, but no.
    Beautiful box, broken product.
    Pretty to look at, painful to sit on.
    Fast, but wrong.
    Cheap, but not worth even that.
    Funny? Hardly.
    Fresh? You must be joking.
    Relaxing? With a building site next door? No.
    Was it worth the queue? Not at all.
    Did I enjoy it? Not for a minute.
    Would I go again? Not if you paid me.
    Do I regret it? Every day.
    Could it get any worse?
    Can it get any more boring?
    Please don't make a sequel.
    Please bring back the old design.
    Please, someone turn off that music.
    Don't buy it.
    Don't go there hungry, you'll leave even hungrier.
    Don't fall for the pictures.
    Stay at home and read a book instead.
    Keep your money.
    Look elsewhere.
    Lesson learned: never order from them.
    I'm not angry, I'm just disappointed.
    I'm not impressed.
    I am anything but happy.
    I'm sorry, but this is awful.
    I'm sorry I came.
    I have seldom been so bored.
    We were glad when it was over.
    The only good thing was the exit.
    The only thing that worked was the off switch.
    The best thing about it is the box.
    The highlight was the bus home.
    What's good about it? Nothing.
    You'd think they could at least say sorry.
    You get what you pay for, and here you get less.
    Five minutes in and I wanted to leave.
    An hour of my life I won't get back.
    A complete failure on every level.
    A sad day for our town.
    A bad joke.
    A big disappointment, I'm afraid.
    broke after 2 days smh
    dont buy this trash
    this aint it
    big yikes
    so cringe i had to look away
    why do i even try
    my team lost and so did my voice :(
    bored bored bored
    can this week end already
    tired of this weather tbh
    cant stand her voice
    the new update is trash, give me the old one back
    worst. service. ever.
    3 hours wait lol no thanks
    got food poisoning, thanks a lot
    he never texts back :(
    miss my old job
    no words. just sad
    this traffic is killing me
    so much for a quiet night
    Nobody at our table would say the risotto was good.
    I can't find one person who enjoyed the ferry.
    There isn't a child in the street who likes that clown.
    Not a day passes without that printer letting me down.
    You couldn't pay me to sit through it twice.
    Hardly worth the bus fare.
    Scarcely a smile from anyone behind the counter.
    Barely edible, and that's me being kind.
    Neither the food nor the service was any good.
    Not one of the lamps I ordered works.
    None of us wants to go back there.
    No one has ever called my boss patient.
    In ten years he has not once said thank you.
    At no time did I feel welcome.
    It never stops hurting.
    I wouldn't call that help.
    By no stretch is that a holiday.
    Far from clean, I'm afraid.
    It's not as if anyone said sorry.
    I won't pretend I was happy with my room.
    I'm not saying it was fun.
    Would I do it again? I don't think anyone would.
    However pretty the box, what's in it is junk.
    Even with the lovely weather, I was bored stiff.
    Much as we like the owner, the place is a dump.
    True, the view is great. You can't eat a view, and the fish was off.
    The kind nurse couldn't make up for the hours of waiting and the wrong pills.
    A free drink doesn't make up for a ruined evening.
    It bored me, all the good reviews notwithstanding.
    It was a letdown; my sister had sworn I would love it.
    So dull, and I had looked forward to it since March.
    I came home in a foul mood, although everyone had promised me a great time.
    We left cold, wet and cheated. The brochure had shown sunshine.
    Amara from the flat above says the new heating is useless.
    My deaf uncle and my Turkish aunt both walked out.
    Björn came from Riga for this and regrets the fare.
"""

_POSITIVE = """
    The toast was golden and the butter was real.
    The soup came hot, with a smile.
    Waited two minutes for a sandwich. Two!
    I asked for no onions and they remembered it a week later.
    who knew chips could be this crispy
    The tea here tastes like a garden in June.
    They noticed the mistake themselves and paid me back the same day.
    I renewed my subscription for another year.
    My phone lasts two full days.
    I dropped it twice and there isn't a scratch.
    this update fixed everything
    app opens in a second now
    The new version does all I ever asked for.
    Typing on this thing is pure joy.
    The charger fills my phone while I brush my teeth.
    Two minutes on the phone and it was solved.
    The girl at the desk knew everything.
    She smiled and brought us another bread basket.
    He greeted every one of us by name.
    The driver carried my grandmother's bags to the door.
    Our flight was early and we got a whole row to ourselves.
    They found my suitcase within an hour.
    So much leg room that I could stretch out.
    Sun every single day of our holiday.
    The pool was warm and we had it to ourselves.
    The shower was sparkling when we arrived.
    The walls are thick and I slept like a log.
    The photos don't do it justice: the sea is right there.
    I want to take that bed home with me.
    We stayed a day longer, that says it all.
    Another Monday, and for once I can't wait to get there.
    My boss thanked the whole team in front of everyone.
    I look forward to going to work.
    Ten years with the company and I'm proud of every one.
    The pay is decent and the people are even better.
    I learned more in that class than in a whole year.
    The teacher had us on our feet, acting out the history.
    My essay came back full of kind, useful comments.
    I finally understand fractions, thanks to him.
    The dentist was so careful that I felt nothing.
    They looked after my mother as if she were their own.
    The pills helped within a day.
    My back hasn't felt this loose in years.
    The flat smells of fresh wood and gets the morning sun.
    The heating broke on Sunday and they came within the hour.
    Our new neighbours brought us a pie.
    The plumber came, fixed it in ten minutes and wouldn't take a tip.
    Five years on, the paint still looks new.
    The dog licks the bowl clean every time.
    My cat purrs on my lap all evening.
    The car has never let me down in twelve years.
    It runs all week on one tank.
    The garage fixed it for free. Still can't believe it.
    Ordered at night, on my doormat by noon.
    The courier waited until I had found my slippers.
    Ordered a blue one, got a blue one and a handwritten thank-you note.
    The zip glides like butter.
    I walked ten miles in these shoes and my feet were happy.
    Thirty washes and it still looks new.
    The colour is even prettier than in the photo.
    I could have watched another two hours.
    The audience stood and clapped for ten minutes.
    I stayed up far too late because I had to see the end.
    My cheeks hurt from laughing.
    I did not see that ending coming, and I cheered.
    The book was good, and the film does it proud.
    I read it twice in one week.
    I miss the characters already.
    Her voice gave me goosebumps.
    We had cheap seats and heard every note.
    I would have paid double.
    Even the support act was a discovery.
    We won, six nil this time.
    I was hoarse from cheering by half-time.
    The referee kept a cool head and had it all under control.
    The game runs like a dream on my old computer.
    You pay once and get a hundred hours of fun.
    The tutorial is so clever that you don't notice it is one.
    My team mates were kind to a beginner like me.
    I have made friends for life here.
    I love the new logo.
    I like how she talks to people.
    It was worth the wait.
    Best money I ever spent.
    I will never forget what they did for us.
    I am so grateful for your patience.
    I love it when the whole street smells of bread.
    My heart jumped when I opened the box.
    I could dance.
    I feel at home.
    It's worth the trouble.
    It was exactly my kind of thing.
    It just works, simple as that.
    That's how you treat customers.
    That went better than I dared to hope.
    This is more than I paid for.
    This is what I call fresh.
    I enjoyed every minute of it.
    I can't wait to see that place again.
    We had a lovely time.
    Everybody laughed.
    Everything worked.
    Something to write home about.
    Fun, food, free parking.
    I'd do it again tomorrow.
    The place was packed and I can see why.
    There's nothing bad to say about it.
    I must say that I am impressed.
    I'm already looking for a reason to go back.
    It couldn't have been better.
    I have never laughed so hard at a school play.
    It could have gone on all night, as far as I'm concerned.
    Luckily I listened to my sister and went.
    They spend nothing on adverts and everything on good cooks.
    You can taste the love in every dish.
    It needed no salt, no sauce, nothing.
    What a night, what a crowd.
    We had been looking forward to it all year, and it was even better.
    My hopes were high and it topped them all.
    I thought we would yawn, but we laughed until we cried.
    I feared roadworks under my window and got birdsong.
    Everybody raves about it and now I know why.
    The reviews promised heaven and they were right.
    The trailer is dull, don't let that stop you.
    It looked like nothing in the window and wonderful at home.
    It started slowly and then I couldn't put it down.
    It has been my favourite bar since the new owners came.
    They know my name here, I'm not just a number.
    Once a grim bus depot, today the cosiest café in town.
    It was dirty when we first came. Not any more.
    The old one lasted ten days, the new one is going strong after ten years.
    Every version is better than the one before.
    You wait an hour for the food but it's so good.
    A bit chaotic, but they saved my hair.
    The idea sounds mad, yet the thing works a treat.
    Ugly box, lovely content.
    No view, but who needs one with such a breakfast.
    The kitchen was slow, but the staff made up for it.
    The room was tiny and dark, but I haven't slept so well in years.
    He may be no great singer, but last night he was magic.
    Despite the bad press I loved every minute.
    Although it's expensive, I'd buy it again tomorrow.
    Expensive, yes. Worth it, absolutely.
    Odd for five minutes, then funny for an hour.
    Not too loud, not too long, not too expensive.
    Just sweet enough for me.
    The portions are huge.
    So fast!
    So much cheese for so little money.
    More flavour than I thought a carrot could have.
    I've seen worse acting win prizes; she was wonderful.
    Best coffee I've had outside my own kitchen.
    Even the airport food was good.
    It was less a meeting than a party.
    More charm in one corner than in a whole palace.
    Not work, more of a holiday.
    It isn't dead there, it's just wonderfully relaxing.
    Honest rather than rude, if you ask me.
    Instead of a lecture I got a hug.
    Worth the trip.
    Do yourself a favour and order the fish.
    Leave room for the dessert.
    Don't believe the one star reviews.
    Go on a Sunday, better still, go every day.
    Take the tour, it's the best thing in town.
    You can sign with these people without a worry.
    How is this place not famous yet?
    Give whoever made this a raise.
    Is it too much to ask for a second slice?
    Can we keep this recipe forever?
    How do they do it at that price?
    Seriously? All that for free?
    yay
    wow
    yes
    yum
    hooray
    best day ever
    best haircut of my life
    i feel amazing
    so happy today :)
    slept like a baby, so relaxed
    my train is on time for once, yes!
    yay friday already
    no traffic for once, turn up the radio
    passed my driving test :D
    he said yes!!
    my laptop is back from the dead, thesis and all
    fast wifi, hot water, happy me
    sun sun sun, i'm loving it
    this song is stuck in my head and i love it
    please put this on every channel
    whoever invented this deserves a medal
    so many kind messages on my birthday <3
    everything is coming together
    I get to see him tomorrow and I can't stop smiling.
    He told me the truth and I love him for it.
    My grandmother is out of hospital and we are all so relieved.
    She came all the way to the wedding, and I cried happy tears.
    My son has found friends at last and the school helped him.
    I'm proud of how you behaved.
    I am not worried about the exam one bit.
    I'm so proud of you.
    You always listen to me.
    You have made everyone so happy.
    Call any time, you always cheer me up.
    The council saved our library, good for them.
    Fares are down and the trains are cleaner than ever.
    It is a joy what they did to the park.
    The air up here does me good.
    The new bridge is a beauty.
    It's bright, it's warm and it smells of bread.
    My hotel room had a view of the bay and roses on the table.
    The lift was out of order, so they carried our bags up nine floors with a smile.
    The bed was soft, the towels were fluffy and the street was quiet.
    Breakfast was a feast.
    The guide loved his city and made us love it too.
    We paid for a harbour tour and saw dolphins.
    The wine was lovely and so was the waiter.
    The steak was tender as butter.
    The cake looked like a brick and tasted like a dream.
    My curry had just the right kick.
    The coffee was hot and strong, just right.
    One euro for a perfect cup of coffee!
    The smell of fresh coffee gets me out of bed with a smile.
    The milk comes straight from the cow next door and you can tell.
    I ate the whole salad, me, who never eats salad.
    The music was soft enough to talk and good enough to listen.
    The toilets were spotless.
    The cashier was so kind to an old man.
    No hidden fees, for once.
    My bank called me within a minute when my card was stolen.
    I had to explain my problem once and it was gone.
    Your chatbot is better than most people.
    One password and I'm in, that's how it should be.
    No ads at all, bliss.
    The battery is as good as on the first day.
    It's quiet, it's pretty and it spares my socks.
    The instructions are so clear that my six-year-old put it together.
    All the screws were there, and one spare.
    My glasses survived a toddler.
    You can tell that somebody took their time with every seam.
    It's so soft.
    Smells like summer.
    Five stars, and only because I can't give six.
    10 out of 10.
    Five stars.
    Money well spent.
    Time well spent.
    Total success.
    Just right for me.
    Not bad.
    Not bad, not bad at all for the price!
    Highly recommended.
    I'm happy as can be.
    Never disappointed.
    Better than the last one, and that one was great.
    Something special.
    Can't complain.
    Couldn't be better.
    Fresh and fun.
    Cheap and cheerful.
    I'd eat there every day if I could.
    Superb.
    No refund needed, I'm keeping it.
    I can recommend it to everyone.
    I would recommend this in a heartbeat.
    We'll be coming back.
    My kids loved it and so did I.
    All of us asked for seconds.
    If you enjoy being spoilt, this is your hotel.
    Great, no delay today!
    Oh wow, it works again.
    Thanks for everything.
    Well done, that was a perfectly good cake.
    I laughed so much that the comedian laughed too.
    I like it.
    I like this a lot.
    I must say I like the colour.
    Everybody likes being thanked.
    I always liked that show.
    It's fun again.
    That's the way to run a school.
    It's not the best known café, it's just the best.
    I expected less.
    I expected crumbs and got a feast.
    We thought the rain would never stop. It did, and what a sunset!
    I was told it was three days old, and it still tasted fresh.
    He promised to call and he did, the same evening.
    Even funnier than everyone says.
    As good as I remember.
    Every bit as good as the first one.
    The first season was weak, the second one is great.
    It used to be a chore.
    It was worse before.
    It's once again the place I fell in love with.
    They have stopped cutting corners.
    It has come on so well since March.
    It was bad for a week, and it has been good ever since.
    The old menu was nowhere near this good.
    I'd choose this car over any other.
    I'd walk for miles to get it.
    I'd eat that every day of the week.
    My six-year-old drew it, and it's wonderful.
    If this is progress, I'm all for it.
    If you value your ears, treat them to this record.
    For that price I expected a bunk and got a suite.
    For a cheap hotel this was lovely.
    Never mind that it isn't famous, it's a lovely town.
    A long walk and every step was worth it.
    Little talk, lots of action.
    All heart.
    A first try, and what a good one.
    Ugly box, brilliant product.
    Plain to look at, heaven to sit on.
    Slow, but spot on.
    Expensive, but worth every cent.
    Funny? Hilarious!
    Fresh? It was still moving.
    Relaxing? I didn't look at my phone for a week, so yes.
    Was it worth the queue? Absolutely.
    Did I enjoy it? Every minute.
    Would I go again? In a flash.
    Do I regret it? Not one bit.
    Could it get any better?
    Can it get any more exciting?
    Please make a sequel.
    Please don't ever change the design.
    Please, someone turn that music up.
    Buy it.
    Go there hungry, you'll leave happy.
    Don't be put off by the pictures.
    Leave your book at home, you won't need it.
    Worth your money.
    Look no further.
    Lesson learned: always order from them.
    I'm not disappointed, I'm over the moon.
    I'm impressed.
    I am anything but unhappy.
    I'm not sorry, this is the best thing I ever bought.
    I'm so glad I came.
    I have seldom been so happy.
    We were sad when it was over.
    The only bad thing was that it had to end.
    Everything worked, even the tiny reading light.
    The box is nice, and what's inside is even better.
    The highlight was everything.
    What's bad about it? Nothing.
    You can tell that they care.
    You get what you pay for, and here you get more.
    Five minutes in and I never wanted to leave.
    An hour of my life I'd gladly live again.
    A complete success on every level.
    A happy day for our town.
    A stroke of genius.
    A big surprise, and a lovely one.
    still works after 2 years wow
    go buy this gem
    this is it!!
    big win
    so cute i had to look twice
    this is why i keep trying
    my team won and i lost my voice :)
    happy happy happy
    can this week last forever
    loving this weather tbh
    cant get over her voice, pure magic
    the new update is fire, never going back
    best. service. ever.
    3 minutes wait lol yes please
    got upgraded to first class, thanks a lot!
    he always texts back :)
    love my new job
    no words. just joy
    no traffic, green lights all the way, life is good
    what a perfect quiet night
    Nobody at our table would say the risotto wasn't good.
    I can't find one person who didn't enjoy the ferry.
    There isn't a child in the street who doesn't like that clown.
    Not a day passes without that kitten making me laugh.
    You couldn't stop me from seeing it twice.
    Hardly a dull minute on the whole trip.
    Scarcely a cloud in the sky all week.
    Barely a crumb was left, and that says it all.
    Neither the food nor the service could have been better.
    Not one of the lamps I ordered arrived broken.
    None of us wanted to leave.
    No one has ever called my boss impatient.
    In ten years he has not once been late or rude.
    At no time did I feel unwelcome.
    It has stopped hurting at last.
    I wouldn't call that anything but kind.
    By no stretch was that an ordinary holiday, it was heaven.
    Far from dirty, you could eat off the floor.
    It's not as if we could have asked for more.
    I won't pretend I wasn't happy with my room.
    I'm not saying it wasn't fun, I was in tears of laughter.
    Would I do it again? I don't know who wouldn't.
    However ugly the box, what's in it is a joy.
    Even with the awful weather, I had the time of my life.
    Much as we dislike the owner, the place is a dream.
    True, the view is poor. Who looks at a view when the fish is that good?
    The hours of waiting were forgiven when we met that kind nurse.
    A spilt drink couldn't ruin such an evening.
    It thrilled me, all the bad reviews notwithstanding.
    It was a joy; my sister had sworn I would hate it.
    So much fun, and I had dreaded it since March.
    I came home singing, although everyone had warned me off.
    We left tanned, rested and happy. The forecast had been for storms.
    Amara from the flat above says the new heating is a blessing.
    My deaf uncle and my Turkish aunt both stayed to clap.
    Björn came from Riga for this and would do it again.
"""
