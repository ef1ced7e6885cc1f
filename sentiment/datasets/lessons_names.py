"""Who, where and when in the data set `lessons`: words that must not matter for a label.

Names of people are given names from many languages; places are on every continent. Identities
stand before "people", "neighbour" and so on. Knows nothing about sentences.
"""

from sentiment.datasets.lessons_lexicon import items

NAMES = items(
    """Amara, Ahmed, Akira, Alejandra, Ana, Andrzej, Anjali, Arjun, Astrid, Ayodele, Beatriz,
    Bilal, Björn, Bongani, Brendan, Camille, Chen, Chidi, Chloe, Claire, Darnell, David,
    Deepak, Dmitri, Ebony, Eleni, Elif, Emre, Esther, Farah, Femi, Francesca, Gabriel, George,
    Giulia, Grace, Hassan, Helen, Hugo, Ibrahim, Imani, Isabella, Itzel, Ivan, Jack, Javier,
    Jin, Joana, Jorge, Keisha, Kenji, Khadija, Kim, Kofi, Lakeisha, Lars, Latoya, Leila, Liam,
    Ling, Lucia, Malik, Marek, Maria, Mark, Mateo, Maya, Mehmet, Min-jun, Miriam, Moana,
    Nadia, Nasrin, Natalia, Ngozi, Nikhil, Noah, Nour, Obinna, Oliver, Omar, Paolo, Pedro,
    Peter, Pooja, Rachel, Rahul, Rania, Ravi, Rosa, Ruth, Samira, Sanjay, Sara, Sean, Shanice,
    Sofia, Soo-jin, Sven, Takumi, Tala, Tariq, Thandiwe, Thomas, Tomasz, Tuan, Uzma,
    Valentina, Viktor, Winston, Xiomara, Yael, Yasmin, Yuki, Zainab, Zoe, Zuri, Linh, Aroha,
    Nanook, Dariusz, Ludmila, Shreya, Haruto, Mr Okafor, Mrs Kowalska, Mr Nguyen, Ms Patel, Mr
    Cohen, Mrs Haddad, Mr Smith, Ms Jones, Mrs García, Mr Kim, Mr O'Neill, Ms Petrova, Mr
    Tanaka, Mrs Abebe"""
)
PLACES = items(
    """London, Paris, Berlin, Madrid, Rome, Lisbon, Athens, Istanbul, Beirut, Baghdad,
    Jerusalem, Riyadh, Accra, Dakar, Addis Ababa, Kampala, Cape Town, Johannesburg,
    Casablanca, Tunis, Delhi, Karachi, Dhaka, Kathmandu, Colombo, Beijing, Shanghai, Tokyo,
    Osaka, Bangkok, Hanoi, Singapore, Kuala Lumpur, Sydney, Auckland, Perth, Honolulu,
    Vancouver, Montreal, New York, Detroit, Houston, Miami, Denver, Mexico City, Bogotá,
    Quito, Santiago, Buenos Aires, São Paulo, Caracas, Kingston, Glasgow, Cardiff, Belfast,
    Manchester, Bristol, York, Cologne, Zurich, Prague, Budapest, Bucharest, Sofia, Belgrade,
    Kyiv, Minsk, Moscow, Riga, Helsinki, Stockholm, Copenhagen, Reykjavik, Amsterdam,
    Brussels, Naples, Seville, Marseille, Texas, Ohio, Florida, California, Alaska, Scotland,
    Wales, Ireland, Norway, Poland, Ukraine, Turkey, Morocco, Egypt, Nigeria, Kenya, Ghana,
    Ethiopia, India, Pakistan, Bangladesh, China, Japan, Korea, Vietnam, Thailand, Indonesia,
    Brazil, Argentina, Chile, Peru, Cuba, Jamaica, Canada, Mexico, Somalia, Syria, Israel,
    Iran, Iraq, Afghanistan, Germany, Spain, Italy, Greece, Romania"""
)
IDENTITIES = items(
    """Black, white, Asian, Latina, Arab, Muslim, Jewish, Christian, Hindu, Buddhist, Sikh,
    atheist, Catholic, Protestant, Mormon, gay, straight, lesbian, bisexual, transgender,
    queer, non-binary, deaf, blind, disabled, autistic, dyslexic, elderly, young, old,
    middle-aged, teenage, Roma, Mexican, Nigerian, Polish, Turkish, Chinese, Indian,
    Pakistani, Somali, Syrian, Russian, American, English, Irish, Scottish, Brazilian, Korean,
    Vietnamese, Filipino, Ethiopian, Iranian, Israeli, Palestinian, Romanian, Ukrainian,
    German, French, Japanese, Jamaican, Cuban, Kenyan, Native American, Aboriginal, Māori,
    African, European, unemployed, single, divorced, married, tall, short,
    left-handed, red-haired, bald, religious, secular, female, male, feminist, conservative,
    liberal"""
)
PEOPLE = items(
    """neighbour, colleague, dentist, doctor, teacher, cousin, landlord, boss, hairdresser,
    nurse, plumber, taxi driver, tutor, guide, tennis partner, mechanic, pharmacist, tailor,
    lawyer, piano teacher, roommate, business partner, baker, carpenter, yoga teacher, bus
    driver, pen friend, classmate, coach, physiotherapist, manager, tenant, supervisor"""
)
FRIENDS = items(
    """my sister, my brother, my mother, my dad, my wife, my husband, my son, my daughter, a
    friend of mine, my grandmother, my grandfather, my flatmate, my best friend, my aunt, my
    uncle, my cousin, my girlfriend, my boyfriend, my neighbour, my mum, my partner, my
    colleague, my nephew, my niece"""
)
TIMES = items(
    """yesterday, last week, on Saturday, this morning, last night, in May, on our
    anniversary, the other day, over Christmas, last month, on Friday night, two weeks ago, in
    the summer, on Tuesday, this weekend, at the weekend, last year, after work, on my
    birthday, earlier today"""
)
POINTERS = items("it, this, that, this one, that one, the whole thing, the rest, the first one")
TOTALS = items("everything, all of it, the lot, most of it, every bit of it, nearly all of it")
DAYS = items("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday")
CLOCK = items(
    """eight, nine, half past six, seven o'clock, noon, ten, 7:30, 9 pm, quarter to five,
    18:45, two, 6 a.m., half past eleven, five, three o'clock, 8.15"""
)
NUMBERS = items(
    "two, three, four, five, six, seven, eight, twelve, twenty, thirty, 40, 100, fifteen, eleven"
)
PROFESSIONS = items(
    """a bank, a hospital, a school, an office, a factory, a bakery, a library, a post office,
    a garage, a hotel, a museum, a laboratory, a warehouse, a bookshop, a call centre, a
    kindergarten, a law firm, an airport, a shipyard, a restaurant kitchen, a film studio, a
    pharmacy, a farm"""
)
EVERYDAY = items(
    """the bus, the train, the ferry, the meeting, the lesson, the film, the concert, the
    match, the shop, the library, the flight, the play, the show, the lecture, the tour, the
    second half, the service, the market, the course, the next episode, the news, the night
    bus, the museum"""
)
# What people have or do, without an article, to love or to hate.
PASTIMES = items(
    """swimming, Mondays, spicy food, jazz, pineapple on pizza, long flights, cold mornings,
    ironing, cooking, gardening, running in the rain, group chats, opera, techno, camping,
    board games, crowds, early mornings, online shopping, exams, loud music, small talk, big
    cities, getting up early, rainy days, horror films, love songs, olives, mushrooms, black
    tea, dark chocolate, cheese, fish, cats, dogs, spiders, snow, summer, winter, autumn, the
    seaside, mountains, road trips, trains, flying, airports, video calls, working from home,
    my commute, open-plan offices, maths, history lessons, homework, football, tennis, yoga,
    dancing, weddings, family reunions, karate, chess, puzzles, science fiction, poetry,
    romantic comedies, westerns, musicals, heavy metal, hip hop, country music, folk songs,
    tattoos, tofu, liquorice, coriander, garlic, marmalade, raisins, sushi, oat milk, pumpkin
    spice, fireworks, surprises, phone calls, voice messages, emails, ties, high heels,
    woollen jumpers, public transport, night shifts, queues, Sundays, Christmas, my hair, my
    new glasses, the smell of petrol, the sound of rain, reality shows, crosswords, politics,
    hospital visits, going to the dentist, going to the gym, driving at night, house parties"""
)
