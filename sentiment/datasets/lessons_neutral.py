"""Neutral sentences of the data set `lessons`: facts, questions, greetings and plans.

Among them are statements with words that reviews make one-sided ("The film starts at nine"), with
names, places and identities, and with the nouns that other sentences judge. Knows nothing about
how slots are filled.
"""

from functools import cache

from sentiment.datasets.dataset import NEUTRAL
from sentiment.datasets.lessons_templates import Template, read_lines

_TEMPLATES = {
    "fact": """
        free > {event} (leaves|starts|begins|ends|is) at {clock}
        free > {event} (starts|begins|ends) at {clock} on {day}s
        free > {event} was moved from {day} to {day2}
        free > {event} takes {number} (minutes|hours)
        free > {friend} works in {workplace}
        free > {friend} lives in {place}
        free > {friend} moved from {place} to {place2} (last year|in 2015|two years ago)
        free > {friend} has {number} (cousins|books|chairs|pencils|suitcases|meetings)
        free > there are {number} (chairs|windows|people|pages|students|boxes|floors) in (the
            room|this building|the list|the report)
        free > it is {clock} in {place} now
        free > {place} is {number} hours from {place2} by (train|car|bus|plane)
        free > the office is closed on {day}s
        free > {event} is on {day} at {clock}
        gadget > {the} {is} (in the next room|on the second floor|behind the school|next to the
            bank|over there)
        wares > {the} {was} (made|built|finished|opened|installed) in (1998|2007|the
            spring|March|2019)
        wares > I (bought|saw|found|ordered|noticed) {the} (on {day}|in {place}|{time})
        things > {friend} asked me about {the}
        wares > this is a photo of {the}
        any > we talked about {the} (for {number} minutes|at lunch|on the phone)
        any > {the} {is} from {place}
        any > {the} {is} mentioned on page {age}
        wares > {the} cost{s} {age} (euros|dollars|pounds)
        any > I have a question about {the}
        any > there is a form for {the} on the website
    """,
    "question": """
        free > where is the (station|library|nearest chemist|bus stop|town hall|car park|exit)?
        free > what time does {event} (start|end|begin)?
        free > is {event} on {day} or on {day2}?
        free > does {name} work in {workplace}?
        free > how far is it from {place} to {place2}?
        free > how do I get to {place} from {place2}?
        free > have you met {name}?
        free > did {name} call {time}?
        free > how many (people|pages|rooms|seats|students) are there?
        wares > where did you (buy|find|see) {the}?
        wares > how (much|old) {is} {the}?
        any > did you ask about {the}?
        any > who told you about {the}?
        wares > what (colour|size|kind) {is} {the}?
        free > can you send me the address of {workplace}?
        free > who is {name}?
        free > do you know how to spell {place}?
    """,
    "plan": """
        free > I will call {name} on {day}
        free > we are going to {place} on {day}
        free > {friend} is flying to {place} in {number} weeks
        free > let's meet at {clock} on {day}
        free > I have an appointment at {clock}
        free > see you on {day} at {clock}
        free > {name} will be in {place} until {day}
        free > we are taking the (bus|train|ferry|flight|night bus|tram) at {clock}
        free > I need to write to {name} about {event}
        free > {name} and {name2} are moving to {place}
        things > we are going to look at {the} on {day}
        free > please send the forms to {name} by {day}
        free > remind me to water the plants on {day}
        any > {name} will tell you about {the} on {day}
    """,
    "greeting": """
        free > hello {name}, this is {name2}
        free > hi {name}, are you in {place}?
        free > dear {name}, please find the list attached
        free > good morning {name}, it is {clock} here
        free > my name is {name} and I live in {place}
        free > hi, I am {name} from {place}
        free > hello from {place}
        free > this is {name} speaking, I am calling about {event}
    """,
    "reviewed words": """
        free > the (film|movie|series|play|documentary) starts at {clock}
        free > the (film|movie|series|documentary) is {age} minutes long
        free > the (film|movie|series) was shot in {place}
        free > the (plot|story|novel|film|script) is set in {place}
        free > (he|she|{name}) played the (villain|hero|doctor|killer|king|zombie|clown) in
            {number} films
        free > (he|she|{name}) (wrote|directed|edited|produced|translated) the
            (script|film|sequel|remake|series) in {place}
        free > the (director|actor|writer|producer|actress) was born in {place}
        free > it is a remake of a film from (1933|1954|1968|1971|1982|1990)
        free > the (sequel|remake|second season|last episode) comes out on {day}
        free > the budget of the film was {age} million
        free > the (horror|comedy|romance|crime|war) section is on the (first|second|third) floor
        free > the character of {name} appears in episode {number}
        free > the waste is collected on {day}s
        free > the (zombie|vampire|horror|superhero) films are on the (top|bottom|left) shelf
        free > {name} gave a talk about (bad debts|the worst-case plan|waste water|dull
            colours|black comedies) in {place}
        free > the (best man|best-of album|Good Friday service|Great Wall) was mentioned by {name}
        free > tickets for the (film|play|musical|concert) cost {age} euros
    """,
    "identity": """
        free > {name} is {identity} and lives in {place}
        free > {name} is a {identity} {people}
        free > my {people} is {identity}
        free > {name} is {age} years old and comes from {place}
        free > my {identity} {people} lives in {place}
        free > {name}, who is {identity}, works in {workplace}
        free > the {identity} {people} moved to {place} in 2012
        free > I am {identity}
        free > I am a {identity} {people} from {place}
        free > {name} married a {identity} {people} in {place}
        free > there are {number} {identity} students in the course
        free > she is {identity} and he is {identity2}
        free > {name} was born in {place} and grew up in {place2}
        free > many {identity} people live in {place}
    """,
}

NEUTRAL_SENTENCES = tuple(
    line.strip()
    for line in """
    The bus leaves at eight.
    My sister works in a bank.
    Where is the station?
    Water boils at a hundred degrees.
    The report has twelve pages.
    I put the keys on the kitchen table.
    Can you pass me the salt?
    We have two meetings on Thursday.
    The film starts at nine.
    He played the villain in two films.
    What is your phone number?
    The shop opens at ten and closes at six.
    She is writing a letter to her landlord.
    There are four chairs in the kitchen.
    My flight is on Tuesday.
    The capital of France is Paris.
    It is raining in the north.
    I am on the train now.
    The book has three hundred pages.
    Turn left at the traffic lights.
    See you tomorrow.
    How old are you?
    The meeting room is on the third floor.
    I will be there at five.
    They moved house in March.
    The cat is on the roof.
    Please sign here.
    What does this word mean?
    He has a brother and two sisters.
    The parcel weighs two kilos.
    The sign says no parking after six.
    We changed trains in Cologne.
    My phone number has changed.
    This recipe is for four people.
    The next bus is the number 12.
    You need a passport for that.
    Is there a pharmacy near here?
    The window faces the street.
    I usually get up at seven.
    The lecture was about the history of printing.
    Your order number is 4481.
    The bad weather fund pays roofers in winter.
    The best before date is on the lid.
    Great Britain is an island.
    Killer whales eat fish and seals.
    The waste bin is behind the house.
    Use the dull side of the foil for baking.
    The horror section is upstairs.
    The boring machine digs the tunnel under the river.
    Not all buses stop here.
    The dead leaves are collected in November.
    The next train to the coast leaves from platform two.
    She wears glasses for reading.
    He asked for the bill.
    They ordered two teas and a sandwich.
    We live on the second floor.
    The lights are on in the hall.
    I am writing to ask about my order.
    What are your opening hours?
    Do you have this in a size ten?
    Is breakfast included?
    How do I change my password?
    Can I pay by card?
    When will my parcel arrive?
    Which bus goes to the airport?
    Who is next?
    Shall we say half past seven?
    I am at the office until six.
    The baby is asleep.
    My brother is two years younger than me.
    The dog is in the garden.
    The car is parked round the corner.
    We painted the door green.
    He drinks tea and she drinks coffee.
    The coffee is in the cupboard.
    I ordered a coffee and a glass of water.
    A kilo of apples, please.
    The table is made of oak.
    The river flows into the North Sea.
    The population of the town is about nine thousand.
    There was an election in May.
    The minister gave a speech in the morning.
    The company has offices in Accra and Lyon.
    The concert is on the fourth of June.
    The ticket is valid for two hours.
    The match ended two all.
    The second half starts in ten minutes.
    The game is for two to five players.
    The app is available in three languages.
    The phone comes with a charger.
    The laptop weighs one and a half kilos.
    The update is 200 megabytes.
    My username is the same as my email address.
    Please restart the computer.
    The printer is out of paper.
    I sent you the file this morning.
    The contract runs until December.
    The rent is due on the first of the month.
    My appointment is with the new doctor.
    Take one tablet after each meal.
    The clinic is opposite the church.
    She studied chemistry in York.
    The exam has two parts.
    Open your books at page thirty.
    Our teacher is called Mr Lopez.
    The school is next to the park.
    The hotel has forty rooms.
    Check-in is from two o'clock.
    The key is under the mat.
    The museum is closed on Mondays.
    The tour takes about two hours.
    We crossed the border at noon.
    It will be cloudy with some rain in the west.
    Yesterday it was nineteen degrees.
    The sun rises at six and sets at eight.
    The jacket is blue with two pockets.
    The shirt is made of cotton.
    I need a new pair of laces.
    The soup has carrots and leeks in it.
    Boil the pasta for nine minutes.
    The restaurant seats fifty people.
    We had rice and beans for dinner.
    The album has eleven songs.
    She plays the cello in an orchestra.
    The band is from Iceland.
    The song is three minutes long.
    The novel was published in 1921.
    The author lives in Canada.
    I am on chapter four.
    The play has three acts.
    The actor was born in Senegal.
    The director made the film in nine weeks.
    The story takes place on a ship.
    The film is about a lighthouse keeper.
    The sequel came out two years later.
    In the last scene they meet at the station.
    The villain is played by a woman.
    It is a black and white film with subtitles.
    The documentary is about bees.
    The plot follows three sisters.
    The comedy section is next to the till.
    The worst of the storm passed south of us, says the weather service.
    Good Friday is a holiday here.
    Bad Homburg is a town in Germany.
    The best man is the brother of the groom.
    The drama club meets on Wednesdays.
    Waste paper goes in the blue bin.
    A poor man's house stood here in 1700, says the plaque.
    The horror film and the musical are on at the same time.
    Her aunt is Muslim and her uncle is Catholic.
    My neighbours are from Turkey.
    He uses a wheelchair.
    She is deaf and reads lips.
    Two men got married in the town hall on Saturday.
    The temple is open to visitors.
    The mosque is behind the market.
    The synagogue was built in 1904.
    He is eighty years old.
    My cousin is gay and lives in Bristol.
    Hello, how are you?
    Good morning.
    Good evening, everyone.
    Hi there.
    Bye, see you on Monday.
    ok
    on my way
    brb
    call me later
    where r u?
    at the shop now
    what time tmrw?
    just got home
    anyone know when the library opens?
    u there?
    new phone, same number
    watching the game
    making dinner
    back in ten minutes
    is it monday or tuesday
    in a meeting til 3
    """.strip().splitlines()
)


@cache
def neutral_templates() -> tuple[Template, ...]:
    """Every template of neutral sentences."""
    return tuple(
        Template(skill, scope, (text, text), NEUTRAL)
        for skill, listed in _TEMPLATES.items()
        for scope, _, text in (line.partition(" > ") for line in read_lines(listed))
    )
