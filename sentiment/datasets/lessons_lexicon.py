"""The content words of the data set `lessons`: what people judge every day, and with which words.

A topic lists nouns with the kinds of words that fit all of them, so that soup is tasty or bland
and an app fast or buggy. Knows nothing about sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sentiment.datasets.lessons_judgements import EXCESS, GENERAL, KINDS, MILD, PREDICATES

COUNT, MASS, PLURAL = "count", "mass", "plural"

Polar = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Noun:
    """A noun, and how it goes in a sentence.

    Attributes:
        word: such as `battery` or `opening hours`.
        number: `count`, `mass` (no article in "good bread") or `plural`.
    """

    word: str
    number: str

    @classmethod
    def of(cls, written: str) -> "Noun":
        """Read `soup`, `bread~` (mass) or `noodles+` (plural)."""
        number = {"~": MASS, "+": PLURAL}.get(written[-1], COUNT)
        return cls(written.rstrip("~+"), number)


@dataclass(frozen=True)
class Topic:
    """Nouns, and the judging words that fit every one of them.

    Attributes:
        name: for people.
        domain: topics of one domain can meet in one sentence.
        person: `he` or `she` instead of `it`.
        lasting: what it is like can change over the years.
        bought: it can be bought, ordered, used or visited, so that someone can recommend it.
        determiners: what may stand before a noun.
        nouns: what is judged.
        adjectives: by polarity, (negative, positive), the general ones included.
        mild: those of them that leave no room for the middle when they are denied, the general
            ones several times.
        predicates: verb phrases about one of them, by polarity.
        excess: (what it can be too much, what it can be not enough).
    """

    name: str
    domain: str
    person: bool
    lasting: bool
    bought: bool
    determiners: tuple[str, ...]
    nouns: tuple[Noun, ...]
    adjectives: Polar
    mild: Polar
    predicates: Polar
    excess: Polar


def items(listed: str) -> tuple[str, ...]:
    """The items of a list with commas, over any number of lines."""
    return tuple(" ".join(item.split()) for item in listed.split(",") if item.strip())


HE = frozenset(
    items(
        """waiter, barman, landlord, headmaster, uncle, brother, stepfather, nephew, boyfriend,
        husband, son, grandfather, stepbrother, actor, caretaker, leading man"""
    )
)
SHE = frozenset(
    items(
        """waitress, landlady, midwife, mother-in-law, sister, grandmother, half-sister, aunt,
        girlfriend, wife, daughter, actress, leading lady"""
    )
)
# name | domain | l: lasting, b: bought | determiners | kinds; then the nouns.
_TOPICS = {
    "dish | eating | b | the, my, this | food": """
        soup, curry, pizza, salad, steak, burger, sandwich, omelette, stew, risotto, lasagne,
        casserole, kebab, burrito, dessert, starter, breakfast, pasta~, rice~, ramen~, sushi~,
        fish~, chicken~, meat~, sauce, food~, noodles+, chips+, dumplings+, tacos+, pancakes+,
        vegetables+, prawns+, meatballs+, sausages+, eggs+, leftovers+""",
    "baking | eating | b | the, this, that | baked": """
        cake, bread~, pie, croissant, muffin, bagel, brownie, pastry, cheesecake, toast~, scone,
        tart, sponge, biscuits+, cookies+, doughnuts+, rolls+""",
    "drink | eating | b | the, this, my | drink": """
        tea~, beer~, wine~, juice~, hot chocolate~, cocktail, lemonade~, smoothie,
        espresso, cider~, milkshake, latte, iced tea~, cappuccino, ginger beer~""",
    "eating place | eating | lb | the, that, this, our local | place, eatery": """
        restaurant, café, pub, bakery, canteen, diner, pizzeria, bistro, bar, tea room, food
        truck, takeaway, ice cream parlour, noodle bar""",
    "served | eating | l | the, their | service": "service~, staff~, customer service~",
    "waiter | eating | l | the, our | person": "waiter, chef, barman, cook, waitress, owner",
    "phone | tech | lb | the, my, this, that new | device": """
        phone, laptop, tablet, headset, printer, camera, router, smartwatch, kettle, toaster,
        vacuum cleaner, washing machine, dishwasher, microwave, television, speaker, e-reader,
        hair dryer, blender, fridge, radio, projector, drill, heater, fan, headphones+,
        earbuds+, scanner, monitor, keyboard, charger, games console""",
    "phone part | tech | | the | part": """
        battery, screen, build quality~, sound quality~, touchpad, microphone, display,
        interface, casing, cable, remote control, fingerprint sensor, picture quality~, zoom,
        speakers+, buttons+, menus+""",
    "app | software | lb | the, this, that, your | software": """
        app, website, browser, programme, update, game engine, search function, online shop,
        banking app, booking system, dashboard, plugin, chatbot, password manager, weather app,
        map app, translation app, spreadsheet, beta, new version, home page, checkout page,
        streaming service, login page, calendar app, podcast app""",
    "support | software | l | the, their | service": """
        customer support~, help desk, technical support~, support team, live chat, hotline""",
    "shop | shopping | lb | the, this, that, our | place, shop": """
        shop, supermarket, bookshop, market, pharmacy, boutique, corner shop, garden centre,
        shopping centre, florist, hardware store, second-hand shop, outlet, department store,
        grocery store, butcher's""",
    "clothes | shopping | b | the, my, these, this | clothing": """
        jacket, dress, coat, jumper, shirt, skirt, suit, scarf, hat, raincoat, hoodie,
        swimsuit, jeans+, shoes+, boots+, trainers+, gloves+, socks+, sandals+, trousers+,
        pyjamas+, glasses+, sunglasses+, leggings+""",
    "goods | shopping | lb | the, this, my | goods": """
        backpack, suitcase, sofa, mattress, pillow, desk, lamp, umbrella, bike, tent, sleeping
        bag, wallet, notebook, pen, armchair, bookshelf, rug, frying pan, knife, watch, lunch
        box, toy, pram, car seat, chair, table, wardrobe, garden hose, ladder, lawnmower,
        towels+, curtains+, blanket, handbag, yoga mat, water bottle""",
    "cosmetics | shopping | b | the, this, my | goods": """
        shampoo~, soap~, sunscreen~, perfume~, toothpaste~, face cream~, lipstick, deodorant~,
        hand cream~, nail polish~""",
    "price | shopping | l | the, their | price": "prices+, price, fees+, fee, rent~, fares+",
    "delivery | shopping | b | the, my, our | delivery": """
        delivery, parcel, order, package, shipping~, refund, return, replacement, exchange""",
    "hotel | travel | lb | the, our, this, that | place, lodging": """
        hotel, hostel, guest house, campsite, holiday flat, cottage, resort, bed and breakfast,
        motel, apartment, chalet, inn, holiday village""",
    "room | travel | | the, our, my | room": """
        room, bathroom, balcony, kitchen, lobby, bedroom, dining room, waiting room, terrace,
        hallway, lounge""",
    "stay | travel | b | the, our, my | experience": """
        stay, trip, holiday, tour, cruise, honeymoon, excursion, weekend away, road trip,
        safari, city break, boat trip, hike, camping trip, package tour""",
    "journey | journeys | b | the, my, our | journey": """
        flight, journey, train ride, bus ride, drive, ferry, crossing, taxi ride, transfer,
        commute, night train, coach trip""",
    "airline | journeys | lb | the, this, that | service, company": """
        airline, travel agency, rental company, taxi firm, railway, bus company, ferry company""",
    "sight | sights | lb | the, this, that | place, sight": """
        beach, museum, castle, old town, park, zoo, cathedral, harbour, island, village,
        garden, lake, national park, aquarium, viewpoint, city, town centre, promenade,
        waterfall, market square, botanical garden""",
    "guide | travel | l | the, our | person": """
        guide, driver, receptionist, pilot, tour leader, landlady, host, porter""",
    "weather | weather | | the, this | weather": """
        weather~, rain~, wind~, forecast, summer, winter, spring, autumn, morning, climate,
        heat~""",
    "job | work | lb | my, this, the | job": """
        job, internship, apprenticeship, new job, work~, position, summer job, night shift,
        part-time job""",
    "at work | work | l | the, our, my | work": """
        meeting, office, training~, project, schedule, workload, working hours+, atmosphere,
        morning meeting, presentation, team meeting, pay~, pension scheme""",
    "boss | work | l | my, our, the | person": """
        boss, manager, colleague, team leader, supervisor, secretary, intern, director,
        assistant, accountant, business partner""",
    "course | school | lb | the, this, my, our | lesson": """
        course, class, lesson, lecture, seminar, degree, timetable, driving lesson, evening
        class, online course, language course, homework~, maths lesson, tutorial, textbook,
        study group""",
    "school | school | l | the, our, this | place, school": """
        school, nursery, university, college, library, playground, dance school, kindergarten""",
    "teacher | school | l | the, my, our | person, teacher": """
        teacher, tutor, professor, coach, instructor, headmaster, lecturer, trainer, piano
        teacher, swimming teacher""",
    "care | health | | the, my | care": """
        treatment, operation, check-up, appointment, medicine~, therapy~, massage,
        physiotherapy~, vaccine, eye test""",
    "clinic | health | l | the, our, this | place, care": """
        hospital, clinic, dental practice, surgery, care home, health centre, ward""",
    "doctor | health | l | the, my, our | person, carer": """
        doctor, dentist, nurse, surgeon, midwife, therapist, optician, physiotherapist,
        paramedic""",
    "home | home | l | the, our, my | room, home": """
        flat, house, neighbourhood, street, garage, cellar, attic, studio, house share, estate,
        building""",
    "neighbour | home | l | my, our, the | person": """
        neighbour, landlord, flatmate, plumber, electrician, cleaner, caretaker, builder,
        gardener, babysitter, estate agent, painter, roommate, locksmith""",
    "repair | home | | the, our | job done": """
        repair, renovation, paint job, new roof, heating~, plumbing~, wiring~, insulation~, new
        kitchen, floor, double glazing~, extension""",
    "pet | pets | l | my, our, her, the | pet": """
        dog, cat, puppy, kitten, rabbit, parrot, pony, hamster, guinea pig, terrier, spaniel""",
    "vet | pets | l | the, our | person, carer": "vet, dog walker, breeder, dog sitter, groomer",
    "pet goods | pets | b | the, this | goods": """
        lead, cat food~, dog bed, litter tray, collar, cage, dog food~, scratching post, cat
        flap""",
    "car | cars | lb | the, my, this, our | device, car": """
        car, van, scooter, electric car, motorbike, camper van, hatchback, estate car, rental
        car, convertible, minivan, pickup""",
    "car part | cars | | the | part, car part": """
        engine, steering~, brakes+, gearbox, dashboard, air conditioning~, boot, seats+,
        headlights+, tyres+, sat nav, suspension~""",
    "garage | cars | lb | the, this, that | service, company": """
        garage, car dealer, body shop, car wash, driving school, insurance company""",
    "film | films | b | the, this, that | film": """
        film, movie, documentary, comedy, thriller, sequel, remake, cartoon, romance, western,
        horror film, war film, musical, biopic, short film, first episode, finale, pilot
        episode, last season, series, sitcom, crime drama, Christmas special""",
    "story | films | | the, this | story": """
        story, plot, script, ending, dialogue~, opening scene, twist, premise, screenplay""",
    "film craft | films | | the | craft": """
        camera work~, soundtrack, editing~, acting~, direction~, cinematography~, set design~,
        costumes+, special effects+, animation~, fight scenes+, stunts+""",
    "actor | films | | the | actor": """
        actor, actress, lead actor, leading lady, supporting actor, child actor, director, hero,
        narrator, comedian""",
    "book | books | b | the, this, that, her | book": """
        book, novel, cookbook, biography, memoir, crime novel, audiobook, poem, comic, graphic
        novel, fantasy novel, travel book, short story, trilogy, diary, essay""",
    "book part | books | | the | story": """
        first chapter, translation, ending, prose~, plot, introduction, last page, middle part,
        characters+, illustrations+""",
    "music | music | lb | the, this, that, their | music": """
        album, song, single, playlist, tune, record, cover version, remix, mixtape, debut album,
        new song, live album, theme song""",
    "music part | music | | the | craft": """
        singing~, drumming~, chorus, guitar solo, bass line, mixing~, lyrics+, vocals+,
        strings+, melody""",
    "band | music | l | the, that, this | performer": """
        band, singer, choir, orchestra, drummer, guitarist, rapper, violinist, pianist, DJ,
        quartet, conductor""",
    "concert | events | b | the, this, that | event": """
        concert, festival, party, wedding, play, opera, gig, circus, ballet, parade,
        conference, fair, show, quiz night, reunion, opening night, birthday party, firework
        display, picnic, Christmas market, open day, talk, poetry reading, puppet show,
        carnival, magic show""",
    "event part | events | | the | event part": """
        organisation~, sound~, crowd, catering~, seats+, queue, food stalls+, music~, lighting~,
        speeches+, decorations+, ticket system""",
    "match | sport | | the, this, that, our | match": """
        match, game, race, final, tournament, season, training session, marathon, first half,
        second half, derby, semi-final,""",
    "team | sport | l | the, our, this, their | team": """
        team, goalkeeper, defence, striker, midfield, coach, captain, club, squad, referee""",
    "gym | sport | lb | the, our, this | place": """
        gym, swimming pool, tennis court, football pitch, stadium, ski resort, climbing wall,
        running track, ice rink, skate park""",
    "video game | games | lb | the, this, that | game": """
        game, board game, video game, card game, puzzle game, racing game, role-playing game,
        expansion, demo, platformer, escape room, mobile game, strategy game, multiplayer mode""",
    "game part | games | | the | game part": """
        graphics+, controls+, levels+, rules+, puzzles+, campaign, story mode, matchmaking~,
        tutorial, level design~, servers+, boss fight""",
    "public | town | l | the, our | public": """
        bus service, post office, council, tram line, recycling centre, bike lane, public
        library, car park, town hall, cycle path, bus station, railway station, airport,
        public toilet""",
    "bank | money | lb | the, my, this, that | service, company": """
        bank, phone company, internet provider, energy supplier, broadband company, gas company,
        moving company, cleaning company, insurance company""",
    "contract | money | lb | the, my, this | contract": """
        insurance, mobile contract, credit card, savings account, pension plan, loan, gym
        membership, phone plan, travel insurance, subscription""",
    "relative | people | l | my, his, her | person": """
        mother-in-law, uncle, cousin, brother, sister, stepfather, grandmother, aunt, ex,
        roommate, best friend, nephew, daughter, son, grandfather, half-sister, stepbrother""",
    "time spent | life | | the, my, this, our | day": """
        day, week, weekend, evening, afternoon, night, year, Monday, birthday, Christmas, New
        Year's Eve, Sunday, date, first date, day off""",
    "reading | books | lb | the, this, that | media": """
        magazine, newspaper, blog, podcast, newsletter, channel, radio show, column, talk show,
        news programme""",
}

# Topics that one template can speak of.
GROUPS = {
    group: items(names)
    for group, names in {
        "had": "dish, baking, drink, stay, journey, match, time spent, course, concert",
        "meal": "dish, baking",
        "gadget": "phone",
        "program": "app",
        "wares": "clothes, goods, cosmetics, pet goods",
        "outing": "stay, journey",
        "sights": "hotel, sight, eating place, stay",
        "vehicle": "car",
        "watched": "film",
        "read": "book",
        "heard": "music",
        "visited": "concert",
        "sports": "match, team",
        "played": "video game",
        "public": "public",
        "company": "bank, airline",
        "relative": "relative",
        "day": "time spent",
        "pet": "pet",
        "treatment": "care",
        "taught": "course, teacher",
        "working": "job, at work, boss",
        "housing": "home, neighbour",
        "weather": "weather",
        "delivery": "delivery",
        "service": "served, support",
    }.items()
}


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic."""
    return tuple(_topic(head, nouns) for head, nouns in _TOPICS.items())


def _topic(head: str, nouns: str) -> Topic:
    name, domain, flags, determiners, kinds = (part.strip() for part in head.split("|"))
    own = [KINDS[kind] for kind in items(kinds)]
    person = any(kind in ("person", "actor", "pet") for kind in items(kinds))
    general = GENERAL["person" if person else "thing"]
    negative, positive = (
        _merged(items(general[polarity]), *(items(kind[polarity]) for kind in own))
        for polarity in (0, 1)
    )
    mild = tuple(
        items(MILD[polarity]) * 2 + _merged(*(_without_strong(kind[polarity]) for kind in own))
        for polarity in (0, 1)
    )
    predicates = tuple(
        _merged(*(items(PREDICATES[kind][polarity]) for kind in items(kinds) if kind in PREDICATES))
        for polarity in (0, 1)
    )
    excess = tuple(
        _merged(*(items(EXCESS[kind][which]) for kind in items(kinds) if kind in EXCESS))
        for which in (0, 1)
    )
    return Topic(
        name=name,
        domain=domain,
        person=person,
        lasting="l" in flags,
        bought="b" in flags,
        determiners=items(determiners),
        nouns=tuple(Noun.of(noun) for noun in items(nouns)),
        adjectives=(_plain(negative), _plain(positive)),
        mild=(mild[0], mild[1]),
        predicates=(predicates[0], predicates[1]),
        excess=(excess[0], excess[1]),
    )


def _merged(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for listed in lists for item in listed))


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    return _merged(tuple(word.rstrip("!") for word in words))


def _without_strong(listed: str) -> tuple[str, ...]:
    return tuple(word for word in items(listed) if not word.endswith("!"))


def adjectives(polarity: int) -> Iterator[str]:
    """Every judging adjective of a polarity, 0 negative, 1 positive; some several times."""
    for topic in topics():
        yield from topic.adjectives[polarity]
