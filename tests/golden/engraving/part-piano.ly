#(set-global-staff-size 19.9169)
#(define word-points 11)
\book {
\bookOutputName "part-06-piano"
\header {
  title = "1m01 Rain on Fifth"
  composer = "Ada Composer"
  cueNumber = "1m01"
  cueTitle = "Rain on Fifth"
  version = "v2"
  pageGauge = "0"
  instrument = "Piano"
  playerName = "Piano"
  transposition = ""
  copies = ""
  productionLines = \markup \centred-lines #'("The Long Way Home")
  cueTitleLines = \markup \centred-lines #'("Rain on Fifth")
  versionLines = \markup \left-lines #'("v2")
  versionLinesRight = \markup \right-lines #'("v2")
  creditLines = \markup \right-lines #'("Music by Ada Composer" "Orchestrated by Bo Orchestrator")
  playerNameLines = \markup \left-lines #'("Piano")
  tagline = ##f
}
\paper {
  paper-width = 228.599\mm
  paper-height = 304.799\mm
  top-margin = 12.7\mm
  bottom-margin = 12.7\mm
  left-margin = 12.7\mm
  right-margin = 12.7\mm
  oddHeaderMarkup = \partHeader
  evenHeaderMarkup = \partHeader
  system-count = 2
  max-systems-per-page = 5
  top-system-spacing = #'((basic-distance . 6) (minimum-distance . 4) (padding . 2))
  system-system-spacing = #'((basic-distance . 14) (minimum-distance . 11) (padding . 4) (stretchability . 30))
  ragged-bottom = ##f
  ragged-last-bottom = ##t
}
\score {
<<
\new Dynamics \with { \marksRow } {
  \tempo \markup \beats #2 #0 "120" "12-0" s1 |
  s1 |
  s1 |
  \mark \markup \rehearsal "A" s1*3/4 |
  \once \override TextSpanner.bound-details.left.text = \markup \ramp "rit." s1*7/8\startTextSpan |
  \tempo \markup \tempo-words "Calmly" \beats #2 #0 "96" "15-0" s1*3\stopTextSpan |
}
\new Dynamics \with { \timelineRow } {
  \time 4/4 s1 |
  s1 |
  s1 |
  \time 3/4 s1*3/4 |
  \time 7/8 s1*7/8^\markup \beat-groups "2+2+3" |
  \time 4/4 s1*3 |
  \bar "|." \label #'end
}
\new PianoStaff \with {  } <<
\new Staff \with {  } <<
\new Voice {
  \autoBeamOff
  \voiceOne e''2 f''2 | % bar 101, Piano
  \oneVoice R1 | % bar 102, Piano
  R1 | % bar 103, Piano
  R1*3/4 | % bar 104, Piano
  R1*7/8 | % bar 105, Piano
  R1*3 | % bar 106, Piano
}
\new Voice {
  \autoBeamOff
  \voiceTwo c''1 | % bar 101, Piano
  s1 | % bar 102, Piano
  s1 | % bar 103, Piano
  s1*3/4 | % bar 104, Piano
  s1*7/8 | % bar 105, Piano
  s1*3 | % bar 106, Piano
}
\new Voice {
  \clef "treble" s1\p | % bar 101, Piano
  s1 | % bar 102, Piano
  s1 | % bar 103, Piano
  s1*3/4 | % bar 104, Piano
  s1*7/8 | % bar 105, Piano
  s1*3 | % bar 106, Piano
}
>>
\new Staff \with {  } <<
\new Voice {
  \autoBeamOff
  \oneVoice <c g>1 | % bar 101, Piano
  bes,!1 | % bar 102, Piano
  R1 | % bar 103, Piano
  R1*3/4 | % bar 104, Piano
  R1*7/8 | % bar 105, Piano
  R1*3 | % bar 106, Piano
}
\new Voice {
  \clef "bass" s1 | % bar 101, Piano
  s1 | % bar 102, Piano
  s1 | % bar 103, Piano
  s1*3/4 | % bar 104, Piano
  s1*7/8 | % bar 105, Piano
  s1*3 | % bar 106, Piano
}
>>
>>
>>
\layout {
  indent = 0
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
    skipBars = ##t
    \override MultiMeasureRest.expand-limit = #1
    \override MultiMeasureRest.thick-thickness = #5
    \override MultiMeasureRest.minimum-length = #16
    \override MultiMeasureRestNumber.font-size = #1
  }
  \context { \Staff
    \override TextScript.outside-staff-horizontal-padding = #1
    \override TimeSignature.font-size = #3
    \override TimeSignature.space-alist.first-note = #'(fixed-space . 2.5)
  }
  \context { \Score
    centerBarNumbers = ##t
    barNumberVisibility = #all-bar-numbers-visible
    \override CenteredBarNumberLineSpanner.direction = #DOWN
    \override CenteredBarNumberLineSpanner.padding = #2
    \override CenteredBarNumberLineSpanner.outside-staff-padding = #1.2
    \override CenteredBarNumberLineSpanner.outside-staff-horizontal-padding = #1.5
  }
  \context { \Score barNumberFormatter = #(printed 11 #("101" "102" "103" "104" "105" "106–108" "" "")) }
}
}
}
