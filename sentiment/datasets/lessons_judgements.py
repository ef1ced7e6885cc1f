"""The judging words of the data set `lessons`, by what they can be said of.

Lists with commas, (negative, positive). An adjective with `!` is strong: denied, it leaves room
for the middle, so that no template denies it. Knows nothing about nouns or sentences.
"""

from collections.abc import Mapping

Lists = tuple[str, str]

# Denied by preference: "not bad" is praise, "not great" is not.
MILD: Lists = (
    "bad, bad, disappointing, bad",
    "good, great, special, impressive, good, great",
)

GENERAL: Mapping[str, Lists] = {
    "thing": (
        """bad, awful, terrible, horrible, dreadful, poor, disappointing, lousy, rubbish,
        mediocre, appalling, atrocious, abysmal, hopeless, pathetic, dire, unacceptable,
        underwhelming, subpar, second-rate, rotten, crap, ghastly, miserable, shocking,
        woeful, dismal, inferior, frightful, disgraceful, substandard""",
        """good, great, excellent, wonderful, fantastic, brilliant, superb, amazing, lovely,
        perfect, splendid, outstanding, terrific, marvellous, fabulous, first-rate,
        impressive, awesome, exceptional, top-notch, delightful, incredible, magnificent,
        nice, stellar, sublime, phenomenal, sensational, tremendous, admirable, remarkable""",
    ),
    "person": (
        """awful, terrible, horrible, dreadful, hopeless, useless, impossible, unbearable,
        appalling, nasty, pathetic, insufferable""",
        """great, wonderful, fantastic, brilliant, lovely, amazing, excellent, superb,
        marvellous, terrific, awesome, outstanding, nice""",
    ),
}

KINDS: Mapping[str, Lists] = {
    "food": (
        """bland, tasteless, inedible!, disgusting!, revolting!, flavourless, greasy,
        overcooked, undercooked, vile!, stodgy, overpriced, nasty, unappetising, soggy, cold,
        burnt, rancid!, dry, mushy, oily, foul!, rubbery, gritty, chewy, insipid, limp, slimy,
        leathery, gloopy""",
        """tasty, delicious!, fresh, flavourful, mouth-watering!, scrumptious!, yummy, well
        seasoned, perfectly cooked, appetising, divine!, juicy, satisfying, tender, hearty,
        heavenly!, nicely spiced, moreish, succulent, zesty, luscious, wholesome,
        lip-smacking!, exquisite!""",
    ),
    "baked": (
        """stale, dry, tasteless, bland, burnt, soggy, mouldy!, doughy, crumbly, inedible!,
        sickly, hard as a rock!, disgusting!, overpriced""",
        """fresh, delicious!, tasty, fluffy, moist, scrumptious!, crisp, yummy, heavenly!,
        buttery, light as a feather, irresistible!, divine!, mouth-watering!""",
    ),
    "drink": (
        """bitter, watery, lukewarm, flat, sour, undrinkable!, weak, tasteless, disgusting!,
        vile!, sickly, overpriced, foul!, revolting!, burnt, stale, murky, acidic, insipid""",
        """refreshing, delicious!, tasty, smooth, full of flavour, well balanced, aromatic,
        divine!, fragrant, heavenly!, thirst-quenching, full-bodied, crisp, velvety, zesty""",
    ),
    "place": (
        """dirty, noisy, grubby, overcrowded, run-down, shabby, smelly, filthy!, grim,
        soulless, neglected, depressing, dingy, overpriced, unwelcoming, unsafe, squalid!,
        dreary, bleak, gloomy, ugly, seedy, cluttered, rowdy, dilapidated, unkempt, grimy,
        forlorn, sterile, drab""",
        """clean, welcoming, charming, peaceful, beautiful!, spotless!, cosy, well kept,
        inviting, lively, pretty, relaxing, safe, gorgeous!, stunning!, pleasant, quaint,
        tidy, idyllic!, serene, tranquil, homely, immaculate!, vibrant, leafy, snug""",
    ),
    "eatery": (
        "greasy, cramped, understaffed, pretentious, unhygienic, stuffy",
        "intimate, family-friendly, good value, atmospheric, hospitable",
    ),
    "service": (
        """slow, rude, unfriendly, impolite, careless, inattentive, unhelpful, impersonal,
        clumsy, unprofessional, inefficient, arrogant, indifferent, patchy, disorganised,
        surly, patronising, incompetent!, dismissive, offhand, sloppy, shabby, abrupt, sullen,
        lax""",
        """friendly, prompt, polite, attentive, helpful, professional, efficient, courteous,
        warm, flawless!, personal, obliging, knowledgeable, accommodating, speedy,
        impeccable!, caring, considerate, faultless!, swift, discreet, cheerful, gracious,
        smooth, exemplary!, diligent, responsive""",
    ),
    "company": (
        """greedy, dishonest, unreliable, untrustworthy, overpriced, crooked!, shady,
        money-grabbing, incompetent!, deceitful, unhelpful, grasping""",
        """reliable, trustworthy, honest, fair, dependable, well run, reputable, good value,
        helpful, transparent, solid, generous""",
    ),
    "person": (
        """rude, lazy, arrogant, unfriendly, selfish, mean, annoying, unhelpful, bossy,
        impatient, dishonest, moody, cold, obnoxious!, grumpy, disrespectful, spiteful!,
        two-faced, nosy, inconsiderate, unpleasant, careless, unreliable, stingy, petty,
        unbearable!, bad-tempered, irresponsible, cruel!, hostile, tactless, clueless, vain,
        smug, sarcastic, pushy, insensitive, condescending, manipulative, quarrelsome, vulgar,
        ungrateful, childish, cynical, evasive, hypocritical, ill-mannered, whiny, deceitful,
        callous, heartless!, patronising""",
        """kind, friendly, helpful, generous, patient, charming, polite, honest, reliable,
        thoughtful, funny, easy-going, considerate, warm-hearted, cheerful, supportive,
        caring, trustworthy, kind-hearted, fun, respectful, hard-working, pleasant, clever,
        gracious, likeable, sweet, good-natured, understanding, loyal, gentle, witty, humble,
        dependable, open-minded, courageous, tactful, selfless, big-hearted, affable,
        down-to-earth, sincere, modest, lovable, wise, upbeat, amiable, genuine, level-headed,
        charismatic, cooperative""",
    ),
    "teacher": (
        "boring, unfair, uninspiring, unprepared, vindictive!, incomprehensible",
        "inspiring, fair, encouraging, well prepared, motivating, engaging",
    ),
    "carer": (
        "rough, dismissive, cold-hearted!, negligent!, incompetent!, abrupt",
        "reassuring, gentle, compassionate, competent, skilled, attentive",
    ),
    "pet": (
        """vicious!, aggressive, disobedient, destructive, bad-tempered, spoilt, noisy, moody,
        unruly, mean""",
        """adorable!, playful, affectionate, gentle, well behaved, cute, loyal, sweet, clever,
        good-natured, lively, cuddly, obedient, friendly, sociable""",
    ),
    "device": (
        """unreliable, faulty, defective!, flimsy, slow, noisy, clunky, overpriced, useless!,
        cheap and nasty, fragile, outdated, broken, ugly, impractical, temperamental,
        worthless!, bulky, badly made, obsolete, rickety, wobbly, cumbersome, awkward,
        underpowered, erratic, crude""",
        """reliable, sturdy, fast, quiet, well made, easy to use, handy, powerful, good value,
        durable, sleek, efficient, practical, elegant, versatile, solid, user-friendly,
        dependable, energy-efficient, robust, ingenious, precise, compact, nifty, trusty,
        long-lasting, lightweight, foolproof, innovative, refined""",
    ),
    "part": (
        "weak, flimsy, faulty, useless!, unreliable, worn out, defective!, dodgy, badly designed",
        """reliable, solid, well designed, flawless!, responsive, top quality, hard-wearing,
        beautifully made""",
    ),
    "car": (
        "thirsty, rusty, uncomfortable, cramped, sluggish, unsafe",
        "comfortable, economical, roomy, smooth, nippy, safe, fun to drive",
    ),
    "car part": ("noisy, stiff, sluggish, rattly", "smooth, comfortable, well built, precise"),
    "software": (
        """buggy, slow, confusing, unstable, cluttered, useless!, clunky, bloated, ugly, full
        of ads, unusable!, full of bugs, frustrating, glitchy, laggy, intrusive, insecure,
        badly designed, unintuitive, overcomplicated, infuriating!, spammy, sluggish, clumsy,
        half-baked, jerky, obscure, maddening!""",
        """fast, intuitive, easy to use, handy, useful, well designed, smooth, user-friendly,
        clear, stable, clever, secure, convenient, responsive, reliable, seamless!, elegant,
        bug-free, polished, lightweight, helpful, slick, simple, neat, effortless, thoughtful,
        accessible""",
    ),
    "shop": (
        "badly stocked, chaotic, messy, untidy, half empty, unfriendly",
        "well stocked, tidy, affordable, good value, friendly, convenient",
    ),
    "clothing": (
        """uncomfortable, itchy, badly cut, ugly, overpriced, scratchy, shapeless,
        unflattering, frumpy, hideous!, badly made, tacky, ill-fitting, baggy, garish, dowdy,
        coarse, threadbare, stiff""",
        """comfortable, stylish, flattering, elegant, soft, well made, cosy, gorgeous!,
        beautiful!, smart, warm, fashionable, good value, chic, snug, dapper, classy,
        breathable, graceful, trendy, silky""",
    ),
    "goods": (
        """flimsy, useless!, shoddy, overpriced, poor quality, badly made, tacky, worthless!,
        defective!, cheap and nasty, impractical, nasty, rickety, wobbly, ugly, worn out""",
        """well made, good value, handy, practical, high quality, excellent value!,
        beautiful!, reliable, useful, sturdy, worth the money, great value, ingenious, lovely
        to use, hard-wearing, long-lasting""",
    ),
    "price": (
        """outrageous!, unfair, extortionate!, ridiculous!, steep, exorbitant!, unreasonable,
        inflated, sky-high!, absurd""",
        """fair, reasonable, affordable, competitive, sensible, very attractive, modest,
        moderate, unbeatable!""",
    ),
    "contract": (
        """overpriced, misleading, unfair, inflexible, restrictive, full of hidden fees,
        useless!, confusing""",
        """fair, flexible, good value, transparent, simple, generous, worth the money, sensible,
        affordable""",
    ),
    "delivery": (
        "late, slow, incomplete, badly packed, delayed again, messed up",
        "prompt, fast, punctual, hassle-free, carefully handled, on time, quick, smooth",
    ),
    "lodging": (
        "unfriendly, badly run, mouldy!, damp, flea-ridden!, in need of repair",
        "comfortable, well run, friendly, luxurious!, family-friendly, homely, hospitable",
    ),
    "room": (
        """dirty, cramped, dark, damp, smelly, filthy!, stuffy, freezing, noisy, dusty,
        mouldy!, shabby, dingy, grubby, draughty, depressing, uncomfortable, airless, poky,
        cluttered, gloomy, cold, ugly""",
        """clean, spacious, bright, comfortable, spotless!, cosy, quiet, airy, tidy, elegant,
        well equipped, beautifully furnished, sunny, inviting, tasteful, snug, warm,
        immaculate!, restful, stylish""",
    ),
    "home": (
        "dangerous, ugly, falling apart, overpriced, badly built, infested!",
        "safe, pretty, charming, friendly, peaceful, well kept, beautiful!",
    ),
    "experience": (
        """exhausting, boring, badly organised, stressful, overpriced, miserable!,
        forgettable, disastrous!, frustrating, tedious, tiresome, nightmarish!, wretched!,
        dull, draining, rushed, joyless""",
        """relaxing, unforgettable!, memorable, fun, enjoyable, well organised, magical!,
        exciting, restful, good value, amusing, blissful!, rewarding, glorious!, dreamy,
        carefree, idyllic!, refreshing, heavenly!, inspiring""",
    ),
    "journey": (
        """exhausting, stressful, bumpy, uncomfortable, delayed, overbooked, tedious, chaotic,
        unpleasant, never-ending, cramped, tiring, boring, scary, gruelling!, nightmarish!,
        jerky""",
        """comfortable, smooth, pleasant, relaxing, quick, on time, punctual, scenic, easy,
        hassle-free, enjoyable, good value, speedy, peaceful, serene, effortless""",
    ),
    "sight": (
        "touristy, spoilt, overrated, boring, underwhelming, littered, unremarkable",
        "breathtaking!, picturesque, fascinating, unspoilt, enchanting!, scenic, worth a visit",
    ),
    "weather": (
        """miserable, foul, grim, depressing, nasty, gloomy, unbearable!, dismal, dreary,
        bleak, oppressive, muggy, stormy""",
        """glorious!, beautiful!, pleasant, gorgeous!, heavenly!, ideal, mild, sunny, balmy,
        bright, springlike""",
    ),
    "job": (
        """badly paid, stressful, boring, exhausting, dead-end!, thankless, soul-destroying!,
        monotonous, underpaid, dull, depressing, meaningless, tedious, demeaning!,
        mind-numbing!, dehumanising!, insecure, frustrating, joyless, repetitive""",
        """well paid, rewarding, interesting, fulfilling, varied, enjoyable, satisfying,
        secure, fun, meaningful, exciting, inspiring, worthwhile, flexible, stimulating,
        dynamic""",
    ),
    "work": (
        "unbearable!, chaotic, ridiculous, unfair, stressful, crushing!, badly planned",
        "pleasant, reasonable, well planned, fair, productive, well organised",
    ),
    "lesson": (
        """boring, confusing, pointless!, dull, tedious, badly taught, useless!, disorganised,
        outdated, uninspiring, dry, monotonous, badly structured, muddled, rambling,
        unhelpful, vague, patronising""",
        """interesting, clear, useful, inspiring, fun, well taught, informative, well
        structured, engaging, helpful, fascinating, enlightening, stimulating, thorough,
        lively, practical, absorbing, eye-opening!, memorable""",
    ),
    "school": (
        "strict and joyless!, underfunded, badly run, chaotic, backward",
        "well run, supportive, modern, well equipped, caring",
    ),
    "care": (
        """painful, careless, unhelpful, ineffective, rushed, badly organised, botched!,
        impersonal, unpleasant""",
        """effective, gentle, painless, helpful, reassuring, thorough, well organised,
        beneficial, life-saving!, soothing, caring""",
    ),
    "job done": (
        "shoddy, sloppy, botched!, unprofessional, badly done, overpriced, faulty, amateurish",
        "well done, neat, professional, tidy, flawless!, good value, solid, beautifully done",
    ),
    "film": (
        """boring, dull, predictable, tedious, forgettable, shallow, pretentious,
        unwatchable!, badly acted, clichéd, confusing, overlong, lifeless, uninspired,
        cringeworthy, far-fetched, trite, incoherent, overrated, laughable!, dreary, sappy,
        unfunny, tiresome, joyless, soulless, lame, hackneyed, plodding, bloated, muddled,
        heavy-handed, stale, corny, vapid, listless, mawkish, flat, humourless, formulaic,
        bland, unconvincing, messy, silly""",
        """gripping, funny, moving, exciting, entertaining, enjoyable, captivating!,
        hilarious!, heart-warming, thrilling!, charming, clever, touching, witty, engaging,
        memorable, powerful, enthralling!, well acted, thought-provoking, inspiring,
        riveting!, suspenseful, unforgettable!, refreshing, original, poignant, stylish,
        absorbing, dazzling!, uplifting, endearing, tender, sharp, inventive, spellbinding!,
        bold, nuanced, intelligent, hypnotic, stirring, vivid, exhilarating!""",
    ),
    "story": (
        """predictable, boring, dull, confusing, clichéd, far-fetched, silly, weak,
        incoherent, contrived, lazy, tedious, implausible, derivative, clumsy, nonsensical!,
        muddled, thin, hackneyed, plodding""",
        """gripping, clever, moving, original, surprising, touching, well written, satisfying,
        engaging, compelling!, imaginative, believable, witty, powerful, inventive, tight,
        poignant, suspenseful""",
    ),
    "craft": (
        """amateurish, sloppy, clumsy, uninspired, wooden, unconvincing, lifeless, jarring,
        cheesy, lacklustre, painful!, crude, tasteless, laughable, shaky""",
        """stunning!, beautiful!, inventive, polished, masterful!, tasteful, breathtaking!,
        elegant, spectacular!, stylish, spot on, flawless!, exquisite!, vivid, skilful,
        imaginative, sublime!""",
    ),
    "actor": (
        """wooden, unconvincing, miscast, annoying, stiff, irritating, overrated, lifeless,
        hammy, charmless, forgettable""",
        """convincing, charming, brilliant, funny, superb, talented, believable, likeable,
        magnetic!, compelling!, endearing, subtle""",
    ),
    "book": (
        """boring, dull, predictable, badly written, confusing, tedious, forgettable, dry,
        unreadable!, overlong, shallow, pretentious, overrated, repetitive, preachy, dreary,
        long-winded, clichéd, superficial, turgid, plodding, stilted, muddled, humourless,
        trite, rambling""",
        """gripping, well written, moving, fascinating, unputdownable!, charming, inspiring,
        funny, clever, beautiful!, informative, enjoyable, thought-provoking, witty,
        memorable, captivating!, compelling!, entertaining, insightful, lyrical, absorbing,
        profound, poignant, vivid, elegant, page-turning!, wise""",
    ),
    "media": (
        "boring, biased, badly researched, shallow, misleading, unfunny, repetitive, tacky",
        "informative, interesting, entertaining, well researched, funny, insightful, fascinating",
    ),
    "music": (
        """boring, forgettable, repetitive, uninspired, tuneless!, annoying, bland,
        overproduced, unlistenable!, dull, derivative, monotonous, grating!, soulless, shrill,
        screechy, hollow, formulaic, tinny, soppy, whiny""",
        """catchy, beautiful!, moving, uplifting, memorable, original, addictive, soulful,
        haunting, gorgeous!, fresh, infectious, timeless, energetic, groovy, soothing,
        melodic, rousing, dreamy, hypnotic, lush, joyous!, tender, stirring, funky, mellow""",
    ),
    "performer": (
        "out of tune, boring, lifeless, overrated, amateurish, lacklustre, talentless!, uninspired",
        "talented, energetic, captivating!, fun, inspired, gifted, lively, on top form",
    ),
    "event": (
        """boring, badly organised, overcrowded, chaotic, overpriced, dull, disorganised,
        forgettable, disastrous!, tedious, embarrassing, dreary, uninspired, cringeworthy,
        shambolic!, stuffy, lifeless, pointless!, awkward, overlong, joyless, rushed""",
        """fun, exciting, well organised, unforgettable!, memorable, enjoyable, entertaining,
        lively, magical!, thrilling!, delightful, joyful, spectacular!, heart-warming,
        uplifting, festive, jolly, vibrant, dazzling!, moving, merry, glittering""",
    ),
    "event part": (
        "chaotic, annoying, tacky, tiresome, badly planned",
        "well planned, pleasant, tasteful, well managed, faultless!",
    ),
    "match": (
        """boring, dull, one-sided, scrappy, dreary, forgettable, frustrating, tedious,
        shambolic!, lifeless, error-strewn, sluggish, turgid""",
        """thrilling!, exciting, gripping, entertaining, memorable, fun, unforgettable!,
        fast-paced, nail-biting!, breathless!, spirited""",
    ),
    "team": (
        """sloppy, clueless, lazy, overrated, shambolic!, disorganised, useless!, clumsy,
        toothless, spineless!, listless, timid, sluggish, predictable""",
        """solid, inspired, sharp, brave, confident, well drilled, on fire!, dependable,
        fearless, disciplined, tireless, lively""",
    ),
    "game": (
        """boring, buggy, repetitive, frustrating, unfair, tedious, unplayable!, overpriced,
        unoriginal, dull, unbalanced, grindy, pointless!, broken, janky, shallow, confusing,
        lifeless, sluggish, monotonous""",
        """fun, addictive, exciting, entertaining, clever, original, challenging, well
        balanced, imaginative, great fun, absorbing, creative, satisfying, charming,
        immersive, rewarding, inventive, fluid, endlessly replayable""",
    ),
    "game part": (
        "clunky, frustrating, confusing, outdated, broken, sloppy, uninspired",
        "polished, beautiful!, clever, intuitive, imaginative, well made, satisfying",
    ),
    "public": (
        """unreliable, dirty, badly run, slow, hopeless!, chaotic, inefficient, neglected,
        unsafe, dilapidated, overcrowded, unhelpful""",
        """reliable, clean, well run, efficient, convenient, safe, well kept, modern,
        punctual, speedy, spotless!, friendly, dependable""",
    ),
    "day": (
        """boring, stressful, miserable!, exhausting, depressing, sad, tedious, dreary,
        chaotic, frustrating, lonely, gloomy, tiring, wretched!, hectic, hellish!, wasted,
        disastrous!""",
        """fun, relaxing, memorable, happy, unforgettable!, pleasant, magical!, enjoyable,
        blissful!, productive, cheerful, exciting, peaceful, carefree, glorious!, cosy,
        dreamy, successful""",
    ),
}

# What one of them did or does; never with a plural subject.
PREDICATES: Mapping[str, Lists] = {
    "food": (
        """went straight in the bin, tasted like cardboard, made me feel sick, arrived cold,
        tasted of nothing, had a hair in it, gave me food poisoning, smelled off, turned my
        stomach""",
        """melted in my mouth, tasted like heaven, hit the spot, tasted just like my
        grandmother's, was gone in seconds, was cooked to perfection, was full of flavour, had
        us asking for more""",
    ),
    "baked": (
        "tasted like cardboard, went straight in the bin, fell apart, was three days old",
        "melted in my mouth, was still warm from the oven, was gone in seconds, smelled heavenly",
    ),
    "drink": (
        "tasted like dishwater, gave me a headache, went down the sink, tasted of soap",
        "hit the spot, warmed me right up, woke me up nicely, went down a treat",
    ),
    "place": (
        "smelled of drains, had seen better days, felt unsafe, put us off at the door",
        "felt like home, had a lovely atmosphere, made us feel welcome, took my breath away",
    ),
    "service": (
        """kept us waiting for an hour, never answered my emails, couldn't care less, got
        everything wrong, ignored us all evening, blamed me for the mistake""",
        """went the extra mile, sorted everything out in minutes, answered all my questions,
        made us feel welcome, couldn't do enough for us, put things right at once""",
    ),
    "person": (
        """shouted at everyone, let me down again, lied to my face, never listens, talks
        behind my back, made me cry, treated us like dirt, always finds fault, ruined my
        evening""",
        """went out of the way to help, has a heart of gold, always makes me laugh, never lets
        me down, made us feel welcome, is a joy to be with, has the patience of a saint,
        brightens up my day""",
    ),
    "pet": (
        "ruined the new carpet, bit the postman, chewed up my shoes, growls at the children",
        "makes me smile every day, is always happy to see me, makes our home complete",
    ),
    "device": (
        """stopped working after a week, broke on the second day, keeps breaking down, was
        faulty from the start, died just after the warranty ran out, lets me down when I need
        it most""",
        """works like a charm, does exactly what I need, still works perfectly after five
        years, was worth every penny, never lets me down, makes my life easier""",
    ),
    "software": (
        """keeps crashing, drains my battery, freezes every five minutes, lost all my data,
        logs me out all the time, takes ages to load, sends me endless spam""",
        """works like a charm, saves me so much time, does exactly what it promises, runs
        without a hitch, makes everything easier, loads in a flash""",
    ),
    "clothing": (
        "fell apart after one wash, shrank in the wash, looked nothing like the picture",
        "fits like a glove, looks even better than in the picture, gets me many compliments",
    ),
    "goods": (
        """fell apart within a week, broke the first time I used it, was a waste of money,
        ended up in the bin, looked nothing like the picture""",
        """does the job beautifully, was worth every penny, is a bargain, has lasted for
        years, is just what I needed""",
    ),
    "delivery": (
        """never turned up, took six weeks, went to the wrong address, arrived broken, got
        lost in the post, was nowhere to be found""",
        """came a day early, arrived in perfect condition, went without a hitch, came right
        when they said it would, was sorted out in no time""",
    ),
    "experience": (
        "was a complete disaster, ruined our summer, cost a fortune and gave us nothing",
        "was the best we ever had, exceeded our expectations, was worth every penny",
    ),
    "journey": (
        "took twice as long as it should, was one long nightmare, left three hours late",
        "went like clockwork, was over in no time, was a pleasure from start to finish",
    ),
    "job": (
        "makes me miserable, is making me ill, bores me to tears, is going nowhere",
        "makes me happy, gives me a sense of purpose, is a dream come true",
    ),
    "lesson": (
        "nearly sent me to sleep, taught me nothing, was a waste of time",
        "taught me a lot, opened my eyes, was time well spent",
    ),
    "film": (
        """bored me to tears, sent me to sleep, was a waste of two hours, left me cold, fell
        flat, dragged on forever, insulted my intelligence""",
        """had me in stitches, kept me on the edge of my seat, moved me to tears, blew me
        away, left me smiling, lived up to the hype, was over far too soon""",
    ),
    "book": (
        "bored me to tears, went back to the library half read, left me cold, fell flat",
        "kept me up all night, moved me to tears, had me hooked from page one, made me laugh",
    ),
    "music": (
        "gets on my nerves, gives me a headache, hurts my ears, all sounds the same",
        "gives me goosebumps, makes me want to dance, cheers me up every time, never gets old",
    ),
    "event": (
        "was a complete disaster, was a total flop, ended in chaos, bored everyone stiff",
        "was a roaring success, went off without a hitch, was a night to remember, flew by",
    ),
    "match": (
        "sent half the crowd home early, was an embarrassment, bored everyone stiff",
        "had the whole crowd on its feet, had everything, was one for the ages",
    ),
    "team": (
        "fell apart in the second half, made a fool of itself, let the fans down",
        "gave everything, did us proud, was a joy to watch, rose to the occasion",
    ),
    "game": (
        "crashes all the time, gets boring after an hour, was a waste of money",
        "kept me hooked for weeks, is great with friends, never gets old",
    ),
    "day": (
        "was ruined by the rain, went from bad to worse, couldn't end soon enough",
        "couldn't have gone better, was just what I needed, went by in a happy blur",
    ),
}

# === What any sentence can say, (negative, positive) ===

# base / past / third person; `*` things only.
FEELINGS: Lists = (
    """hate/hated/hates, dislike/disliked/dislikes, can't stand/couldn't stand/can't stand,
    loathe/loathed/loathes, despise/despised/despises, detest/detested/detests, *am sick
    of/was sick of/is sick of, *am fed up with/was fed up with/is fed up with, *am
    disappointed with/was disappointed with/is disappointed with, can't bear/couldn't
    bear/can't bear, *am not happy with/was not happy with/is not happy with, don't
    like/didn't like/doesn't like, *don't enjoy/didn't enjoy/doesn't enjoy, *am unhappy
    with/was unhappy with/is unhappy with, *am annoyed with/was annoyed with/is annoyed with""",
    """love/loved/loves, like/liked/likes, adore/adored/adores, *enjoy/enjoyed/enjoys,
    *appreciate/appreciated/appreciates, *can't get enough of/couldn't get enough of/can't get
    enough of, am crazy about/was crazy about/is crazy about, am fond of/was fond of/is fond
    of, am delighted with/was delighted with/is delighted with, *am pleased with/was pleased
    with/is pleased with, *am happy with/was happy with/is happy with, am impressed by/was
    impressed by/is impressed by, *am so glad about/was so glad about/is so glad about, really
    like/really liked/really likes, *am thrilled with/was thrilled with/is thrilled with""",
)
# base / past; those that can be denied or change.
PLAIN_FEELINGS: Lists = (
    "hate/hated, dislike/disliked, loathe/loathed, despise/despised, detest/detested",
    "love/loved, like/liked, adore/adored, *enjoy/enjoyed",
)
JUDGEMENTS: Lists = (
    """disaster, mess, nightmare, failure, letdown, disappointment, joke, shambles, flop,
    insult, embarrassment, disgrace, catastrophe, mistake, fiasco, bore,
    pain in the neck, total dud, big fat no""",
    """treat, joy, delight, pleasure, triumph, gem, winner, success, hit, dream, real find,
    masterpiece, blessing, breath of fresh air, revelation, wonder, real pleasure, perfect
    choice, little miracle, true delight, total winner, big thumbs up""",
)
EFFECTS: Lists = (
    """ruined my day, made me angry, let me down, drove me mad, put me off, got on my nerves,
    wasted my time, left me cold, made me sad, gave me a headache, annoyed me, disappointed
    me, bored me, irritated me, upset me, depressed me, infuriated me, exhausted me, made me
    want to leave, spoiled my weekend, stressed me out, wore me out, frustrated me""",
    """made my day, made me smile, cheered me up, made me happy, blew me away, won me over,
    delighted me, impressed me, put me in a good mood, surprised me in the best way, pleased
    me, charmed me, made me laugh, amazed me, inspired me, lifted my spirits, calmed me down,
    thrilled me, made my weekend, exceeded my expectations, warmed my heart""",
)
MOODS: Lists = (
    """disappointed, annoyed, bored, angry, upset, frustrated, irritated, furious, let down,
    miserable, unimpressed, disgusted, sad, stressed, unhappy, fed up, gutted, depressed,
    appalled, offended, embarrassed, dissatisfied, heartbroken, exhausted, ashamed""",
    """delighted, happy, thrilled, pleased, impressed, amused, excited, grateful, relieved,
    overjoyed, satisfied, charmed, glad, moved, proud, over the moon, touched, cheerful,
    content, enchanted, relaxed, inspired, blown away, chuffed, hopeful""",
)
NAMELESS: Lists = (  # feelings of the mind, after "full of", "with"
    """disappointment, anger, regret, boredom, frustration, despair, disgust, sadness, dread,
    misery, annoyance, irritation, shame, resentment, gloom""",
    """joy, delight, pride, happiness, excitement, hope, relief, admiration, gratitude,
    enthusiasm, satisfaction, pleasure, wonder, love, laughter""",
)
FLAWS: Lists = (  # what something has, plural or mass
    """problems, faults, bugs, mistakes, empty promises, nasty surprises, hidden costs, annoying
    details, flaws, false notes, weak spots, drawbacks, rough edges, rookie errors""",
    """good ideas, nice touches, pleasant surprises, clever details, little delights, happy
    moments, strong points, lovely details, charm, bright ideas, thoughtful touches, fun,
    character""",
)
ADVERBS: Lists = (
    "badly, terribly, poorly, dreadfully, miserably, carelessly, horribly, hopelessly",
    "well, beautifully, brilliantly, perfectly, wonderfully, splendidly, superbly, nicely",
)
# What one is with or about something; what one says that one was not.
MOODS_WITH: Lists = (
    "disappointed, annoyed, angry, unhappy, upset, frustrated, furious, dissatisfied, fed up",
    "delighted, happy, thrilled, pleased, overjoyed, satisfied, impressed, content, excited",
)
MOODS_ABOUT_THINGS: Lists = (
    """disappointed, annoyed, unhappy, frustrated, upset, let down, unimpressed, dissatisfied,
    irritated, fed up, bored, angry""",
    """happy, pleased, impressed, delighted, satisfied, thrilled, content, won over, relieved,
    amazed, glad, excited""",
)
MILD_MOODS: Lists = (
    "disappointed, bored, annoyed, upset, unhappy, angry, let down, frustrated",
    "impressed, happy, satisfied, pleased, convinced, amused, thrilled, delighted, surprised",
)
DENIED_EFFECTS: Lists = (  # base / past
    """bore/bored, annoy/annoyed, disappoint/disappointed, irritate/irritated,
    frustrate/frustrated, bother/bothered, upset/upset""",
    """impress/impressed, please/pleased, charm/charmed, amuse/amused, delight/delighted,
    interest/interested, convince/convinced""",
)
COMPARATIVES: Lists = ("worse, worse, worse, more disappointing", "better, better, nicer, better")
SUPERLATIVES: Lists = (
    "worst, worst, worst, most disappointing, poorest",
    "best, best, best, nicest, finest",
)
GENERIC: Lists = ("bad, terrible, negative, nasty, poor", "good, great, positive, nice, excellent")
SMILES: Lists = (
    ":(, :-(, :'(, :/, 😡, 😞, 👎, 💔, ugh, argh, sigh, smh, grr, 😠, boo",
    ":), :-), :D, <3, 😊, 😍, 👍, ❤, yay, haha, woohoo, xx, 🎉, 😀, wooo",
)

# === Degrees: too much of this, not enough of that ===

EXCESS: Mapping[str, Lists] = {
    "food": (
        "salty, greasy, spicy, sweet, dry, expensive, oily, rich",
        "hot, fresh, filling, crisp",
    ),
    "baked": ("sweet, dry, expensive, heavy, dense, crumbly", "fresh, moist, light"),
    "drink": ("sweet, bitter, strong, expensive, weak, sour", "cold, fresh, strong"),
    "place": ("crowded, noisy, expensive, dark, touristy, far away", "clean, big, quiet, safe"),
    "service": ("slow, pushy, casual, impersonal, nosy", "friendly, quick, polite, attentive"),
    "person": (
        "strict, bossy, loud, talkative, impatient, proud",
        "patient, honest, kind, careful",
    ),
    "device": ("heavy, loud, expensive, slow, big, complicated", "fast, sturdy, light, bright"),
    "software": ("slow, complicated, expensive, cluttered, pushy", "fast, simple, clear, stable"),
    "clothing": ("tight, expensive, long, short, thin, big", "warm, soft, long, wide"),
    "goods": ("heavy, expensive, small, thin, bulky, flimsy", "sturdy, big, light, soft"),
    "price": ("high, steep", "low, fair"),
    "delivery": ("slow, late, expensive", "fast, quick"),
    "room": ("small, dark, hot, cold, noisy, expensive", "big, clean, bright, warm, quiet"),
    "experience": ("long, short, expensive, tiring, rushed", "long, relaxing, varied"),
    "journey": ("long, expensive, bumpy, slow, tiring", "fast, comfortable, quick"),
    "weather": ("hot, cold, wet, windy, humid", "warm, dry, mild"),
    "job": ("stressful, hard, repetitive, demanding, boring", "varied, interesting, secure"),
    "lesson": ("long, hard, fast, dry, easy, theoretical", "clear, practical, short"),
    "film": ("long, slow, loud, violent, predictable, silly", "funny, exciting, short"),
    "book": ("long, slow, complicated, predictable, dry", "exciting, clear, funny"),
    "music": ("loud, slow, repetitive, long, noisy", "lively, varied, original"),
    "event": ("long, loud, expensive, crowded, formal", "lively, long, varied"),
    "match": ("slow, one-sided, long, rough", "exciting, fast"),
    "game": ("hard, easy, expensive, short, repetitive", "challenging, long, varied"),
}
