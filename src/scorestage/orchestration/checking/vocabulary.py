"""What instruments are called in scores: English, German, French, Italian, Spanish, abbreviated.

Each row is a pattern for a name without accents and capitals, and ids of the catalogue, the first
that exists being taken. Rows stand from the most particular to the most general.
"""

from __future__ import annotations

_STRINGS = (
    (r"violone", ("violone", "double-bass")),
    (r"vln?s?|viol[io]n[ieo]?s?|violinen?|violons?|geigen?|vl[ns]?|vn[s]?|vni|vno", ("violin",)),
    (r"violas? d amore", ("viola-d-amore", "viola")),
    (r"violas? da gamba|gamben?|gamba", ("viola-da-gamba", "cello")),
    (r"contrabb?ass?[iesu]*|kontrab[ae]+ss[e]?|double ?bass(es)?|string bass(es)?|contrebasses?"
     r"|contrabajos?|c ?b|d ?b|kb|db[s]?", ("double-bass",)),
    (r"(basso )?continuo|b ?c|generalbass", ("cello",)),
    (r"violoncell[ioes]+|violoncelles?|cell[ioes]+|vlc?s?|v ?c[lsx]?|vcelles?|violonchelos?",
     ("cello",)),
    (r"violas?|viole|vla[s]?|va[s]?|vle|bratschen?|br|alti? di viola|altos?(?= \[strings\])",
     ("viola",)),
)  # fmt: skip

_WOODWIND = (
    (r"picc(olo)?s?|piccoli|ottavin[io]|kl(eine)? ?fl(o|oe)te|petites? flutes?|flautin[io]"
     r"|flaut[oi] piccol[oi]|octavin|flute piccolo", ("piccolo",)),
    (r"alto flutes?|alt ?fl(o|oe)ten?|flutes? (alto|en sol)|flaut[oi] (contr)?alto|a ?fl",
     ("alto-flute",)),
    (r"bass flutes?|bass ?fl(o|oe)ten?|flutes? basses?|flauto basso", ("bass-flute",)),
    (r"(soprano|descant) recorders?|sopran ?blockfl(o|oe)ten?", ("soprano-recorder", "recorder")),
    (r"(alto|treble) recorders?|alt ?blockfl(o|oe)ten?", ("alto-recorder", "recorder")),
    (r"tenor recorders?|tenor ?blockfl(o|oe)ten?", ("tenor-recorder",)),
    (r"bass recorders?|bass ?blockfl(o|oe)ten?", ("bass-recorder",)),
    (r"recorders?|blockfl(o|oe)ten?|flauti? dolci?|flutes? a bec",
     ("recorder", "alto-recorder", "flute")),
    (r"tin ?whistles?|penny ?whistles?|low whistles?|irish whistles?", ("tin-whistle", "whistle")),
    (r"pan ?(flutes?|pipes?)|panfl(o|oe)ten?|siku|zampona", ("pan-flute", "panpipes")),
    (r"shakuhachi", ("shakuhachi",)), (r"bansuri", ("bansuri",)), (r"ney", ("ney",)),
    (r"dizi", ("dizi",)), (r"quenas?", ("quena",)), (r"duduk", ("duduk",)),
    (r"fl(ute|utes|uten|aut[oi]|auti|auta)?s?|fl(o|oe)ten?|querfl(o|oe)ten?|grandes? flutes?"
     r"|gr ?fl|fl", ("flute",)),
    (r"english horns?|cors? anglais|engl(isch)? ?h(o|oe)rn(er)?|cor(n[oi])? ingles[ei]?"
     r"|corno inglese|corni inglesi|e ?h|c ?a|ca|altoboe[ns]?", ("english-horn",)),
    (r"oboes? d ?amore", ("oboe-d-amore", "english-horn")),
    (r"heckelphone?", ("heckelphone", "english-horn")),
    (r"ob(oe|oen|oes|oi|ois|oas)?s?|hautbois|hoboen?", ("oboe",)),
    (r"contra(bass)? ?clarinets?|kontrabass ?klarinetten?|c ?b ?cl|contrabass clarinet",
     ("contrabass-clarinet",)),
    (r"bass ?cl(arinets?)?|ba(ss)? ?klar(inetten?)?|clarinettes? basses?|clarinett[oi] bass[oi]"
     r"|clarone|b ?cl|bkl|\w+ bass clarinet", ("bass-clarinet",)),
    (r"alto clarinets?|altklarinetten?", ("alto-clarinet", "bass-clarinet")),
    (r"basset ?(horns?|h(o|oe)rner?)|bassett?h(o|oe)rn(er)?|corni? di bassetto",
     ("basset-horn", "clarinet-a")),
    (r"piccolo clarinets?|petites? clarinettes?|clarinett[oi] piccol[oi]|es ?klarinetten?|requinto",
     ("clarinet-eb",)),
    (r"cl(ar)?(inets?|inettes?|inett[oi]|inetten)?s?|klar(inetten?)?|kl|clarinetes?",
     ("clarinet-bb",)),
    (r"contra ?bassoons?|double bassoons?|kontra ?fagotte?|contrefagotte?s?|contrafagott[oi]"
     r"|contrebassons?|contra ?fag(ott)?|c ?bn|cbsn|kfg|c ?fag|contrabassoon|sarrusophone\w*"
     r"|bass sarrusophones?",
     ("contrabassoon",)),
    (r"bassoons?|fag(ott)?[oie]?t?s?|bassons?|bsns?|bn|fg|fagotes?|dulzian|dulcian", ("bassoon",)),
    (r"(soprano|sopran) ?sax(o(ph|f)on[eos]*)?|s ?sax|saxophones? soprano", ("soprano-sax",)),
    (r"(alto|alt) ?sax(o(ph|f)on[eos]*)?|a ?sax|saxophones? alto", ("alto-sax",)),
    (r"(tenor) ?sax(o(ph|f)on[eos]*)?|t ?sax|saxophones? tenor", ("tenor-sax",)),
    (r"(bari(tone?)?|baryton) ?sax(o(ph|f)on[eos]*)?|b ?sax|bari|saxophones? baryton",
     ("baritone-sax",)),
    (r"sax(o(ph|f)on[eos]*)?s?", ("alto-sax",)),
    (r"uill?eann pipes?", ("uilleann-pipes",)),
    (r"(great highland |highland )?bag ?pipes?|dudelsack|cornemuse",
     ("highland-pipes", "bagpipes")),
    (r"mouth ?organ|harmonicas?|mundharmonikas?", ("harmonica",)),
)  # fmt: skip

_BRASS = (
    (r"wagner ?tub(a|as|en)|tenor ?tuben|bass ?tuben", ("wagner-tuba", "horn")),
    (r"french horns?|horns?|hrns?|hns?|h(o|oe)rner?|ventilh(o|oe)rner?|waldh(o|oe)rner?|hr|hn|cor"
     r"|corn[io]|cors|trompas?|natural horns?|cor a pistons", ("horn",)),
    (r"piccolo trumpets?|bach trumpets?|piccolotrompeten?", ("piccolo-trumpet", "trumpet-c")),
    (r"bass trumpets?|basstrompeten?|tromba bassa", ("bass-trumpet", "trombone")),
    (r"cornets?( a pistons?)?|kornette?|cornett[ei]|pistons?", ("cornet", "trumpet-bb")),
    (r"flugelhorns?|fl(u|ue)gelh(o|oe)rner?|flicorn[io]|bugles?|flugels?", ("flugelhorn",)),
    (r"trumpets?|tpts?|trp|trpt|tr|tromp(eten?|ettes?|etas?)?|tromb[ae]|trombe|trpts?|clarin[io]",
     ("trumpet-c",)),
    (r"contrabass trombones?|kontrabassposaunen?", ("contrabass-trombone", "bass-trombone")),
    (r"bass trombones?|bass ?posaunen?|trombones? basse?s?|trombon[ei] bass[oi]|b ?tbn|btbn|bpos"
     r"|b ?trb|bass ?t(bn|rb)s?", ("bass-trombone",)),
    (r"alto trombones?|alt ?posaunen?|trombon[ei] (contr)?alt[oi]|trombones? altos?",
     ("alto-trombone", "trombone")),
    (r"(tenor )?tromb(on[eoi]?s?)?|(tenor ?)?posaunen?|pos|tbns?|trbs?|trombon(es|i)?"
     r"|trombon[ei] tenor[ei]", ("trombone",)),
    (r"cimbass[oi]", ("cimbasso",)),
    (r"euphoni(um|ums|o)|baritone horns?|tenorh(o|oe)rner?|tenor tuba", ("euphonium",)),
    (r"(bass ?|contrabass |b )?tub(a|as|en|e)|tba|ophicl(eide|eides)|sousaphones?|serpent"
     r"|bombardon[ei]?", ("tuba",)),
)  # fmt: skip

_KEYS = (
    (r"celesta|celeste|cel", ("celesta",)),
    (r"harpsichords?|cembal[oi]|clavecins?|clavicembal[oi]|hpsd|cemb",
     ("harpsichord", "piano")),
    (r"hammond( organ)?", ("hammond-organ", "organ")),
    (r"organs?|orgel|orgue|organo|org|pipe organ|orgelpositiv", ("pipe-organ", "organ")),
    (r"harmoniums?|reed organ", ("harmonium", "organ")),
    (r"accordions?|akkordeon|accordeon|fisarmonica|bayan", ("accordion",)),
    (r"electric piano|e ?piano|rhodes|wurlitzer", ("electric-piano",)),
    (r"piano(forte)?s?|klavier|pno|pf(te)?|grand piano|hammerklavier|fortepiano", ("piano",)),
    (r"synth(esizers?)?|keyboards?", ("synthesizer",)),
)  # fmt: skip

_PLUCKED = (
    (r"(celtic|lever|folk) harps?|clarsach", ("celtic-harp", "lever-harp", "harp")),
    (r"harps?|harfen?|harpes?|arp[ae]|hp|hrp|harfe|arpas", ("harp",)),
    (r"(electric|e) ?guitars?|e ?gitarren?|guitares? electriques?|electric guitar clean",
     ("electric-guitar",)),
    (r"bass guitars?|e ?bass|electric bass(es)?|fretless bass", ("electric-bass",)),
    (r"acoustic bass|upright bass", ("acoustic-bass",)),
    (r"guitars?|gitarren?|guitares?|chitarr[ae]|guitarras?|gtr|git", ("guitar",)),
    (r"mandolin[ieos]*|mandolinen?", ("mandolin",)), (r"banjos?", ("banjo",)),
    (r"ukuleles?", ("ukulele",)), (r"lutes?|lauten?|theorb[oe]s?|liuto", ("lute", "guitar")),
    (r"ouds?", ("oud",)), (r"sitars?", ("sitar",)), (r"koras?", ("kora",)),
    (r"kotos?", ("koto",)), (r"guzheng", ("guzheng",)), (r"pipa", ("pipa",)),
    (r"balalaikas?", ("balalaika",)), (r"bouzoukis?", ("bouzouki",)),
    (r"cimbalom|zymbal|hackbrett", ("cimbalom",)),
    (r"hurdy ?gurdy|drehleier|vielle a roue", ("hurdy-gurdy",)),
)  # fmt: skip

_PERCUSSION = (
    (r"timp(ani|anis|ano)?|pauken?|pk|timbales?(?= \[timpani\])|timbales|kettle ?drums?|timpan[io]",
     ("timpani",)),
    (r"glock(enspiel)?s?|campanelli|jeux? de timbres?|glsp|carillon", ("glockenspiel",)),
    (r"xylophon[ei]?s?|xyl(o|ofon[oi])?|silofono", ("xylophone",)),
    (r"vibraphon[ei]?s?|vibes?|vib(rafono)?", ("vibraphone",)),
    (r"marimbas?|marimbaphon|mar", ("marimba",)),
    (r"tubular bells?|chimes|r(o|oe)hrenglocken|campane( tubolari)?|cloches( tubes)?|tub bells?",
     ("tubular-bells",)),
    (r"crotales?|antique cymbals?|cymbales antiques", ("crotales",)),
    (r"drum ?(kit|set)s?|drums|schlagzeug|batterie|batteria|kit", ("drum-kit",)),
    (r"perc(ussion)?s?( ensemble)?|percussioni?|schlagwerk|percusion|snare( drums?)?|s ?d"
     r"|side drums?|kleine trommel|kl trommel|tambour( militaire)?|tamburo|caisse claire"
     r"|bass drums?|gro(ss|sz)e trommel|gr trommel|grosse caisse|gran cassa|cassa|b ?d|g ?c"
     r"|cymbals?|becken|piatt[io]|cymbales?|cym|suspended cymbals?|triang(le|el|olo)s?|trgl?"
     r"|tam ?tams?|gongs?|tambourines?|tamburin[oi]?|tambour de basque|tamburello|schellentrommel"
     r"|castanets?|kastagnetten|castagnette|wood ?blocks?|temple blocks?|claves|maracas|shakers?"
     r"|sleigh ?bells?|schellen|whip|peitsche|frusta|fouet|ratchet|ratsche|raganella|crecelle"
     r"|guiro|cow ?bells?|herdenglocken|anvils?|amboss|incudine|wind machine|thunder ?sheet"
     r"|mark tree|bell tree|tom ?toms?|toms|bongos?|congas?|taikos?|vibraslap|cajon|djembe"
     r"|field drum|tenor drum|r(u|ue)hrtrommel|military drum|hi ?hats?|cymbal|flexatone",
     ("percussion",)),
    (r"tablas?", ("tabla",)),
)  # fmt: skip

_VOICES = (
    (r"mezzo ?soprano?s?|mezzos?|mez", ("mezzo-soprano", "alto")),
    (r"sopran[oie]?s?|sop|s|cantus|trebles?|dessus|canto", ("soprano",)),
    (r"(contr)?alt(us|os?|i)?|alt|a|contraltos?|counter ?tenors?|countertenor|haute ?contre",
     ("alto",)),
    (r"tenor[eis]*|tenore|ten|t|taille", ("tenor",)),
    (r"bariton[eoi]?s?|bar", ("baritone", "bass-voice")),
    (r"bass(o|i|e|es|us)?|bs?|basse taille", ("bass-voice",)),
    (r"choir|chorus|chor|coro|choeur|voices?|voice|gesang|singstimme|canto|voz|vocals?|voix"
     r"|singers?", ("choir", "voice", "soprano")),
)  # fmt: skip

INSTRUMENTS = (*_STRINGS, *_WOODWIND, *_BRASS, *_KEYS, *_PLUCKED, *_PERCUSSION, *_VOICES)

SOUNDS = (
    ("strings.violin", ("violin",)), ("strings.viola", ("viola",)),
    ("strings.cello", ("cello",)), ("strings.contrabass", ("double-bass",)),
    ("strings.viol.violone", ("violone", "double-bass")), ("strings.viol", ("cello",)),
    ("wind.flutes.flute.piccolo", ("piccolo",)), ("wind.flutes.flute.alto", ("alto-flute",)),
    ("wind.flutes.flute", ("flute",)), ("wind.flutes.recorder", ("recorder", "alto-recorder")),
    ("wind.flutes.whistle", ("tin-whistle",)), ("wind.flutes.panpipes", ("pan-flute",)),
    ("wind.reed.english-horn", ("english-horn",)), ("wind.reed.oboe", ("oboe",)),
    ("wind.reed.clarinet.bass", ("bass-clarinet",)), ("wind.reed.clarinet.a", ("clarinet-a",)),
    ("wind.reed.clarinet.eflat", ("clarinet-eb",)), ("wind.reed.clarinet", ("clarinet-bb",)),
    ("wind.reed.contrabassoon", ("contrabassoon",)), ("wind.reed.bassoon", ("bassoon",)),
    ("wind.reed.saxophone.soprano", ("soprano-sax",)),
    ("wind.reed.saxophone.tenor", ("tenor-sax",)),
    ("wind.reed.saxophone.baritone", ("baritone-sax",)), ("wind.reed.saxophone", ("alto-sax",)),
    ("wind.pipes.bagpipes", ("bagpipes",)), ("wind.pipes.uilleann", ("uilleann-pipes",)),
    ("brass.french-horn", ("horn",)), ("brass.natural-horn", ("horn",)),
    ("brass.trumpet.bflat", ("trumpet-bb",)), ("brass.trumpet", ("trumpet-c",)),
    ("brass.cornet", ("cornet", "trumpet-bb")), ("brass.flugelhorn", ("flugelhorn",)),
    ("brass.trombone.bass", ("bass-trombone",)),
    ("brass.trombone.alto", ("alto-trombone", "trombone")), ("brass.trombone", ("trombone",)),
    ("brass.cimbasso", ("cimbasso",)), ("brass.tuba", ("tuba",)),
    ("brass.euphonium", ("euphonium",)), ("brass.ophicleide", ("tuba",)),
    ("keyboard.celesta", ("celesta",)), ("keyboard.harpsichord", ("harpsichord", "piano")),
    ("keyboard.organ", ("pipe-organ", "organ")), ("keyboard.accordion", ("accordion",)),
    ("keyboard.piano.electric", ("electric-piano",)), ("keyboard.piano", ("piano",)),
    ("pluck.harp", ("harp",)), ("pluck.guitar.electric", ("electric-guitar",)),
    ("pluck.guitar", ("guitar",)), ("pluck.bass", ("electric-bass",)),
    ("drum.timpani", ("timpani",)), ("pitched-percussion.glockenspiel", ("glockenspiel",)),
    ("pitched-percussion.xylophone", ("xylophone",)),
    ("pitched-percussion.vibraphone", ("vibraphone",)),
    ("pitched-percussion.marimba", ("marimba",)),
    ("pitched-percussion.tubular-bells", ("tubular-bells",)),
    ("pitched-percussion.crotales", ("crotales",)), ("drum.group.set", ("drum-kit",)),
    ("drum", ("percussion",)), ("metal", ("percussion",)), ("wood", ("percussion",)),
    ("rattle", ("percussion",)), ("voice.soprano", ("soprano",)),
    ("voice.mezzo-soprano", ("mezzo-soprano", "alto")), ("voice.alto", ("alto",)),
    ("voice.tenor", ("tenor",)), ("voice.baritone", ("baritone", "bass-voice")),
    ("voice.bass", ("bass-voice",)),
)  # fmt: skip
"""How MusicXML's sound ids begin, and the ids of the catalogue."""

OF_PROGRAM: dict[int, str] = {
    0: "piano", 7: "clavinet", 9: "glockenspiel", 10: "music-box", 11: "vibraphone", 12: "marimba",
    13: "xylophone", 14: "tubular-bells", 15: "hammered-dulcimer", 19: "pipe-organ",
    20: "harmonium", 21: "accordion", 22: "harmonica", 24: "guitar", 25: "steel-string-guitar",
    26: "jazz-guitar", 27: "electric-guitar", 29: "overdriven-guitar", 32: "acoustic-bass",
    40: "violin", 41: "viola", 42: "cello", 43: "double-bass", 46: "harp", 52: "mixed-choir",
    53: "mixed-choir", 54: "synth-choir", 56: "trumpet-c", 57: "trombone", 58: "tuba", 60: "horn",
    64: "soprano-sax", 67: "baritone-sax", 68: "oboe", 69: "english-horn", 70: "bassoon",
    71: "clarinet-bb", 73: "flute", 74: "recorder-alto", 75: "pan-flute", 77: "shakuhachi",
    79: "ocarina", 104: "sitar", 105: "banjo", 106: "shamisen", 107: "koto", 108: "kalimba",
    109: "highland-pipes", 110: "fiddle", 111: "shawm",
}  # fmt: skip
"""The instrument a General MIDI program is named after, where several of the catalogue sound by
it: a program, counted from 0, says no more than that."""
