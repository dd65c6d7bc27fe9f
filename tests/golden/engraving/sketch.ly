#(set-global-staff-size 14.2264)
\book {
\bookOutputName "sketch"
\header {
  title = "1m01 Rain on Fifth"
  composer = "Ada Composer"
  cueNumber = "1m01"
  cueTitle = "Rain on Fifth"
  version = "v2"
  pageGauge = "0"
  pageKind = "Sketch in C"
  productionLines = \markup \centred-lines #'("The Long Way Home")
  cueTitleLines = \markup \centred-lines #'("Rain on Fifth")
  versionLines = \markup \left-lines #'("v2")
  versionLinesRight = \markup \right-lines #'("v2")
  creditLines = \markup \right-lines #'("Music by Ada Composer" "Orchestrated by Bo Orchestrator")
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
  max-systems-per-page = 5
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
  \tempo \markup \tempo-words "Calmly" \beats #2 #0 "96" "15-0" s1\stopTextSpan |
  s1 |
  s1 |
}
\new Dynamics \with { \hitsRow } {
  s1 |
  s1*1/4 s1*3/4^\markup \hit "0:02.50" #'("Maya turns") |
  s1 |
  s1*3/4^\markup \great-hit "0:06.00" #'("door slams") |
  s1*7/8 |
  s1 |
  s1 |
  s1 |
}
\new Dynamics \with { \timelineRow } {
  \time 4/4 \textMark \markup \film-time "0:00.00" s1 |
  \textMark \markup \film-time "0:02.00" s1 |
  \textMark \markup \film-time "0:04.00" s1 |
  \time 3/4 \textMark \markup \film-time "0:06.00" s1*3/4 |
  \time 7/8 \textMark \markup \film-time "0:07.50" s1*7/8^\markup \beat-groups "2+2+3" |
  \time 4/4 \textMark \markup \film-time "0:09.45" s1 |
  \textMark \markup \film-time "0:11.95" s1 |
  \textMark \markup \film-time "0:14.45" s1 |
  \bar "|." \label #'end
}
\new Dynamics \with { \chordsRow } {
  s1^\markup \chord-name "C" "m" "" |
  s1 |
  s1 |
  s1*3/4 |
  s1*7/8 |
  s1 |
  s1 |
  s1 |
}
\new StaffGroup <<
\new Staff \with { instrumentName = \markup \staff-name #'("Melody") shortInstrumentName = \markup \staff-name #'("Mel.") \tallSignature \override TimeSignature.details.staves = #3 } <<
\new Voice {
  \autoBeamOff
  \oneVoice \tuplet 3/2 { c''8[\=1( d''8 ees''!8]\=1) } fis''!4~ fis''2 | % bar 101, Melody
  R1 | % bar 102, Melody
  R1 | % bar 103, Melody
  R1*3/4 | % bar 104, Melody
  R1*7/8 | % bar 105, Melody
  g''1:32 | % bar 106, Melody
  R1 | % bar 107, Melody
  R1 | % bar 108, Melody
}
\new Voice {
  \clef "treble" s1*1/4\mf s1*3/4\< | % bar 101, Melody
  s1\! | % bar 102, Melody
  s1 | % bar 103, Melody
  s1*3/4 | % bar 104, Melody
  s1*7/8 | % bar 105, Melody
  s1\ff | % bar 106, Melody
  s1 | % bar 107, Melody
  s1 | % bar 108, Melody
}
>>
\new Staff \with { instrumentName = \markup \staff-name #'("Harmony") shortInstrumentName = \markup \staff-name #'("Harm.") } <<
\new Voice {
  \autoBeamOff
  \voiceOne e''2 f''2 | % bar 101, Harmony
  \oneVoice R1 | % bar 102, Harmony
  R1 | % bar 103, Harmony
  R1*3/4 | % bar 104, Harmony
  R1*7/8 | % bar 105, Harmony
  R1 | % bar 106, Harmony
  R1 | % bar 107, Harmony
  R1 | % bar 108, Harmony
}
\new Voice {
  \autoBeamOff
  \voiceTwo c''1 | % bar 101, Harmony
  s1 | % bar 102, Harmony
  s1 | % bar 103, Harmony
  s1*3/4 | % bar 104, Harmony
  s1*7/8 | % bar 105, Harmony
  s1 | % bar 106, Harmony
  s1 | % bar 107, Harmony
  s1 | % bar 108, Harmony
}
\new Voice {
  \clef "treble" s1\p | % bar 101, Harmony
  s1 | % bar 102, Harmony
  s1 | % bar 103, Harmony
  s1*3/4 | % bar 104, Harmony
  s1*7/8 | % bar 105, Harmony
  s1 | % bar 106, Harmony
  s1 | % bar 107, Harmony
  s1 | % bar 108, Harmony
}
>>
\new Staff \with { instrumentName = \markup \staff-name #'("Bass") shortInstrumentName = \markup \staff-name #'("Bass") } <<
\new Voice {
  \autoBeamOff
  \oneVoice <c g>1 | % bar 101, Bass
  bes,!1 | % bar 102, Bass
  R1 | % bar 103, Bass
  R1*3/4 | % bar 104, Bass
  R1*7/8 | % bar 105, Bass
  R1 | % bar 106, Bass
  R1 | % bar 107, Bass
  R1 | % bar 108, Bass
}
\new Voice {
  \clef "bass" s1 | % bar 101, Bass
  s1 | % bar 102, Bass
  s1 | % bar 103, Bass
  s1*3/4 | % bar 104, Bass
  s1*7/8 | % bar 105, Bass
  s1 | % bar 106, Bass
  s1 | % bar 107, Bass
  s1 | % bar 108, Bass
}
>>
>>
>>
\layout {
  indent = 19.6\mm
  short-indent = 16\mm
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
