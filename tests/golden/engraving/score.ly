#(set-global-staff-size 12.3295)
\book {
\bookOutputName "score"
\header {
  title = "1m01 Rain on Fifth"
  composer = "Ada Composer"
  cueNumber = "1m01"
  cueTitle = "Rain on Fifth"
  version = "v2"
  pageGauge = "0"
  pageKind = "Score in C"
  productionLines = \markup \centred-lines #'("The Long Way Home")
  cueTitleLines = \markup \centred-lines #'("Rain on Fifth")
  versionLines = \markup \left-lines #'("v2")
  versionLinesRight = \markup \right-lines #'("v2")
  creditLines = \markup \right-lines #'("Music by Ada Composer" "Orchestrated by Bo Orchestrator")
  instrumentLines = \markup \left-lines #'("Flute 1; Clarinet 1; Horn 1; Percussion [Bass drum, Cymbal]; Piano; Violins I (14)")
  tagline = ##f
}
\paper {
  paper-width = 279.399\mm
  paper-height = 431.799\mm
  top-margin = 12.7\mm
  bottom-margin = 12.7\mm
  left-margin = 12.7\mm
  right-margin = 12.7\mm
  oddHeaderMarkup = \scoreHeader
  evenHeaderMarkup = \scoreHeader
  top-system-spacing = #'((basic-distance . 4) (minimum-distance . 2) (padding . 1))
  last-bottom-spacing = #'((basic-distance . 1) (padding . 1) (stretchability . 0))
  system-system-spacing = #'((basic-distance . 22) (minimum-distance . 18) (padding . 7) (stretchability . 20))
  ragged-bottom = ##f
  max-systems-per-page = 3
  ragged-last-bottom = ##t
}
\score {
<<
\new Dynamics \with { \marksRow } {
  \tempo \markup \beats #2 #0 "120" "12-0" s1 |
  \grace { s1*1/8 } s1 |
  s1 |
  \mark \markup \rehearsal "A" s1*3/4 |
  \once \override TextSpanner.bound-details.left.text = \markup \ramp "rit." s1*7/8\startTextSpan |
  \tempo \markup \tempo-words "Calmly" \beats #2 #0 "96" "15-0" s1\stopTextSpan |
  s1 |
  s1 |
}
\new Dynamics \with { \hitsRow } {
  s1 |
  \grace { s1*1/8 } s1*1/4 s1*3/4^\markup \hit "0:02.50" #'("Maya turns") |
  s1 |
  s1*3/4^\markup \great-hit "0:06.00" #'("door slams") |
  s1*7/8 |
  s1 |
  s1 |
  s1 |
}
\new Dynamics \with { \timelineRow } {
  \time 4/4 \textMark \markup \film-time "0:00.00" s1 |
  \textMark \markup \film-time "0:02.00" \grace { s1*1/8 } s1 |
  \textMark \markup \film-time "0:04.00" s1 |
  \time 3/4 \textMark \markup \film-time "0:06.00" s1*3/4 |
  \time 7/8 \textMark \markup \film-time "0:07.50" s1*7/8^\markup \beat-groups "2+2+3" |
  \time 4/4 \textMark \markup \film-time "0:09.45" s1 |
  \textMark \markup \film-time "0:11.95" s1 |
  \textMark \markup \film-time "0:14.45" s1 |
  \bar "|." \label #'end
}
\new StaffGroup <<
\new Staff \with { instrumentName = \markup \staff-name #'("Flute 1") shortInstrumentName = \markup \staff-name #'("Fl.") \tallSignature \override TimeSignature.details.staves = #4 } <<
\new Voice {
  \autoBeamOff
  \oneVoice \tuplet 3/2 { c''8[\=1( d''8 ees''!8]\=1) } fis''!4~ fis''2 | % bar 101, Flute 1
  \grace { s1*1/8 } R1 | % bar 102, Flute 1
  R1 | % bar 103, Flute 1
  R1*3/4 | % bar 104, Flute 1
  R1*7/8 | % bar 105, Flute 1
  g''1:32 | % bar 106, Flute 1
  R1 | % bar 107, Flute 1
  R1 | % bar 108, Flute 1
}
\new Voice {
  \clef "treble" s1*1/4\mf s1*3/4\< | % bar 101, Flute 1
  \grace { s1*1/8 } s1\! | % bar 102, Flute 1
  s1 | % bar 103, Flute 1
  s1*3/4 | % bar 104, Flute 1
  s1*7/8 | % bar 105, Flute 1
  s1\ff | % bar 106, Flute 1
  s1 | % bar 107, Flute 1
  s1 | % bar 108, Flute 1
}
>>
\new Staff \with { instrumentName = \markup \staff-name #'("Clarinet 1") shortInstrumentName = \markup \staff-name #'("Cl.") } <<
\new Voice {
  \autoBeamOff
  \oneVoice bes'!1 | % bar 101, Clarinet 1
  \slashedGrace { g'8 } a'1 | % bar 102, Clarinet 1
  R1 | % bar 103, Clarinet 1
  R1*3/4 | % bar 104, Clarinet 1
  R1*7/8 | % bar 105, Clarinet 1
  R1 | % bar 106, Clarinet 1
  R1 | % bar 107, Clarinet 1
  R1 | % bar 108, Clarinet 1
}
\new Voice {
  \clef "treble" s1 | % bar 101, Clarinet 1
  \grace { s1*1/8 } s1 | % bar 102, Clarinet 1
  s1 | % bar 103, Clarinet 1
  s1*3/4 | % bar 104, Clarinet 1
  s1*7/8 | % bar 105, Clarinet 1
  s1 | % bar 106, Clarinet 1
  s1 | % bar 107, Clarinet 1
  s1 | % bar 108, Clarinet 1
}
>>
>>
\new StaffGroup <<
\new Staff \with { instrumentName = \markup \staff-name #'("Horn 1") shortInstrumentName = \markup \staff-name #'("Ho.") } <<
\new Voice {
  \autoBeamOff
  \oneVoice R1 | % bar 101, Horn 1
  \grace { s1*1/8 } R1 | % bar 102, Horn 1
  f1-> | % bar 103, Horn 1
  R1*3/4 | % bar 104, Horn 1
  R1*7/8 | % bar 105, Horn 1
  R1 | % bar 106, Horn 1
  R1 | % bar 107, Horn 1
  R1 | % bar 108, Horn 1
}
\new Voice {
  \clef "treble" s1 | % bar 101, Horn 1
  \grace { s1*1/8 } s1 | % bar 102, Horn 1
  s1 | % bar 103, Horn 1
  s1*3/4 | % bar 104, Horn 1
  s1*7/8 | % bar 105, Horn 1
  s1 | % bar 106, Horn 1
  s1 | % bar 107, Horn 1
  s1 | % bar 108, Horn 1
}
>>
\new Staff \with { instrumentName = \markup \staff-name #'("Tuba") shortInstrumentName = \markup \staff-name #'("Tu.") } <<
\new Voice {
  \autoBeamOff
  \oneVoice R1 | % bar 101, Tuba
  \grace { s1*1/8 } R1 | % bar 102, Tuba
  R1 | % bar 103, Tuba
  R1*3/4 | % bar 104, Tuba
  R1*7/8 | % bar 105, Tuba
  R1 | % bar 106, Tuba
  R1 | % bar 107, Tuba
  R1 | % bar 108, Tuba
}
\new Voice {
  \clef "bass" s1 | % bar 101, Tuba
  \grace { s1*1/8 } s1 | % bar 102, Tuba
  s1 | % bar 103, Tuba
  s1*3/4 | % bar 104, Tuba
  s1*7/8 | % bar 105, Tuba
  s1 | % bar 106, Tuba
  s1 | % bar 107, Tuba
  s1 | % bar 108, Tuba
}
>>
>>
\new Staff \with { instrumentName = \markup \staff-name #'("Percussion") shortInstrumentName = \markup \staff-name #'("Pe.") \tallSignature \override TimeSignature.details.staves = #4 } <<
\new Voice {
  \autoBeamOff
  \oneVoice f4 <\tweak style #'cross b' f>4 r2 | % bar 101, Percussion
  \grace { s1*1/8 } R1 | % bar 102, Percussion
  R1 | % bar 103, Percussion
  R1*3/4 | % bar 104, Percussion
  R1*7/8 | % bar 105, Percussion
  R1 | % bar 106, Percussion
  R1 | % bar 107, Percussion
  R1 | % bar 108, Percussion
}
\new Voice {
  \clef "percussion" s1*1/4^\markup \technique "Bass drum" s1*3/4^\markup \technique "Cymbal" | % bar 101, Percussion
  \grace { s1*1/8 } s1 | % bar 102, Percussion
  s1 | % bar 103, Percussion
  s1*3/4 | % bar 104, Percussion
  s1*7/8 | % bar 105, Percussion
  s1 | % bar 106, Percussion
  s1 | % bar 107, Percussion
  s1 | % bar 108, Percussion
}
>>
\new PianoStaff \with { instrumentName = \markup \staff-name #'("Piano") shortInstrumentName = \markup \staff-name #'("Pi.") } <<
\new Staff \with {  } <<
\new Voice {
  \autoBeamOff
  \voiceOne e''2 f''2 | % bar 101, Piano
  \oneVoice \grace { s1*1/8 } R1 | % bar 102, Piano
  R1 | % bar 103, Piano
  R1*3/4 | % bar 104, Piano
  R1*7/8 | % bar 105, Piano
  R1 | % bar 106, Piano
  R1 | % bar 107, Piano
  R1 | % bar 108, Piano
}
\new Voice {
  \autoBeamOff
  \voiceTwo c''1 | % bar 101, Piano
  \grace { s1*1/8 } s1 | % bar 102, Piano
  s1 | % bar 103, Piano
  s1*3/4 | % bar 104, Piano
  s1*7/8 | % bar 105, Piano
  s1 | % bar 106, Piano
  s1 | % bar 107, Piano
  s1 | % bar 108, Piano
}
\new Voice {
  \clef "treble" s1\p | % bar 101, Piano
  \grace { s1*1/8 } s1 | % bar 102, Piano
  s1 | % bar 103, Piano
  s1*3/4 | % bar 104, Piano
  s1*7/8 | % bar 105, Piano
  s1 | % bar 106, Piano
  s1 | % bar 107, Piano
  s1 | % bar 108, Piano
}
>>
\new Staff \with {  } <<
\new Voice {
  \autoBeamOff
  \oneVoice <c g>1 | % bar 101, Piano
  \grace { s1*1/8 } bes,!1 | % bar 102, Piano
  R1 | % bar 103, Piano
  R1*3/4 | % bar 104, Piano
  R1*7/8 | % bar 105, Piano
  R1 | % bar 106, Piano
  R1 | % bar 107, Piano
  R1 | % bar 108, Piano
}
\new Voice {
  \clef "bass" s1 | % bar 101, Piano
  \grace { s1*1/8 } s1 | % bar 102, Piano
  s1 | % bar 103, Piano
  s1*3/4 | % bar 104, Piano
  s1*7/8 | % bar 105, Piano
  s1 | % bar 106, Piano
  s1 | % bar 107, Piano
  s1 | % bar 108, Piano
}
>>
>>
\new Staff \with { instrumentName = \markup \staff-name #'("Violins I") shortInstrumentName = \markup \staff-name #'("Vi.") } <<
\new Voice {
  \autoBeamOff
  \oneVoice R1 | % bar 101, Violins I
  \grace { s1*1/8 } g'8[ g'8 g'8 g'8] g'8[ g'8 g'8 g'8] | % bar 102, Violins I
  R1 | % bar 103, Violins I
  a'4-. a'4-. a'4-. | % bar 104, Violins I
  R1*7/8 | % bar 105, Violins I
  R1 | % bar 106, Violins I
  R1 | % bar 107, Violins I
  R1 | % bar 108, Violins I
}
\new Voice {
  \clef "treble" s1 | % bar 101, Violins I
  \grace { s1*1/8 } s1^\markup \technique "pizz." | % bar 102, Violins I
  s1 | % bar 103, Violins I
  s1*3/4^\markup \technique "arco" | % bar 104, Violins I
  s1*7/8 | % bar 105, Violins I
  s1 | % bar 106, Violins I
  s1 | % bar 107, Violins I
  s1 | % bar 108, Violins I
}
>>
>>
\layout {
  indent = 25\mm
  short-indent = 12.4\mm
  \context { \Score
    \remove "Mark_engraver"
    \remove "Metronome_mark_engraver"
    \remove "Text_mark_engraver"
    autoAccidentals = #'()
    autoCautionaries = #'()
    extraNatural = ##f
    tupletFullLength = ##t
    \override PaperColumn.keep-inside-line = ##f
    \override NonMusicalPaperColumn.keep-inside-line = ##f
    \override Hairpin.to-barline = ##t
    \override DynamicLineSpanner.outside-staff-padding = #0.7
    \override DynamicLineSpanner.outside-staff-horizontal-padding = #0.5
    \override TupletBracket.bracket-visibility = #'if-no-beam
  }
  \context { \Staff
    \numericTimeSignature
    \override InstrumentName.self-alignment-X = #RIGHT
    \override InstrumentName.padding = #0.9
    \override TextScript.after-line-breaking = #keep-inside
  }
  \context { \PianoStaff
    \override InstrumentName.self-alignment-X = #RIGHT
    \override InstrumentName.padding = #2
  }
  \context { \GrandStaff
    \override InstrumentName.self-alignment-X = #RIGHT
    \override InstrumentName.padding = #2
  }
  \context { \Voice
    \consists "Horizontal_bracket_engraver"
    \override HorizontalBracket.stencil = #box-round
    \override HorizontalBracket.Y-offset = #0
    \override HorizontalBracket.Y-extent = #'(-4.6 . 4.6)
    \override HorizontalBracket.outside-staff-priority = ##f
  }
  \context { \Score
    \override MultiMeasureRest.minimum-length = #13
  }
  \context { \Score
    \override NonMusicalPaperColumn.line-break-permission = ##f
  }
  \context { \Staff
    \override TimeSignature.stencil = #(ly:make-stencil '() '(-2.9 . 2.9) '(-2 . 2))
    \override TimeSignature.X-extent = #'(-2.9 . 2.9)
    \override Clef.space-alist.time-signature = #'(extra-space . 1.0)
    \override TimeSignature.space-alist.first-note = #'(fixed-space . 4.4)
    \override TimeSignature.space-alist.next-note = #'(fixed-space . 4.4)
    \override TimeSignature.space-alist.right-edge = #'(extra-space . 2.8)
  }
  \context { \Score
    centerBarNumbers = ##t
    barNumberVisibility = #all-bar-numbers-visible
    \override CenteredBarNumberLineSpanner.direction = #DOWN
    \override CenteredBarNumberLineSpanner.padding = #2
    \override CenteredBarNumberLineSpanner.outside-staff-padding = #1.2
    \override CenteredBarNumberLineSpanner.outside-staff-horizontal-padding = #1.5
  }
  \context { \Score barNumberFormatter = #(printed 12 #("101" "102" "103" "104" "105" "106" "107" "108")) }
}
}
}
